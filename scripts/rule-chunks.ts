// Splits the rules for the bundle of the command line: a start neither reads nor runs rules that do not apply to most
// CRLs. The core of the bundle contains the other rules in full. Of these rules, it contains only the heads, from which
// the engine determines whether one of them runs. The rest is in one file per part and family, which is loaded when
// needed. The texts of the rules in the core are in another file, which is loaded when one of them has a finding, and
// their examples are in a third.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "rolldown";
import { parseAst } from "rolldown/parseAst";
import type { Aspect } from "../src/rule/aspects.ts";
import type { AnyRule } from "../src/rule/rule.ts";
import { rules } from "../src/rules/index.ts";
import { ruleFiles } from "./rule-index.ts";

const folder = fileURLToPath(new URL("../src/rules/", import.meta.url));

/** Prefix of the modules that contain the rules of a part or a family. */
const chunkModule = "\0rules-of:";

/** Aspects that most calls or most CRLs have. Most runs do not need a rule that looks at any other aspect. */
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
  // Without a reason (-1), and keyCompromise (1).
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

/** Returns the rules of a file. */
async function rulesIn(name: string, isFamily: boolean): Promise<readonly AnyRule[]> {
  if (!isFamily) return rules.filter(({ id }) => id === name);
  const { default: family } = (await import(`../src/rules/${name}.ts`)) as { readonly default: readonly AnyRule[] };
  return family;
}

/**
 * Files whose rules are in the core. `chunks` has the other files by the name of their chunk. A family is in the core
 * if one of its rules is.
 */
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

/**
 * Properties of a rule in the core that are in other files, by the name of the file: a finding shows the texts, and
 * only the rule's page, fixtures and tests use the examples.
 */
const separate: Readonly<Record<string, readonly string[]>> = {
  texts: ["title", "why", "fix"],
  examples: ["examples"],
};
const separated: ReadonlySet<string> = new Set(Object.values(separate).flat());

/** Entries of the bundle by name: one for each chunk, and those for the separate properties of the rules in the core. */
export const ruleEntries: Readonly<Record<string, string>> = Object.fromEntries(
  [...chunks.keys(), ...Object.keys(separate)].map((name) => [`rules-${name}`, chunkModule + name]),
);

/** The end of the path of a module that has only a rule's id and some of its separate properties: `?texts`. */
const selection = /\?(?<name>texts|examples)$/u;

/** Module with an object from which a rule in the core inherits getters for its separate properties. */
const gettersModule = "\0rule-getters";

/** Files in the core that define a single rule. A family's file has one object for many rules. */
const single = common.filter(({ isFamily }) => !isFamily);
const inCore: ReadonlySet<string> = new Set(single.map(({ name }) => `${folder}${name}.ts`));

/**
 * Replaces `rules/heads.ts`, makes the modules of the chunks, and separates the rules of the core from their texts and
 * examples.
 */
export const ruleChunks: Plugin = {
  name: "rule-chunks",
  resolveId: { filter: { id: [/^\0rule/u, /\?texts$/u] }, handler: (id) => id },
  load: {
    filter: { id: [/^\0rule/u, selection, /\/src\/rules\/.*\.ts$/u] },
    handler: (id) => {
      if (id === gettersModule) return { code: gettersText(), moduleType: "js" };
      if (id.startsWith(chunkModule)) return { code: chunkText(id.slice(chunkModule.length)), moduleType: "js" };
      if (id === `${folder}heads.ts`) return { code: headsText(), moduleType: "js" };
      const name = selection.exec(id)?.groups?.["name"];
      if (name !== undefined) return { code: separateOf(id.replace(selection, ""), name), moduleType: "ts" };
      return inCore.has(id) ? { code: checkOf(id), moduleType: "ts" } : null;
    },
  },
};

/** Returns the file of a rule without its separate properties. The bundler then removes code that only they use. */
function checkOf(file: string): string {
  const code = withProperties(file, (name) => !separated.has(name), "__proto__: separate");
  return `import { separate } from "${gettersModule}";\n${code}`;
}

/** Returns the file of a rule with only its id and the separate properties of one file. */
function separateOf(file: string, name: string): string {
  return withProperties(file, (each) => each === "id" || separate[name]?.includes(each) === true);
}

/**
 * Returns the file of a rule whose object has only some of its properties.
 *
 * @throws if the object has something else than properties with plain names, such as a spread
 */
function withProperties(file: string, isKept: (name: string) => boolean, ...more: readonly string[]): string {
  const code = readFileSync(file, "utf8");
  const exported = parseAst(code, { lang: "ts" }).body.find(({ type }) => type === "ExportDefaultDeclaration");
  const call = exported?.type === "ExportDefaultDeclaration" ? exported.declaration : undefined;
  const rule = call?.type === "CallExpression" ? call.arguments[0] : undefined;
  if (rule?.type !== "ObjectExpression") throw new Error(`${file}: the rule is not an object`);
  const kept = rule.properties.flatMap((property) => {
    const { start, end } = property;
    if (property.type !== "Property" || property.computed || property.key.type !== "Identifier") {
      throw new Error(`${file}: a rule has only plain properties, not ${code.slice(start, end)}`);
    }
    return isKept(property.key.name) ? [code.slice(start, end)] : [];
  });
  return `${code.slice(0, rule.start)}{ ${[...kept, ...more].join(", ")} }${code.slice(rule.end)}`;
}

/**
 * Returns the module that loads separate properties. File names are templates, because rolldown would otherwise look
 * for the files.
 */
function gettersText(): string {
  const getters = Object.entries(separate).flatMap(([name, properties]) =>
    properties.map((property) => `get ${property}() { return load("${name}", this).${property}; },`),
  );
  return `const load = (name, { id }) => require(\`./rules-\${name}.cjs\`).rules.get(id);
export const separate = { ${getters.join(" ")} };
`;
}

type Named = readonly { readonly name: string; readonly isFamily: boolean }[];

/** Returns imports of files with rules, and the list of these rules. */
function listText(files: Named, end = ""): string {
  const imports = files.map(({ name }, i) => `import file${i} from ${JSON.stringify(`${folder}${name}.ts${end}`)};\n`);
  return `${imports.join("")}const list = [${files.map(({ isFamily }, i) => `${isFamily ? "..." : ""}file${i}`).join(", ")}];\n`;
}

function chunkText(chunk: string): string {
  const list = chunk in separate ? listText(single, `?${chunk}`) : listText(chunks.get(chunk) ?? []);
  return `${list}export const rules = new Map(list.map((rule) => [rule.id, rule]));\n`;
}

/**
 * Returns the module that replaces `rules/heads.ts`. It contains equal lists of requirements or aspects only once,
 * because many rules have the same list.
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

/** Returns the less common properties of a rule's head, in a list that is empty for most rules. */
function furtherOf({ core, formerly, reportsNonCrl, reportsUnread, reportsLimit }: AnyRule): readonly object[] {
  const further = { core, formerly, reportsNonCrl, reportsUnread, reportsLimit };
  return Object.values(further).some((value) => value !== undefined) ? [further] : [];
}

/** Values by number, without duplicates. */
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
