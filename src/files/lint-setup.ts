import { openCertificate } from "../cert/open.ts";
import { sameOctets } from "../der/span.ts";
import { readCcadb } from "../given/ccadb.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { Artefact } from "../input/read.ts";
import type { LintInput, LintOptions } from "../lint/lint.ts";
import { PemMap, type PemMapData } from "../pem/map.ts";
import { nodeVerifier } from "../verify/node.ts";
import type { InputFile } from "./read-files.ts";

/** What a configuration says of one file. */
export interface FileSettings {
  /** Which of its pairs the file belongs to, by index. */
  readonly pair?: number;
  /** What its CRLs are said to be. */
  readonly stated?: NonNullable<LintInput["stated"]>;
}

/** What the CRLs of a call are linted with. */
export interface LintSetup {
  /** What each of them is linted with, whichever it is. */
  readonly shared: Omit<LintInput, "object">;
  /** Certificates of the pairs of a configuration, by their index. */
  readonly pairs: readonly (readonly GivenCertificate[])[];
  readonly options: LintOptions;
}

/** The same as it can be sent to a worker. */
export interface SentSetup {
  readonly form: LintInput["form"];
  readonly options: Omit<LintOptions, "verifier">;
  readonly issuers: readonly SentArtefact[];
  readonly issuersChosen: boolean;
  readonly others: readonly SentArtefact[];
  readonly pairs: readonly (readonly SentArtefact[])[];
  /** The file that --ccadb names. */
  readonly ccadb: InputFile | undefined;
}

/** An artefact without methods. */
type SentArtefact = Omit<Artefact, "pem"> & { readonly pem?: PemMapData };

/**
 * Makes of a setup what can be sent.
 *
 * @param ccadb the file that --ccadb names
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

/** Makes of what was sent what the sender had. */
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

/** What certificates are taken for, where some were named as issuers and where none were. */
export function roles(
  certificates: readonly GivenCertificate[],
  issuers: readonly GivenCertificate[] | undefined,
): Pick<LintInput, "issuers" | "issuersChosen" | "others"> {
  return issuers === undefined
    ? { issuers: certificates, issuersChosen: false, others: [] }
    : { issuers, issuersChosen: true, others: certificates };
}

/** The issuers of CRLs whose file belongs to no pair. */
type Roles = Pick<LintInput, "issuers" | "issuersChosen" | "others">;

/** The issuers of each pair and the others of a call, which may be thousands: found once for all CRLs of the pair. */
const rolesOfPairs = new WeakMap<readonly GivenCertificate[], { readonly of: Roles; readonly roles: Roles }>();

/** Candidate issuers of the CRLs of a file: the certificates of its pair, else those of the call. */
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
