import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/reserved-length-octet",
  title: "first length octet is ff, which is reserved",
  looksAt: ["faults"],
  reportsUnread: true,
  requirements: [{ source: "x690", section: "8.1.3.5", severity: "error" }],
  why: "X.690 reserves the value `ff`. Parsers cannot determine where the element ends.",
  fix: "write the length in the definite form",
  examples: () => ({
    bad: [
      {
        title: "signatureValue of length ff",
        make: (kit) => kit.crl({ patch: (crl) => crl.with(crl.length - 260, 0xff) }),
      },
    ],
    good: [{ title: "lengths in the definite form", make: (kit) => kit.crl() }],
  }),
});
