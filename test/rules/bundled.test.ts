import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { afterAll, expect, test } from "vitest";
import { ruleChunks } from "../../scripts/rule-chunks.ts";

const folder = mkdtempSync(join(tmpdir(), "crllint-bundled-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Returns the bundled texts of a rule with these properties. */
async function texts(properties: string): Promise<string> {
  const file = join(folder, "rule.ts");
  writeFileSync(file, `const further = {};\nconst key = "why";\nexport default make({ ${properties} });\n`);
  const bundle = await rolldown({ input: `${file}?texts`, plugins: [ruleChunks], treeshake: false });
  const { output } = await bundle.generate();
  return output[0].code;
}

test("the bundler keeps the texts of a rule", async () => {
  const code = await texts('id: "a/b", looksAt: ["now"], why: "reason"');
  expect(code).toMatch(/id: "a\/b",\s+why: "reason"/u);
  expect(code).not.toContain("looksAt");
});

test.each(["...further", '"why": "reason"', '[key]: "reason"'])(
  "the bundler names a rule with a property that it cannot read: %s",
  async (property) => {
    await expect(texts(`id: "a/b", ${property}`)).rejects.toThrow(
      `${join(folder, "rule.ts")}: a rule has only plain properties, not ${property}`,
    );
  },
);
