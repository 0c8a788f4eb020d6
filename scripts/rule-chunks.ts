// Splits the rules for the bundle of the command line: a start neither reads nor runs the rules that have nothing to
// look at in most CRLs. The core of the bundle holds the other rules, and the heads of these: what the engine must know
// to tell whether one of them runs. They wait in one file for each part and family, which is loaded when that happens.
import { fileURLToPath } from "node:url";
import type { Plugin } from "rolldown";
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

/** Entries of the bundle by their names: one for each chunk. */
export const ruleEntries: Readonly<Record<string, string>> = Object.fromEntries(
  [...chunks.keys()].map((chunk) => [`rules-${chunk}`, chunkModule + chunk]),
);

/** Replaces `rules/heads.ts`, and makes the modules of the chunks. */
export const ruleChunks: Plugin = {
  name: "rule-chunks",
  resolveId: { filter: { id: /^\0rules-of:/u }, handler: (id) => id },
  load: {
    filter: { id: [/^\0rules-of:/u, /\/src\/rules\/heads\.ts$/u] },
    handler: (id) => ({
      code: id.startsWith(chunkModule) ? chunkText(id.slice(chunkModule.length)) : headsText(),
      moduleType: "js",
    }),
  },
};

type Named = readonly { readonly name: string; readonly isFamily: boolean }[];

/** Imports of files of rules, and the list of their rules. */
function listText(files: Named): string {
  const imports = files.map(({ name }, i) => `import file${i} from ${JSON.stringify(`${folder}${name}.ts`)};\n`);
  return `${imports.join("")}const list = [${files.map(({ isFamily }, i) => `${isFamily ? "..." : ""}file${i}`).join(", ")}];\n`;
}

function chunkText(chunk: string): string {
  return `${listText(chunks.get(chunk) ?? [])}export const rules = new Map(list.map((rule) => [rule.id, rule]));\n`;
}

/** The module that replaces `rules/heads.ts`. Requirements and lists of aspects are in it once: many rules share one. */
function headsText(): string {
  const requirements = new Table();
  const looksAt = new Table();
  const rows = [...chunks].flatMap(([chunk, files]) =>
    files.flatMap((file) =>
      file.rules.map((rule) => [
        chunk,
        rule.id,
        looksAt.add(rule.looksAt ?? []),
        rule.requirements.map(({ source, document, from, to, datedBy }) =>
          requirements.add({ source, document, from, to, datedBy }),
        ),
        {
          core: rule.core,
          formerly: rule.formerly,
          reportsNonCrl: rule.reportsNonCrl,
          reportsUnread: rule.reportsUnread,
          reportsLimit: rule.reportsLimit,
        },
      ]),
    ),
  );
  const data = { rows, looksAt: looksAt.rows, requirements: requirements.rows };
  return `${listText(common)}
const data = JSON.parse(${JSON.stringify(JSON.stringify(data))});
for (const [chunk, id, looksAt, requirements, more] of data.rows) {
  list.push({
    id,
    looksAt: data.looksAt[looksAt],
    requirements: requirements.map((i) => data.requirements[i]),
    ...more,
    load: () => require(\`./rules-\${chunk}.cjs\`).rules.get(id),
  });
}
export const loadableRules = list.sort((a, b) => (a.id < b.id ? -1 : 1));
`;
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
