// Starts a rule: `npm run new-rule -- <part>/<defect>` writes its file and the index. The new rule runs and passes its
// own tests. Replace its requirement, check and examples with your own, then run `npm run docs`.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { isMain } from "./is-main.ts";
import { writeRuleIndex } from "./rule-index.ts";

/** Returns a time of day in seconds. It depends on the id, so each new rule reports only its own example. */
function timeOf(id: string): number {
  const digest = createHash("sha256").update(id).digest();
  // From 10:00:00 to 22:59:59: all have five digits, and one second later is the same day.
  return 36_000 + (digest.readUInt32BE() % (13 * 3600));
}

/** Returns the text of a new rule. Until it is completed, it reports a nextUpdate that no example has. */
export function newRule(id: string): string {
  const time = timeOf(id);
  const text = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 19);
  return `import { isoTime } from "../../der/time.ts";
import { defineRule } from "../../rule/rule.ts";

/** ${text(time)} UTC, in seconds. */
const timeOfDay = ${time.toLocaleString("en").replace(",", "_")};

export default defineRule({
  id: "${id}",
  title: "nextUpdate is at ${text(time)}",
  looksAt: ["nextUpdate"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const { seconds } = ctx.nextUpdate;
    if (seconds % 86_400 !== timeOfDay) return;
    const message = \`nextUpdate \${isoTime(seconds)} is at ${text(time)}\`;
    ctx.report({ at: ctx.nextUpdate, path: "tbsCertList.nextUpdate", message });
  },
  why: "Clients that fetch the CRL at its nextUpdate all do so at the same time.",
  fix: "set nextUpdate to another time of day",
  examples: () => ({
    bad: [{ title: "nextUpdate at ${text(time)}", make: (kit) => kit.crl({ nextUpdate: "2026-11-05T${text(time)}Z" }) }],
    good: [{ title: "one second later", make: (kit) => kit.crl({ nextUpdate: "2026-11-05T${text(time + 1)}Z" }) }],
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

if (isMain(import.meta.url)) main(process.argv[2] ?? "");
