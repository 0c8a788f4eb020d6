import { isAtLeast, type Run, type Severity } from "../rule/report.ts";
import type { Requirement } from "../rule/rule.ts";
import { findDocument } from "../sources/documents.ts";
import { namedSection } from "../sources/named-section.ts";
import { sources } from "../sources/profiles.ts";
import type { RuleText } from "./renderer.ts";
import type { Json } from "./serialize.ts";

/** The SARIF level of each severity. */
export const levels = { error: "error", warning: "warning", notice: "note" } as const satisfies Readonly<
  Record<Severity, string>
>;

/** The rules in a log, each with its index in `rules`. */
export class RuleTable {
  readonly #indexes = new Map<string, number>();
  readonly #texts: ReadonlyMap<string, RuleText>;

  /** @param texts the descriptions of rules; a rule without one has only its id */
  constructor(texts: readonly RuleText[]) {
    this.#texts = new Map(texts.map((text) => [text.id, text]));
  }

  /** Adds the rules of a run, in their order in the run. */
  add({ rules, findings }: Run): void {
    for (const { rule } of rules) this.#add(rule);
    for (const { rule } of findings) this.#add(rule);
  }

  #add(rule: string): void {
    if (!this.#indexes.has(rule)) this.#indexes.set(rule, this.#indexes.size);
  }

  /** Returns the index of a rule's descriptor; -1 if the rule was not added. */
  indexOf(rule: string): number {
    return this.#indexes.get(rule) ?? -1;
  }

  /** Returns the descriptors of all rules (SARIF 2.1.0 section 3.49). */
  descriptors(escape: (text: string) => string): readonly Json[] {
    return [...this.#indexes.keys()].map((id) => {
      const text = this.#texts.get(id);
      return text === undefined ? { id } : describe(text, escape);
    });
  }
}

function describe({ id, title, why, fix, requirements }: RuleText, escape: (text: string) => string): Json {
  const cited = requirements.map(cite);
  // `crllint explain` has pages only for the rules of crllint.
  const isOwn = requirements.some(({ ownDocument }) => ownDocument !== undefined);
  const helpUri = addressOf(requirements, why);
  return {
    id,
    ...(helpUri === undefined ? {} : { helpUri }),
    shortDescription: { text: escape(`${title}.`) },
    fullDescription: { text: escape([withoutLinks(why), ...cited].join("\n")) },
    help: {
      text: escape(isOwn ? `${fix}.` : `${fix}. More: crllint explain ${id}`),
      markdown: escape(`${why}\n\n**Fix:** ${fix}.\n\n${cited.map((text) => `- ${text}\n`).join("")}`),
    },
    defaultConfiguration: { level: levels[highestSeverity(requirements)] },
    properties: { tags: ["pki", "crl", ...new Set(requirements.map(({ source }) => source))] },
  };
}

/**
 * Returns the address of the document of a rule's strictest requirement, at the section. For advice of crllint, returns
 * the address of the document that `why` refers to.
 */
function addressOf(requirements: readonly Requirement[], why: string): string | undefined {
  const addresses = requirements.flatMap(({ source, document, ownDocument, section, severity }) => {
    const url = ownDocument === undefined ? findDocument(document ?? sources[source]).url?.(section) : ownDocument.url;
    return url === undefined ? [] : [{ url, severity }];
  });
  const strictest = addresses.find(({ severity }) => severity === highestSeverity(requirements)) ?? addresses[0];
  return strictest?.url ?? /\]\((?<address>https:[^)]*)\)/u.exec(why)?.groups?.["address"];
}

/** Replaces the links of Markdown by their labels, followed by their addresses in parentheses. */
function withoutLinks(text: string): string {
  return text.replace(/\[(?<label>[^\]]*)\]\((?<address>[^)]*)\)/gu, "$<label> ($<address>)");
}

/** Returns a citation: `CABF TLS BR 2.2.6 section 7.2: "MUST be ..."`. */
function cite({ source, document, ownDocument, section, quote }: Requirement): string {
  const { name } = ownDocument ?? findDocument(document ?? sources[source]);
  const where = section === "" ? name : `${name} ${namedSection(section)}`;
  return quote === undefined ? where : `${where}: "${quote}"`;
}

function highestSeverity(requirements: readonly Requirement[]): Severity {
  return requirements.reduce<Severity>(
    (highest, { severity }) => (isAtLeast(severity, highest) ? severity : highest),
    "notice",
  );
}
