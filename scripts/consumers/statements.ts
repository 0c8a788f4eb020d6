import { ownFindings } from "../../src/explain/own-findings.ts";
import { differenceKinds } from "../../src/name/difference.ts";
import { explainKind } from "../../src/name/explain.ts";
import type { AnyRule } from "../../src/rule/rule.ts";
import { rules } from "../../src/rules/index.ts";
import { recordedFindings } from "../../test/rules/findings.ts";

/** A text of crllint about the behavior of software. */
export interface Statement {
  /**
   * Owner of the text: the id of a rule or of a finding of crllint about its own work, or the kind of difference
   * between names.
   */
  readonly of: string;
  readonly text: string;
  /** The software that it names, with version and mode if it states them. */
  readonly software: readonly string[];
}

const named =
  /\b(?:OpenSSL|BoringSSL|LibreSSL|GnuTLS|Mbed TLS|wolfSSL|Botan|NSS|Java|Bouncy Castle|Go|(?:rustls-)?webpki|rustls|Erlang|pkijs|Node|strongSwan|Heimdal|curl|Firefox|Chrome|Chromium|Safari|Edge|Windows|CryptoAPI|macOS|[Bb]rowsers)\b(?:\.js)?(?: \d+(?:\.\d+)*)?(?: with (?:hard fail|soft fail|GnuTLS|-crl_check_all)| in TLS mode)?/gu;

/** Sentences about how software writes a field or how CRLs reach it, not about its behavior with a CRL. */
const aboutOther: readonly RegExp[] = [
  /OpenSSL writes the fields for `[^`]*`/u,
  /OpenSSL uses the longest salt that fits unless it is configured/u,
  /CRL aggregators (?:fetch|parse) [^.]*\.[^.]*browsers/u,
  /Browsers get revocations from CRL aggregators/u,
  /\(`[^`]*` in OpenSSL\)/u,
];

/** The rule whose notes depend on the difference between two names. */
export const namesRule = "issuer/not-byte-identical";

/** Returns all texts of findings about the behavior of software, in a stable order. */
export function statements(): readonly Statement[] {
  const ofRules = rules.flatMap((rule) => {
    const own = [rule.why, rule.fix].map((text) => ({ of: rule.id, text }));
    const notes =
      rule.id === namesRule
        ? differenceKinds.map((kind) => ({ of: kind, text: explainKind(kind).notes.join(" ") }))
        : notesOf(rule).map((text) => ({ of: rule.id, text }));
    return [...own, ...notes];
  });
  const ofCalls = Object.entries(ownFindings).map(([id, { meaning, fix }]) => ({
    of: `crllint/${id}`,
    text: `${meaning} ${fix}`,
  }));
  return [...ofRules, ...ofCalls].flatMap(({ of, text }) => {
    const rest = aboutOther.reduce((left, sentence) => left.replace(sentence, ""), text);
    const software = [...new Set(rest.match(named))].sort();
    return software.length === 0 ? [] : [{ of, text, software }];
  });
}

/**
 * Returns the notes of the findings in the bad examples of a rule, from test/rules/findings. These files omit notes
 * that differ from another only in names and numbers. `npm run docs` writes them first, and a test compares them with
 * the rules.
 */
function notesOf(rule: AnyRule): readonly string[] {
  const notes = recordedFindings(rule).matchAll(/^ {4}note: (?<note>.*)$/gmu);
  return [...new Set(Array.from(notes, ({ groups }) => groups?.["note"] ?? ""))];
}
