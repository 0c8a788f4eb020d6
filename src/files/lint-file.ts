import { openCertificate } from "../cert/open.ts";
import type { Limits } from "../der/limits.ts";
import { sameOctets } from "../der/span.ts";
import { FileChanged } from "../der/in-file.ts";
import { readCcadb } from "../given/ccadb.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { Artefact, InputObject } from "../input/read.ts";
import { type LintInput, lintOne, type LintOptions } from "../lint/lint.ts";
import { PemMap, type PemMapData } from "../pem/map.ts";
import type { Run } from "../rule/report.ts";
import { loadableRules } from "../rules/heads.ts";
import { hashOnTheWay, nodeVerifier } from "../verify/node.ts";
import type { Operand } from "./expand.ts";
import { changed, unreadable } from "./input-findings.ts";
import { type OwnFinding, ownRun } from "./own-run.ts";
import { type InputFile, largeFile, readFile } from "./read-files.ts";
import { sortFile } from "./sort-file.ts";

/** What a configuration says of one file. */
export interface FileSettings {
  /** Which of its pairs the file belongs to, by index. */
  readonly pair?: number;
  /** What its CRLs are said to be. */
  readonly stated?: NonNullable<LintInput["stated"]>;
}

/** A file that holds what is linted. */
export interface CrlFile extends Operand, FileSettings {
  /** Its path as reports show it. */
  readonly name: string;
  /** Whether it is for this call to lint. */
  readonly isInShard: boolean;
  /** Size in bytes. */
  readonly size: number;
  /** How many objects it holds that are linted. */
  readonly count: number;
  /** Whether it is a stream, which cannot be read again. */
  readonly isStream: boolean;
  /** Those objects, where they were kept; the others are read once more. */
  readonly objects: readonly InputObject[] | undefined;
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

/** The objects of a file that are linted, each with all that it is linted with. */
export function inputsOf(
  file: CrlFile,
  objects: readonly InputObject[],
  { shared, pairs }: LintSetup,
): readonly LintInput[] {
  const { pair, stated } = file;
  const isUsual = pair === undefined && stated === undefined;
  const ofFile = isUsual ? shared : { ...shared, ...issuersFor(file, pairs, shared), ...(stated && { stated }) };
  // Node 20 gives each object that begins with a spread a hidden class of its own, which takes longer than a rule.
  return objects.map((object) => Object.assign({ object }, ofFile));
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

/**
 * Lints all CRLs of a file, each by itself; keeps none of its bytes. A file that can no longer be read, or holds
 * something else than when it was found, is reported as such.
 */
export function lintFile(file: CrlFile, setup: LintSetup): readonly Run[] {
  const { shared, options } = setup;
  const found = file.objects ?? readAgain(file, shared.form, options.limits);
  const withOwn = (finding: OwnFinding): readonly Run[] => [ownRun(finding, shared.form, options.selection.profiles)];
  if ("rule" in found) return withOwn(found);
  const inputs = inputsOf(file, found, setup);
  try {
    for (const { object, issuers, issuerStore } of inputs) {
      const hasCandidates = issuers.length > 0 || issuerStore !== undefined;
      const signed = hasCandidates && options.signature === "verify";
      hashOnTheWay(object.artefact.bytes, { signed, whole: options.digests });
    }
    return inputs.map((input) => lintOne(loadableRules, input, options));
  } catch (error) {
    // The entries of a large file are read while they are linted.
    if (error instanceof FileChanged) return withOwn(unreadable(file.name, unreadableNow(error.message)));
    throw error;
  }
}

function unreadableNow(fault: string): string {
  return `this file was readable earlier in this run and is not now: ${fault}`;
}

function readAgain(file: CrlFile, form: "crl" | "tbs", limits: Limits) {
  const content = readFile(file.path, limits.size, file.name, largeFile);
  if ("fault" in content) {
    return unreadable(file.name, unreadableNow(content.fault));
  }
  const { objects } = sortFile(content, file, form, limits);
  return objects.length === file.count ? objects : changed(file.name, file.count, objects.length);
}
