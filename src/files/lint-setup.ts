import { openCertificate } from "../cert/open.ts";
import { sameOctets } from "../der/span.ts";
import { readCcadb } from "../given/ccadb.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { Artefact } from "../input/read.ts";
import type { LintInput, LintOptions } from "../lint/lint.ts";
import { PemMap, type PemMapData } from "../pem/map.ts";
import { nodeVerifier } from "../verify/node.ts";
import type { InputFile } from "./read-files.ts";

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

/** A `LintSetup` in a form that can be sent to a worker. */
export interface SentSetup {
  readonly form: LintInput["form"];
  readonly options: Omit<LintOptions, "verifier">;
  readonly issuers: readonly SentArtefact[];
  readonly issuersChosen: boolean;
  readonly others: readonly SentArtefact[];
  readonly pairs: readonly (readonly SentArtefact[])[];
  /** The file of --ccadb. */
  readonly ccadb: InputFile | undefined;
}

/** An artefact without methods. */
type SentArtefact = Omit<Artefact, "pem"> & { readonly pem?: PemMapData };

/**
 * Converts a setup to a form that can be sent.
 *
 * @param ccadb the file of --ccadb
 */
export function sendSetup({ shared, pairs, options }: LintSetup, ccadb?: InputFile): SentSetup {
  const { form, issuers, issuersChosen, others } = shared;
  const { verifier: _, ...settings } = options;
  const send = (list: readonly GivenCertificate[]): readonly SentArtefact[] =>
    list.map(({ artefact: { pem, ...artefact } }) => (pem === undefined ? artefact : { ...artefact, pem: pem.data }));
  return {
    form,
    options: settings,
    issuers: send(issuers),
    issuersChosen,
    others: send(others),
    pairs: pairs.map(send),
    ccadb,
  };
}

/** Rebuilds a setup that was sent. */
export function receiveSetup({ form, options, issuers, issuersChosen, others, pairs, ccadb }: SentSetup): LintSetup {
  const receive = (list: readonly SentArtefact[]): readonly GivenCertificate[] =>
    list.flatMap(({ pem, ...sent }) => {
      const artefact = pem === undefined ? sent : { ...sent, pem: PemMap.of(pem) };
      const certificate = openCertificate(artefact.bytes, options);
      return certificate === undefined ? [] : [{ certificate, artefact }];
    });
  const records = ccadb && readCcadb(ccadb.name, ccadb.bytes);
  return {
    shared: {
      form,
      issuers: receive(issuers),
      issuersChosen,
      others: receive(others),
      ...(records && !("fault" in records) && { ccadb: records }),
    },
    pairs: pairs.map(receive),
    options: { ...options, verifier: nodeVerifier() },
  };
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
    issuers.every((each) => !sameOctets(each.artefact.bytes, artefact.bytes));
  const roles = { issuers, issuersChosen: true, others: [...call.issuers, ...call.others].filter(isOther) };
  rolesOfPairs.set(issuers, { of: call, roles });
  return roles;
}
