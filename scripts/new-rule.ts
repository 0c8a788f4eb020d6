// Starts a rule: `npm run new-rule -- <part>/<defect>` writes its file and adds it to the index. The tests fail until
// the rule has a requirement, examples and a check.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { writeRuleIndex } from "./rule-index.ts";

const [id = ""] = process.argv.slice(2);
const file = new URL(`../src/rules/${id}.ts`, import.meta.url);

if (!/^[a-z0-9]+(?:-[a-z0-9]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*$/u.test(id)) {
  console.error("usage: npm run new-rule -- <part>/<defect>, in lower case with hyphens: crl-number/missing");
  process.exitCode = 2;
} else if (existsSync(file)) {
  console.error(`${id} already exists: src/rules/${id}.ts`);
  process.exitCode = 2;
} else {
  mkdirSync(new URL(".", file), { recursive: true });
  writeFileSync(
    file,
    `import { defineRule } from "../../lint/rule.ts";

export default defineRule({
  id: "${id}",
  title: "",
  needs: [],
  requirements: [],
  why: "",
  fix: "",
  examples: { bad: [], good: [] },
  create(ctx) {
    ctx.report({ at: ctx.crl.whole, path: "" });
  },
});
`,
  );
  writeRuleIndex();
  console.log(`wrote src/rules/${id}.ts; add its requirements, why, fix and examples`);
}
