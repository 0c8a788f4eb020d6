import { defineRule } from "../../rule/rule.ts";

/** Wraps the base64 to another width. */
function rewrap(pem: string, width: number): string {
  const [begin = "", ...lines] = pem.trim().split("\n");
  const end = lines.pop() ?? "";
  const base64 = lines.join("").match(new RegExp(`.{1,${width}}`, "gu")) ?? [];
  return [begin, ...base64, end, ""].join("\n");
}

export default defineRule({
  id: "input/line-length-not-64",
  title: "base64 lines do not have 64 characters",
  looksAt: ["faults"],
  requirements: [
    {
      source: "rfc7468",
      section: "2",
      severity: "warning",
      quote:
        "Generators MUST wrap the base64-encoded lines so that each line consists of exactly 64 characters except for the final line",
    },
  ],
  why: "Parsers may accept other widths, and most do. Parsers that read each line into a buffer of 64 characters do not.",
  fix: "wrap the base64 at 64 characters; only the last line may be shorter",
  examples: () => ({
    bad: [
      { title: "lines of 76 characters", make: (kit) => kit.crl({ text: (pem) => rewrap(pem, 76) }) },
      { title: "lines of 63 characters", make: (kit) => kit.crl({ text: (pem) => rewrap(pem, 63) }) },
      { title: "lines of 65 characters", make: (kit) => kit.crl({ text: (pem) => rewrap(pem, 65) }) },
      { title: "all base64 in one line", make: (kit) => kit.crl({ text: (pem) => rewrap(pem, 1_000_000) }) },
    ],
    good: [{ title: "lines of 64 characters", make: (kit) => kit.crl({ text: (pem) => rewrap(pem, 64) }) }],
  }),
});
