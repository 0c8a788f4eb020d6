// Starts a rule: `npm run new-rule -- <part>/<defect>` writes its file and the index. The new rule runs and passes its
// own tests. Replace its requirement, check and examples with your own, then run `npm run docs`.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { writeRuleIndex } from "./rule-index.ts";

/** Returns the text of a new rule. Until it is completed, it reports a nextUpdate that no example has. */
export function newRule(id: string): string {
  return `import { isoTime } from "../../der/time.ts";
import { defineRule } from "../../rule/rule.ts";

/** 12:34:56 UTC, in seconds. */
const timeOfDay = 45_296;

export default defineRule({
  id: "${id}",
  title: "nextUpdate is at 12:34:56",
  looksAt: ["nextUpdate"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const { seconds } = ctx.nextUpdate;
    if (seconds % 86_400 !== timeOfDay) return;
    const message = \`nextUpdate \${isoTime(seconds)} is at 12:34:56\`;
    ctx.report({ at: ctx.nextUpdate, path: "tbsCertList.nextUpdate", message });
  },
  why: "Clients that fetch the CRL at its nextUpdate all do so at the same time.",
  fix: "set nextUpdate to another time of day",
  examples: () => ({
    bad: [{ title: "nextUpdate at 12:34:56", make: (kit) => kit.crl({ nextUpdate: "2026-11-05T12:34:56Z" }) }],
    good: [{ title: "one second later", make: (kit) => kit.crl({ nextUpdate: "2026-11-05T12:34:57Z" }) }],
  }),
});
`;
}

function main(id: string): void {
  const file = new URL(`../src/rules/${id}.ts`, import.meta.url);
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*$/u.test(id)) {
    console.error("usage: npm run new-rule -- <part>/<defect>, in lower case with hyphens: crl-number/missing");
    process.exitCode = 2;
    return;
  }
  if (existsSync(file)) {
    console.error(`${id} already exists: src/rules/${id}.ts`);
    process.exitCode = 2;
    return;
  }
  mkdirSync(new URL(".", file), { recursive: true });
  writeFileSync(file, newRule(id));
  writeRuleIndex();
  console.log(`wrote src/rules/${id}.ts: replace its requirement, check and examples, then run npm run docs`);
}

if (process.argv[1]?.endsWith("new-rule.ts") === true) main(process.argv[2] ?? "");
