import type { SourceId } from "../sources/profiles.ts";
import { sources } from "../sources/profiles.ts";
import { documents } from "../sources/documents.ts";
import type { RuleText } from "./renderer.ts";

/**
 * Returns the rules of a version of crllint as text: equal for equal rules with equal requirements. Its digest
 * identifies the rule set.
 */
export function ruleSetText(rules: readonly RuleText[]): string {
  const lines = rules.map(({ id, requirements }) => {
    const texts = requirements.map(({ source, document, ownDocument, section, severity, from, to, datedBy }) =>
      [source, document ?? ownDocument?.name, section, severity, from, to, datedBy]
        .map((text) => text ?? "-")
        .join(" "),
    );
    return [id, ...texts.sort()].join("\n  ");
  });
  return `${lines.sort().join("\n")}\n`;
}

/** A document that rules apply, with the version that was read. */
export interface AppliedDocument {
  readonly id: string;
  readonly name: string;
  readonly version: string;
}

/** Returns the documents that the rules of some sources cite, ordered by id. */
export function documentsOf(rules: readonly RuleText[], active: ReadonlySet<SourceId>): readonly AppliedDocument[] {
  const cited = rules.flatMap(({ requirements }) =>
    requirements.flatMap(({ source, document, ownDocument }) =>
      active.has(source) && ownDocument === undefined ? [document ?? sources[source]] : [],
    ),
  );
  // Advice of crllint itself has no version of its own.
  const ids = [...new Set(cited)].filter((id) => id !== "advice").sort();
  return ids.map((id) => ({ id, name: documents[id].name, version: documents[id].version }));
}
