import { ownFindings } from "../../src/explain/own-findings.ts";
import { differenceKinds } from "../../src/name/difference.ts";
import { explainKind } from "../../src/name/explain.ts";
import type { AnyRule } from "../../src/rule/rule.ts";
import { rules } from "../../src/rules/index.ts";
import { recordedFindings } from "../../test/rules/findings.ts";

/** A text of crllint that says what software does. */
export interface Statement {
  /** Whose text it is: the id of a rule or of a finding of crllint's own, or the kind of a difference between names. */
  readonly of: string;
  readonly text: string;
  /** The software that it names, with the version and the mode if it gives them. */
  readonly software: readonly string[];
}

const named =
  /\b(?:OpenSSL|BoringSSL|LibreSSL|GnuTLS|Mbed TLS|wolfSSL|Botan|NSS|Java|Bouncy Castle|Go|(?:rustls-)?webpki|rustls|Erlang|pkijs|Node|strongSwan|Heimdal|curl|Firefox|Chrome|Chromium|Safari|Edge|Windows|CryptoAPI|macOS|[Bb]rowsers)\b(?:\.js)?(?: \d+(?:\.\d+)*)?(?: with (?:hard fail|soft fail|GnuTLS|-crl_check_all)| in TLS mode)?/gu;

/** Sentences about how software writes a field, or how CRLs reach it: not about what it does with a CRL. */
const aboutOther: readonly RegExp[] = [
  /OpenSSL writes the fields for `[^`]*`/u,
  /OpenSSL uses the longest salt that fits unless it is configured/u,
  /CRL aggregators (?:fetch|parse) [^.]*\.[^.]*browsers/u,
  /Browsers get revocations from CRL aggregators/u,
  /\(`[^`]*` in OpenSSL\)/u,
];

/** The rule whose notes depend on how two names differ. */
export const namesRule = "issuer/not-byte-identical";

/** Every text of a finding that says what software does, in a stable order. */
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
 * The notes of the findings in the bad examples of a rule, without those that differ only in names and numbers, as
 * test/rules/findings has them: `npm run docs` writes these first, and a test compares them with the rules.
 */
function notesOf(rule: AnyRule): readonly string[] {
  const notes = recordedFindings(rule).matchAll(/^ {4}note: (?<note>.*)$/gmu);
  return [...new Set(Array.from(notes, ({ groups }) => groups?.["note"] ?? ""))];
}
