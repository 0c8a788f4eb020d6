// Splits the rules for the bundle of the command line: a start neither reads nor runs the rules that have nothing to
// look at in most CRLs. The core of the bundle holds the other rules, and the heads of these: what the engine must know
// to tell whether one of them runs. They wait in one file for each part and family, which is loaded when that happens.
// The texts of the rules in the core wait in another file until one of them has a finding.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "rolldown";
import { parseAst } from "rolldown/parseAst";
import type { Aspect } from "../src/rule/aspects.ts";
import type { AnyRule } from "../src/rule/rule.ts";
import { rules } from "../src/rules/index.ts";
import { ruleFiles } from "./rule-index.ts";

const folder = fileURLToPath(new URL("../src/rules/", import.meta.url));

/** Prefix of the modules that hold the rules of a part or a family. */
const chunkModule = "\0rules-of:";

/** What most calls give or most CRLs have. Anything else makes a rule one that most runs do not need. */
const usual: ReadonlySet<Aspect> = new Set<Aspect>([
  "ca",
  "givenCa",
  "caExtensions",
  "signed",
  "verification",
  "verifier",
  "tbsCertList",
  "version",
  "signature",
  "issuer",
  "thisUpdate",
  "nextUpdate",
  "revokedCertificates",
  "crlExtensions",
  "crlNumber",
  "authorityKeyIdentifier",
  "issuingDistributionPoint",
  "signatureAlgorithm",
  "signatureValue",
  "now",
  // No reason, keyCompromise.
  "entries with reason -1",
  "entries with reason 1",
  "entries: withExtensions",
]);

/** Sources of the default profile. */
const usualSources: ReadonlySet<string> = new Set(["tls-br", "rfc5280", "x690", "hygiene"]);

/** Whether most runs need a rule. */
function isCommon({ looksAt = [], requirements }: AnyRule): boolean {
  const aspects: readonly Aspect[] = looksAt;
  return aspects.every((aspect) => usual.has(aspect)) && requirements.some(({ source }) => usualSources.has(source));
}

/** The rules of a file. */
async function rulesIn(name: string, isFamily: boolean): Promise<readonly AnyRule[]> {
  if (!isFamily) return rules.filter(({ id }) => id === name);
  const { default: family } = (await import(`../src/rules/${name}.ts`)) as { readonly default: readonly AnyRule[] };
  return family;
}

/** Files in the core, and the others by the name of their chunk. A family with one common rule is common. */
const common: { readonly name: string; readonly isFamily: boolean }[] = [];
const chunks = new Map<
  string,
  { readonly name: string; readonly isFamily: boolean; readonly rules: readonly AnyRule[] }[]
>();
for (const { name, isFamily } of ruleFiles()) {
  const own = await rulesIn(name, isFamily);
  if (own.some(isCommon)) {
    common.push({ name, isFamily });
    continue;
  }
  const chunk = isFamily ? name : name.slice(0, name.indexOf("/"));
  chunks.set(chunk, [...(chunks.get(chunk) ?? []), { name, isFamily, rules: own }]);
}

/** Entries of the bundle by their names: one for each chunk, and one for the texts of the rules in the core. */
export const ruleEntries: Readonly<Record<string, string>> = Object.fromEntries(
  [...chunks.keys(), "texts"].map((chunk) => [`rules-${chunk}`, chunkModule + chunk]),
);

/** Properties of a rule that only a finding, its page or a test asks for. */
const texts: readonly string[] = ["title", "why", "fix", "examples"];

/** Ends the path of a rule's file in the module that has only the texts of that rule. */
const textsOnly = "?texts";

/** Module whose object has getters for the texts of the rule that inherits from it. */
const textsModule = "\0rule-texts";

/** Files of single rules in the core. Those of families have one object for many rules. */
const single = common.filter(({ isFamily }) => !isFamily);
const inCore: ReadonlySet<string> = new Set(single.map(({ name }) => `${folder}${name}.ts`));

/** Replaces `rules/heads.ts`, makes the modules of the chunks, and parts the rules of the core from their texts. */
export const ruleChunks: Plugin = {
  name: "rule-chunks",
  resolveId: { filter: { id: [/^\0rule/u, /\?texts$/u] }, handler: (id) => id },
  load: {
    filter: { id: [/^\0rule/u, /\?texts$/u, /\/src\/rules\/.*\.ts$/u] },
    handler: (id) => {
      if (id === textsModule) return { code: gettersText(), moduleType: "js" };
      if (id.startsWith(chunkModule)) return { code: chunkText(id.slice(chunkModule.length)), moduleType: "js" };
      if (id === `${folder}heads.ts`) return { code: headsText(), moduleType: "js" };
      if (id.endsWith(textsOnly)) return { code: textsOf(id.slice(0, -textsOnly.length)), moduleType: "ts" };
      return inCore.has(id) ? { code: checkOf(id), moduleType: "ts" } : null;
    },
  },
};

/** The file of a rule without its texts. What only these use is then left out by the bundler. */
function checkOf(file: string): string {
  const code = withProperties(file, (name) => !texts.includes(name), "__proto__: withTexts");
  return `import { withTexts } from "${textsModule}";\n${code}`;
}

/** The file of a rule with nothing but its id and its texts. */
function textsOf(file: string): string {
  return withProperties(file, (name) => name === "id" || texts.includes(name));
}

/** The file of a rule, whose object has only some of its properties. */
function withProperties(file: string, isKept: (name: string) => boolean, ...more: readonly string[]): string {
  const code = readFileSync(file, "utf8");
  const exported = parseAst(code, { lang: "ts" }).body.find(({ type }) => type === "ExportDefaultDeclaration");
  const call = exported?.type === "ExportDefaultDeclaration" ? exported.declaration : undefined;
  const rule = call?.type === "CallExpression" ? call.arguments[0] : undefined;
  if (rule?.type !== "ObjectExpression") throw new Error(`${file}: the rule is not an object`);
  const kept = rule.properties
    .filter(
      (property) => property.type === "Property" && property.key.type === "Identifier" && isKept(property.key.name),
    )
    .map(({ start, end }) => code.slice(start, end));
  return `${code.slice(0, rule.start)}{ ${[...kept, ...more].join(", ")} }${code.slice(rule.end)}`;
}

/** The module that loads texts. Rolldown would look for a file whose name is not a template. */
function gettersText(): string {
  const getters = texts.map((name) => `get ${name}() { return textsOf(this).${name}; },`);
  return `const name = "texts";
const textsOf = ({ id }) => require(\`./rules-\${name}.cjs\`).rules.get(id);
export const withTexts = { ${getters.join(" ")} };
`;
}

type Named = readonly { readonly name: string; readonly isFamily: boolean }[];

/** Imports of files of rules, and the list of their rules. */
function listText(files: Named, end = ""): string {
  const imports = files.map(({ name }, i) => `import file${i} from ${JSON.stringify(`${folder}${name}.ts${end}`)};\n`);
  return `${imports.join("")}const list = [${files.map(({ isFamily }, i) => `${isFamily ? "..." : ""}file${i}`).join(", ")}];\n`;
}

function chunkText(chunk: string): string {
  const list = chunk === "texts" ? listText(single, textsOnly) : listText(chunks.get(chunk) ?? []);
  return `${list}export const rules = new Map(list.map((rule) => [rule.id, rule]));\n`;
}

/**
 * The module that replaces `rules/heads.ts`. Lists of requirements and of aspects are in it once: many rules share one.
 */
function headsText(): string {
  const requirements = new Table();
  const looksAt = new Table();
  const rows = [...chunks].flatMap(([chunk, files]) =>
    files.flatMap((file) =>
      file.rules.map((rule) => [
        chunk,
        rule.id,
        looksAt.add(rule.looksAt ?? []),
        requirements.add(
          rule.requirements.map(({ source, document, from, to, datedBy }) => ({ source, document, from, to, datedBy })),
        ),
        ...furtherOf(rule),
      ]),
    ),
  );
  const data = { rows, looksAt: looksAt.rows, requirements: requirements.rows };
  return `${listText(common)}
const data = JSON.parse(${JSON.stringify(JSON.stringify(data))});
function load() {
  return require(\`./rules-\${this.chunk}.cjs\`).rules.get(this.id);
}
// Without destructuring, whose iterators are slow before V8 has optimized them.
for (const row of data.rows) {
  const looksAt = data.looksAt[row[2]];
  const requirements = data.requirements[row[3]];
  list.push({ chunk: row[0], id: row[1], looksAt, requirements, load, ...row[4] });
}
export const loadableRules = list.sort((a, b) => (a.id < b.id ? -1 : 1));
`;
}

/** What else the head of a rule has, in a list that is empty for most. */
function furtherOf({ core, formerly, reportsNonCrl, reportsUnread, reportsLimit }: AnyRule): readonly object[] {
  const further = { core, formerly, reportsNonCrl, reportsUnread, reportsLimit };
  return Object.values(further).some((value) => value !== undefined) ? [further] : [];
}

/** Values by their numbers, each once. */
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
