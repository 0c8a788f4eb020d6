import type { ExpectedCertificates } from "../given/certificates.ts";
import type { Disclosure } from "../given/given.ts";
import type { Facts } from "../rule/rule.ts";
import type { Verdict, Verifier } from "../verify/verifier.ts";
import type { LintInput, LintOptions } from "./lint-input.ts";

/**
 * One CRL and everything that rules can use to check it, gathered before the first rule runs. Rules see the facts; the
 * rest reaches them as inputs that they look at.
 */
export interface Subject extends Facts {
  /** What was given with the CRL. */
  readonly given: Omit<LintInput, "object">;
  readonly options: Pick<LintOptions, "now" | "validFor">;
  /** Why none of the certificates given was taken as the issuing CA. */
  readonly noCaFound?: string | undefined;
  readonly verification: Verdict;
  readonly verifier: Verifier | undefined;
  readonly expected?: ExpectedCertificates | undefined;
  /** The CCADB record of the CA. */
  readonly disclosure?: Disclosure | undefined;
}
