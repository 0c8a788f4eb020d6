// Writes src/rules/index.ts from the files below src/rules, so a new rule needs no other registration.
import { readdirSync, writeFileSync } from "node:fs";

const root = new URL("../src/rules/", import.meta.url);

/** Returns the ids of all rule files, sorted. */
export function ruleIds(): readonly string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((part) => part.isDirectory())
    .flatMap((part) =>
      readdirSync(new URL(`${part.name}/`, root))
        .filter((file) => file.endsWith(".ts"))
        .map((file) => `${part.name}/${file.slice(0, -3)}`),
    )
    .sort();
}

/** Returns the text of src/rules/index.ts for these rules. */
export function ruleIndex(ids: readonly string[]): string {
  const local = (id: string): string => id.replace(/[/-](?<first>.)/gu, (_, first: string) => first.toUpperCase());
  return `// Made by \`npm run new-rule\` and \`npm run docs\` from the files in this folder; do not edit.
import type { AnyRule } from "../lint/rule.ts";
${ids.map((id) => `import ${local(id)} from "./${id}.ts";`).join("\n")}

/** All rules, by id. */
export const rules: readonly AnyRule[] = [
${ids.map((id) => `  ${local(id)},`).join("\n")}
];
`;
}

/** Rewrites src/rules/index.ts. */
export function writeRuleIndex(): void {
  writeFileSync(new URL("index.ts", root), ruleIndex(ruleIds()));
}

if (process.argv[1] !== undefined && import.meta.url.endsWith(process.argv[1].split("/").at(-1) ?? ""))
  writeRuleIndex();
