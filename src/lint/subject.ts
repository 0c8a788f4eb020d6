import type { ExpectedCertificates } from "../given/certificates.ts";
import type { Disclosure } from "../given/given.ts";
import type { Location } from "../rule/report.ts";
import type { Facts } from "../rule/rule.ts";
import type { Verifier } from "../verify/verifier.ts";
import type { LintInput, LintOptions } from "./lint-input.ts";

/**
 * One CRL and all inputs that rules can use to check it, gathered before the first rule runs. Every rule has the facts;
 * the other properties reach a rule as inputs that it looks at.
 */
export interface Subject extends Facts {
  /** The inputs that were given with the CRL. */
  readonly given: Omit<LintInput, "object">;
  readonly options: Pick<LintOptions, "now" | "validFor">;
  /** Reason why none of the given certificates is that of the issuing CA. */
  readonly noCaFound?: string | undefined;
  readonly verifier: Verifier | undefined;
  readonly expected?: ExpectedCertificates | undefined;
  /** The CCADB record of the CA. */
  readonly disclosure?: Disclosure | undefined;
}

/** Returns the location of the whole CRL. */
export function wholeCrl({ artefact, crl }: Pick<Subject, "artefact" | "crl">): Location {
  return { file: artefact.name, path: "", offset: 0, length: crl.source.bytes.length };
}
