import { lintCase, profileFor } from "../../src/explain/lint-case.ts";
import { kit } from "../../src/fixture/index.ts";
import { differenceKinds } from "../../src/name/difference.ts";
import { explainKind } from "../../src/name/explain.ts";
import type { AnyRule } from "../../src/rule/rule.ts";
import { rules } from "../../src/rules/index.ts";

/** A text of crllint that says what software does. */
export interface Statement {
  /** Whose text it is: a link to the rule, or the kind of a difference between names. */
  readonly at: string;
  readonly text: string;
  /** The software that it names, with the version if it gives one. */
  readonly software: readonly string[];
}

const named =
  /\b(?:OpenSSL|BoringSSL|GnuTLS|Mbed TLS|wolfSSL|Botan|NSS|Java|Bouncy Castle|Go|rustls-webpki|Erlang|pkijs|Node|strongSwan|Heimdal|curl with GnuTLS|17 that were measured)\b(?: \d+(?:\.\d+)*)?/gu;

/** Rules that say how OpenSSL writes a field, not what it does with a CRL. */
const aboutWriting: ReadonlySet<string> = new Set(["aki/issuer-serial-present", "algorithm/pss-salt-length"]);

/** The rule whose notes depend on how two names differ. */
const namesRule = "issuer/not-byte-identical";

/** Every text of a finding that says what software does, in a stable order. */
export function statements(): readonly Statement[] {
  const texts = rules
    .filter(({ id }) => !aboutWriting.has(id))
    .flatMap((rule) => {
      const at = `[${rule.id}](rules/${rule.id}.md)`;
      const notes =
        rule.id === namesRule
          ? differenceKinds.map((kind) => ({ at: `${at}: ${kind}`, text: explainKind(kind).notes.join(" ") }))
          : notesOf(rule).map((text) => ({ at, text }));
      return [{ at, text: rule.why }, ...notes];
    });
  return texts.flatMap(({ at, text }) => {
    const software = [...new Set(text.match(named))].sort();
    return software.length === 0 ? [] : [{ at, text, software }];
  });
}

/** The notes of the findings in the bad examples of a rule, without those that differ only in names and numbers. */
function notesOf(rule: AnyRule): readonly string[] {
  const notes = rule.examples().bad.flatMap((example) => {
    const run = lintCase(example.make(kit), { profile: profileFor(rule, example) });
    return run.findings.filter((finding) => finding.rule === rule.id).flatMap((finding) => finding.notes);
  });
  return [...new Set(notes)];
}
