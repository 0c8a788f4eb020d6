import { sameBytes } from "../der/span.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { LintInput, LintOptions } from "../lint/lint.ts";

/** Settings that a configuration contains for one file. */
export interface FileSettings {
  /** Index of the pair that the file belongs to. */
  readonly pair?: number;
  /** Properties that are stated for its CRLs. */
  readonly stated?: NonNullable<LintInput["stated"]>;
}

/** Inputs and options for linting the CRLs of a call. */
export interface LintSetup {
  /** Inputs that all CRLs share. */
  readonly shared: Omit<LintInput, "object">;
  /** Certificates of the pairs of a configuration, by their index. */
  readonly pairs: readonly (readonly GivenCertificate[])[];
  readonly options: LintOptions;
}

/** Returns the roles of certificates: candidates for the issuing CA, unless issuers were given. */
export function roles(
  certificates: readonly GivenCertificate[],
  issuers: readonly GivenCertificate[] | undefined,
): Pick<LintInput, "issuers" | "issuersChosen" | "others"> {
  return issuers === undefined
    ? { issuers: certificates, issuersChosen: false, others: [] }
    : { issuers, issuersChosen: true, others: certificates };
}

/** Certificates by their roles. */
type Roles = Pick<LintInput, "issuers" | "issuersChosen" | "others">;

/**
 * Roles for each pair, with the other certificates of a call, which may be thousands. Built once for all CRLs of the
 * pair.
 */
const rolesOfPairs = new WeakMap<readonly GivenCertificate[], { readonly of: Roles; readonly roles: Roles }>();

/** Returns the candidate issuers of the CRLs of a file: the certificates of its pair, else those of the call. */
export function issuersFor(
  { pair }: FileSettings,
  pairs: readonly (readonly GivenCertificate[])[],
  call: Roles,
): Roles {
  const issuers = pair === undefined ? undefined : pairs[pair];
  if (issuers === undefined) return call;
  const known = rolesOfPairs.get(issuers);
  if (known?.of === call) return known.roles;
  const isOther = ({ artefact }: GivenCertificate): boolean =>
    issuers.every((each) => !sameBytes(each.artefact.bytes, artefact.bytes));
  const roles = { issuers, issuersChosen: true, others: [...call.issuers, ...call.others].filter(isOther) };
  rolesOfPairs.set(issuers, { of: call, roles });
  return roles;
}
