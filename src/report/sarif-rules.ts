import { isAtLeast, type Run, type Severity } from "../rule/report.ts";
import type { Requirement } from "../rule/rule.ts";
import { findDocument } from "../sources/documents.ts";
import { sources } from "../sources/profiles.ts";
import type { RuleText } from "./renderer.ts";
import type { Json } from "./serialize.ts";

/** What SARIF calls a severity. */
export const levels = { error: "error", warning: "warning", notice: "note" } as const satisfies Readonly<
  Record<Severity, string>
>;

/** Rules that a log speaks of, each with its place in `rules`. */
export class RuleTable {
  readonly #indexes = new Map<string, number>();
  readonly #texts: ReadonlyMap<string, RuleText>;

  /** @param texts what can be said of rules beside their ids */
  constructor(texts: readonly RuleText[]) {
    this.#texts = new Map(texts.map((text) => [text.id, text]));
  }

  /** Takes the rules of one more run, in the order in which they are listed there. */
  add({ rules, findings }: Run): void {
    for (const { rule } of rules) this.#add(rule);
    for (const { rule } of findings) this.#add(rule);
  }

  #add(rule: string): void {
    if (!this.#indexes.has(rule)) this.#indexes.set(rule, this.#indexes.size);
  }

  /** Index of a rule's descriptor. */
  indexOf(rule: string): number {
    return this.#indexes.get(rule) ?? -1;
  }

  /** Descriptors (SARIF 2.1.0 section 3.49). */
  descriptors(spell: (text: string) => string): readonly Json[] {
    return [...this.#indexes.keys()].map((id) => {
      const text = this.#texts.get(id);
      return text === undefined ? { id } : describe(text, spell);
    });
  }
}

function describe({ id, title, why, fix, requirements }: RuleText, spell: (text: string) => string): Json {
  const cited = requirements.map(cite);
  // The command knows the rules that come with it.
  const isOwn = requirements.some(({ ownDocument }) => ownDocument !== undefined);
  return {
    id,
    shortDescription: { text: spell(`${title}.`) },
    fullDescription: { text: spell([withoutLinks(why), ...cited].join("\n")) },
    help: {
      text: spell(isOwn ? `${fix}.` : `${fix}. More: crllint explain ${id}`),
      markdown: spell(`${why}\n\n**What to do:** ${fix}.\n\n${cited.map((text) => `- ${text}\n`).join("")}`),
    },
    defaultConfiguration: { level: levels[gravest(requirements)] },
    properties: { tags: ["pki", "crl", ...new Set(requirements.map(({ source }) => source))] },
  };
}

/** Markdown with the addresses of its links behind them, in parentheses: readers of plain text may not follow links. */
function withoutLinks(text: string): string {
  return text.replace(/\[(?<label>[^\]]*)\]\((?<address>[^)]*)\)/gu, "$<label> ($<address>)");
}

/** `CABF TLS BR 2.2.6 section 7.2: "MUST be ..."`. */
function cite({ source, document, ownDocument, section, quote }: Requirement): string {
  const { name } = ownDocument ?? findDocument(document ?? sources[source]);
  const where = section === "" ? name : `${name} ${/^\d/u.test(section) ? `section ${section}` : section}`;
  return quote === undefined ? where : `${where}: "${quote}"`;
}

function gravest(requirements: readonly Requirement[]): Severity {
  return requirements.reduce<Severity>(
    (worst, { severity }) => (isAtLeast(severity, worst) ? severity : worst),
    "notice",
  );
}
