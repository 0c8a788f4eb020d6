// Writes src/rules/index.ts from the files below src/rules, so a new rule takes effect because its file exists.
import { readdirSync, writeFileSync } from "node:fs";
import { isMain } from "./is-main.ts";

const root = new URL("../src/rules/", import.meta.url);

/** Files of src/rules that define no rules. */
const others: ReadonlySet<string> = new Set(["index.ts", "heads.ts"]);

/** A file that defines rules, by its path below src/rules without its extension. */
export interface RuleFile {
  /** `idp/not-critical`, or the name of a family: `criticality`. */
  readonly name: string;
  /** Whether it defines several rules that differ only in the rows of a table. */
  readonly isFamily: boolean;
}

/** Returns all files that define rules, sorted. */
export function ruleFiles(): readonly RuleFile[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts") && !others.has(file))
    .map((file) => ({ name: file.slice(0, -3), isFamily: !file.includes("/") }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Returns the text of src/rules/index.ts for these files. */
export function ruleIndex(files: readonly RuleFile[]): string {
  const local = ({ name }: RuleFile): string =>
    name.replace(/[/-](?<first>.)/gu, (_, first: string) => first.toUpperCase());
  const families = files.filter(({ isFamily }) => isFamily);
  return `// Written by \`npm run new-rule\` and \`npm run docs\` from the files in this directory; do not edit.
import type { AnyRule } from "../rule/rule.ts";
${files.map((file) => `import ${local(file)} from "./${file.name}.ts";`).join("\n")}

const list: readonly AnyRule[] = [
${families.map((file) => `  ...${local(file)},`).join("\n")}
${files
  .filter(({ isFamily }) => !isFamily)
  .map((file) => `  ${local(file)},`)
  .join("\n")}
];

/** All rules, by id. */
export const rules: readonly AnyRule[] = list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
`;
}

/** Writes src/rules/index.ts. */
export function writeRuleIndex(): void {
  writeFileSync(new URL("index.ts", root), ruleIndex(ruleFiles()));
}

if (isMain(import.meta.url)) writeRuleIndex();
