// Puts the heads of the rules into the bundle of the command line instead of the rules, so a start does not read,
// compile and run rules that the CRL does not need. The rules that most CRLs need are next to the heads. All other
// rules are in one file per part, which is loaded when one of them must run.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "rolldown";
import { inputsOf } from "../src/lint/input-names.ts";
import type { AnyRule, Need } from "../src/rule/rule.ts";
import { rules } from "../src/rules/index.ts";

const folder = fileURLToPath(new URL("../src/rules/", import.meta.url));

/** Marks the form of a rule for linting: without examples and `why`, which only pages of rules show. */
const lean = "?lean";

/** The module that is replaced by heads. */
const headsModule = `${folder}heads.ts`;

/** Prefix of the modules that contain the rules of a part. */
const partModule = "\0rules-of-part:";

/** Inputs that nearly every call has. */
const usual: ReadonlySet<string> = new Set(["issuer", "now"]);

/** Needs, other than inputs, that most calls do not satisfy. */
const rare: ReadonlySet<Need> = new Set<Need>(["transport", "copies", "tbsWas", "deltaCrlIndicator"]);

/** Whether a rule needs inputs that most calls do not have, so it is not loaded at the start. */
function asksForMore({ needs }: AnyRule): boolean {
  return inputsOf(needs).some((input) => !usual.has(input)) || needs.some((need: Need) => rare.has(need));
}

function partOf({ id }: AnyRule): string {
  return id.slice(0, id.indexOf("/"));
}

/** Whether a rule runs on most CRLs under the default profile. */
function isCommon(rule: AnyRule): boolean {
  if (rule.when !== undefined || asksForMore(rule)) return false;
  return rule.requirements.some(({ source }) => ["tls-br", "rfc5280", "x690", "hygiene"].includes(source));
}

const common = new Set(rules.filter(isCommon));

/** Rules that are loaded when they are needed, by part. */
const parts = new Map<string, AnyRule[]>();
for (const rule of rules.filter((one) => !common.has(one))) {
  parts.set(partOf(rule), [...(parts.get(partOf(rule)) ?? []), rule]);
}

/** Entries of the bundle by name, one per part. */
export const ruleEntries: Readonly<Record<string, string>> = Object.fromEntries(
  [...parts.keys()].map((part) => [`rules-${part}`, partModule + part]),
);

/** Replaces `rules/heads.ts`, and makes the modules of the parts. */
export const ruleChunks: Plugin = {
  name: "rule-chunks",
  resolveId: {
    filter: { id: [/^\0rules-of-part:/u, /\?lean$/u] },
    handler: (id) => id,
  },
  load: {
    filter: { id: [/^\0rules-of-part:/u, /\?lean$/u, /\/src\/rules\/heads\.ts$/u] },
    handler(id) {
      if (id === headsModule) return { code: headsText((text) => this.parse(text, { lang: "ts" })), moduleType: "js" };
      if (id.startsWith(partModule)) return { code: partText(id.slice(partModule.length)), moduleType: "js" };
      const code = readFileSync(id.slice(0, -lean.length), "utf8");
      return { code: withoutProperties(code, (text) => this.parse(text, { lang: "ts" })), moduleType: "ts" };
    },
  },
};

type Parse = (code: string) => { readonly body: readonly unknown[] };

/** The used part of a syntax tree. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly declaration?: Node;
  readonly arguments?: readonly Node[];
  readonly properties?: readonly Node[];
  readonly key?: { readonly name?: string };
  readonly value?: Node;
  readonly source?: { readonly value: string };
  readonly specifiers?: readonly { readonly local: { readonly name: string } }[];
}

function bodyOf(code: string, parse: Parse): readonly Node[] {
  return parse(code).body as readonly Node[];
}

/** Returns the properties of the definition that a rule's file exports. */
function propertiesOf(body: readonly Node[]): readonly Node[] {
  const exported = body.find(({ type }) => type === "ExportDefaultDeclaration")?.declaration;
  return exported?.arguments?.[0]?.properties ?? [];
}

function withoutProperties(code: string, parse: Parse): string {
  const replacements: Readonly<Record<string, string>> = { examples: "{ bad: [], good: [] }", why: '""' };
  let text = code;
  for (const { key, value } of propertiesOf(bodyOf(code, parse)).toReversed()) {
    const replacement = replacements[key?.name ?? ""];
    if (value !== undefined && replacement !== undefined) {
      text = text.slice(0, value.start) + replacement + text.slice(value.end);
    }
  }
  return text;
}

function importOf(rule: AnyRule, local: string): string {
  return `import ${local} from ${JSON.stringify(`${folder}${rule.id}.ts${lean}`)};\n`;
}

function partText(part: string): string {
  const list = parts.get(part) ?? [];
  const imports = list.map((rule, i) => importOf(rule, `rule${i}`)).join("");
  return `${imports}export const rules = { ${list.map(({ id }, i) => `${JSON.stringify(id)}: rule${i}`).join(", ")} };\n`;
}

/** Returns the text that replaces `rules/heads.ts`: rules and heads in the order of their ids. */
function headsText(parse: Parse): string {
  const imports = new Map<string, string>();
  const requirements = new Table();
  const needs = new Table();
  const rows: unknown[] = [];
  const whens: string[] = [];
  const locals: string[] = [];
  for (const rule of rules) {
    if (common.has(rule)) {
      imports.set(`common${locals.length}`, importOf(rule, `common${locals.length}`));
      rows.push(locals.length);
      locals.push(`common${locals.length}`);
      continue;
    }
    const when = whenText(rule, parse, imports);
    rows.push([
      rule.id,
      needs.add(rule.needs),
      rule.requirements.map(({ source, from, to, datedBy }) => requirements.add({ source, from, to, datedBy })),
      when === undefined ? 0 : when === "faults" ? 1 : whens.push(when) + 1,
      rule.formerly ?? 0,
    ]);
  }
  const data = { rows, needs: needs.rows, requirements: requirements.rows };
  return `${[...imports.values()].join("")}
const common = [${locals.join(", ")}];
const whens = [undefined, "faults", ${whens.join(", ")}];
const data = JSON.parse(${JSON.stringify(JSON.stringify(data))});
function head([id, needs, requirements, when, formerly]) {
  return {
    id,
    needs: data.needs[needs],
    requirements: requirements.map((i) => data.requirements[i]),
    ...(when === 0 ? {} : { when: whens[when] }),
    ...(formerly === 0 ? {} : { formerly }),
    load: () => require(\`./rules-\${id.slice(0, id.indexOf("/"))}.cjs\`).rules[id],
  };
}
export const loadableRules = data.rows.map((row) => (typeof row === "number" ? common[row] : head(row)));
`;
}

/** A table of distinct values, which are referred to by their index. */
class Table {
  readonly rows: unknown[] = [];
  readonly #numbers = new Map<string, number>();

  add(value: unknown): number {
    const text = JSON.stringify(value);
    const number = this.#numbers.get(text) ?? this.rows.push(value) - 1;
    this.#numbers.set(text, number);
    return number;
  }
}

/** Returns the text of a rule's `when`, and adds imports for its names from other files. */
function whenText(rule: AnyRule, parse: Parse, imports: Map<string, string>): string | undefined {
  if (rule.when === undefined || rule.when === "faults") return rule.when;
  const code = readFileSync(`${folder}${rule.id}.ts`, "utf8");
  const body = bodyOf(code, parse);
  const value = propertiesOf(body).find(({ key }) => key?.name === "when")?.value;
  if (value === undefined) throw new Error(`${rule.id}: cannot find its when in its file`);
  const text = code.slice(value.start, value.end);
  for (const { type, source, specifiers = [] } of body) {
    if (type !== "ImportDeclaration" || source === undefined) continue;
    for (const { local } of specifiers) {
      if (!new RegExp(`\\b${local.name}\\b`, "u").test(text)) continue;
      const path = JSON.stringify(new URL(source.value, `file://${folder}${rule.id}.ts`).pathname);
      const statement = `import { ${local.name} } from ${path};\n`;
      if ((imports.get(local.name) ?? statement) !== statement) throw new Error(`two imports of ${local.name}`);
      imports.set(local.name, statement);
    }
  }
  return text;
}
