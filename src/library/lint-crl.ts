import { openCertificate } from "../cert/open.ts";
import { readCrl, readLinted } from "../crl/read.ts";
import { plainBytes } from "../der/span.ts";
import { partByIssuer } from "../given/certificates.ts";
import { chooseObject, type InputObject, isMislabeled, isUnread, readInput } from "../input/read.ts";
import { type Ccadb, readCcadb } from "../given/ccadb.ts";
import type { GivenCrl } from "../given/other-crl.ts";
import { undecidedExpectations } from "../lint/expectations.ts";
import { type LintInput, type LintOptions, lintOne } from "../lint/lint.ts";
import { unlintedObjects } from "../lint/unlinted.ts";
import type { Run } from "../rule/report.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { Aspect } from "../rule/aspects.ts";
import type { AnyRule, LoadableRule, RuleHead } from "../rule/rule.ts";
import type { Selection } from "../lint/lint-input.ts";
import { findUnmatched } from "../lint/select.ts";
import { CrlSet, type SetPosition } from "../given/crl-set.ts";
import { type Manifest, readManifest } from "../given/manifest.ts";
import { readShards } from "../given/shards.ts";
import { loadableRules } from "../rules/heads.ts";
import { escapeText } from "../name/escape.ts";
import { nodeVerifier } from "../verify/node.ts";
import { expectedWith } from "../options/values.ts";
import { checkOptions, crlKinds, shardKinds } from "./check-options.ts";
import { toLintOptions } from "./lint-options.ts";
import { MisuseError } from "./misuse-error.ts";
import type { LintCrlOptions, LintShardsOptions } from "./options.ts";

/**
 * Lints one CRL. Synchronous and pure: bytes in, report out; no I/O, and no clock. If the input contains several CRLs,
 * the first is linted; the run is then undecided, and names the others.
 *
 * @throws TypeError on misuse: an unknown option, an option with an invalid value, a pattern that no rule matches, or
 * an input to compare with that is not a certificate or CRL. The bytes of the CRL never cause it
 */
export function lintCrl(options: LintCrlOptions): Run {
  checkOptions("lintCrl", options, crlKinds, "crl");
  return lintFirst(readFile(options), options);
}

/** Names of the files in the options, for reports: by the name of the option, in the order of its files. */
export type FileNames = Readonly<Partial<Record<keyof LintCrlOptions, readonly (string | undefined)[]>>>;

/**
 * Lints all CRLs of one file, each by itself and all as a set.
 *
 * @returns a run for each CRL, in their order; if there is none, one run that reports the content of the file
 * @throws TypeError as `lintCrl`, and if an option for a single CRL is given with a file that contains several
 */
export function lintAllCrls(options: LintCrlOptions, names: FileNames = {}): readonly Run[] {
  const file = readFile(options, names);
  const { objects, inputs, settled } = file;
  const linted = objects.filter((object) => object.kind === inputs.form || isUnread(object) || isMislabeled(object));
  if (linted.length < 2) return [lintFirst(file, options)];
  const single = aboutOne.find((option) => options[option] !== undefined);
  if (single !== undefined) throw new MisuseError(single, `is about one CRL, and ${linted.length} are given`);
  // Certificates that are expected to be revoked or good are in scope, too.
  const { form, certificates, expected, issuers, others } = inputs;
  const read = linted.map((object): GivenCrl => {
    return { crl: readLinted(object, form, settled), artefact: object.artefact };
  });
  const inScope = certificates && partByIssuer(certificates, new Map(read.map(({ crl }, i) => [i, crl])));
  const unjudged = undecidedExpectations(expected, read, false);
  const crls = read.map((given, i) => (linted[i]?.kind === "crl" ? given : undefined));
  const inSet = crls.filter((each) => each !== undefined);
  const set = inSet.length > 1 ? new CrlSet(inSet, [...issuers, ...others], certificates) : undefined;
  return linted.map((object, i) => {
    const own = crls[i];
    const base = own && set?.baseOf(own);
    return lintOne(
      rulesOf(options),
      {
        ...inputs,
        object,
        ...(inScope && { certificates: inScope(i) }),
        ...(own && set && { together: { set, own } }),
        ...(base && { base }),
        ...(i === 0 && { unjudged }),
      },
      settled,
    );
  });
}

/** A file, with the inputs and options to lint its CRLs. */
interface FileWithCrls {
  readonly objects: readonly InputObject[];
  readonly inputs: Omit<LintInput, "object">;
  readonly settled: LintOptions;
}

function readFile(options: LintCrlOptions, names: FileNames = {}): FileWithCrls {
  const settled = settle(options);
  const objects = readInput(options.name ?? "crl", plainBytes(options.crl), settled.limits);
  return {
    objects,
    inputs: { ...readInputs(options, settled, names), ...issuersIn(objects, options, settled) },
    settled,
  };
}

/** Lints the first CRL of a file, and reports the others as not linted. */
function lintFirst({ objects, inputs, settled }: FileWithCrls, options: LintCrlOptions): Run {
  const { form, expected } = inputs;
  const object = chooseObject(objects, form);
  const others = options.shards?.map((bytes, i) => readChosen(`shards[${i}]`, bytes, form, settled));
  const all = others && [...others.map((other) => other.object), object];
  const shards = all && { set: readShards(all, form, settled), index: all.length - 1, isOnlyLinted: true as const };
  const crls = (): readonly GivenCrl[] =>
    shards?.set.shards ?? [{ crl: readLinted(object, form, settled), artefact: object.artefact }];
  const together = options.together && togetherWith(object, options.together, inputs, settled);
  const unjudged = [
    ...unlintedObjects(objects, object),
    ...(others ?? []).flatMap((other) => other.unjudged),
    ...(expected === undefined ? [] : undecidedExpectations(expected, crls(), shards !== undefined)),
  ];
  return lintOne(
    rulesOf(options),
    { ...inputs, object, unjudged, ...(shards && { shards }), ...(together && { together }) },
    settled,
  );
}

/** Returns the set of a CRL and other CRLs, with the certificates of the call. */
function togetherWith(
  { artefact }: InputObject,
  bytes: readonly Uint8Array[],
  { form, issuers, others, certificates }: Omit<LintInput, "object">,
  settled: LintOptions,
): SetPosition {
  const own = { crl: readCrl(artefact.bytes, form, settled), artefact };
  const further = bytes.map((each, i) => readOther(`together[${i}]`, each, settled));
  return { set: new CrlSet([...further, own], [...issuers, ...others], certificates), own };
}

/** Options that apply to a single CRL. */
const aboutOne = [
  "previous",
  "base",
  "shards",
  "together",
  "url",
  "transport",
  "copies",
  "tbsWas",
  "manifest",
] as const;

/**
 * Lints the partitions of one CA, each by itself and all as a set.
 *
 * @returns a run for each CRL, in their order; a finding about two of them is in the run of the later one
 * @throws TypeError as `lintCrl`
 */
export function lintShards(options: LintShardsOptions): readonly Run[] {
  checkOptions("lintShards", options, shardKinds, "crls");
  const { form = "crl", name = "crl" } = options;
  const settled = settle(options);
  const chosen = options.crls.map((bytes, i) => readChosen(`${name}[${i}]`, bytes, form, settled));
  const set = readShards(
    chosen.map(({ object }) => object),
    form,
    settled,
  );
  const inputs = readInputs(options, settled);
  const undecided = undecidedExpectations(inputs.expected, set.shards, true);
  return chosen.map(({ object, unjudged }, index) =>
    lintOne(
      rulesOf(options),
      { ...inputs, object, shards: { set, index }, unjudged: [...unjudged, ...(index === 0 ? undecided : [])] },
      settled,
    ),
  );
}

/** Options that apply to all CRLs of a call. */
type SharedOptions = Omit<LintCrlOptions, "crl">;

/**
 * Returns the first object of a file with the requested form, to lint, and a finding for CRLs of the file that are not
 * linted.
 */
function readChosen(name: string, bytes: Uint8Array, form: "crl" | "tbs", { limits }: LintOptions) {
  const found = readInput(name, plainBytes(bytes), limits);
  const object = chooseObject(found, form);
  return { object, unjudged: unlintedObjects(found, object) };
}

/**
 * Returns the certificates in the file of the CRL. If no issuer is given, they are candidates for the issuing CA's
 * certificate.
 */
function issuersIn(
  objects: readonly InputObject[],
  { issuer }: SharedOptions,
  { limits }: LintOptions,
): Partial<Pick<LintInput, "issuers" | "issuersChosen" | "others">> {
  const certificates = objects.flatMap(({ kind, artefact }) => {
    const certificate = kind === "certificate" ? openCertificate(artefact.bytes, { limits }) : undefined;
    return certificate === undefined ? [] : [{ certificate, artefact }];
  });
  if (certificates.length === 0) return {};
  return issuer === undefined ? { issuers: certificates, issuersChosen: false } : { others: certificates };
}

/** Reads the inputs that all CRLs of a call are linted with. */
function readInputs(options: SharedOptions, settled: LintOptions, names: FileNames = {}): Omit<LintInput, "object"> {
  const { issuer = [] } = options;
  const issuers = issuer === "none" ? [] : ([issuer].flat() as readonly Uint8Array[]);
  const { certificates, expectRevoked, expectGood } = options;
  const inScope = certificates && readInScope("certificates", certificates, settled, names.certificates);
  const revoked = readInScope("expectRevoked", expectRevoked ?? [], settled, names.expectRevoked);
  const good = readInScope("expectGood", expectGood ?? [], settled, names.expectGood);
  const isExpected = expectRevoked !== undefined || expectGood !== undefined;
  return {
    form: options.form ?? "crl",
    issuers: issuers.flatMap((bytes, i) =>
      readCertificates(issuers.length === 1 ? "issuer" : `issuer[${i}]`, bytes, settled, names.issuer?.[i]),
    ),
    issuersChosen: true,
    ...(options.issuers && { issuerStore: options.issuers }),
    others: [],
    ...(options.previous === undefined
      ? {}
      : { previous: readOther("previous", options.previous, settled, names.previous?.[0]) }),
    ...(options.base === undefined ? {} : { base: readOther("base", options.base, settled, names.base?.[0]) }),
    ...(inScope === undefined && !isExpected ? {} : { certificates: [...(inScope ?? []), ...revoked, ...good] }),
    ...(isExpected && { expected: { revoked, good } }),
    ...(options.disclosedUrls === undefined ? {} : { disclosedUrls: options.disclosedUrls }),
    ...(options.ccadb === undefined ? {} : { ccadb: readExport(options.ccadb) }),
    ...(options.url === undefined ? {} : { url: options.url }),
    ...(options.transport === undefined ? {} : { transport: options.transport }),
    ...(options.copies && { copies: options.copies.map((bytes, i) => readOther(`copies[${i}]`, bytes, settled)) }),
    ...(options.tbsWas === undefined
      ? {}
      : { tbsWas: readOther("tbsWas", options.tbsWas, settled, names.tbsWas?.[0]) }),
    ...(options.manifest === undefined ? {} : { manifest: readListing(options.manifest, settled) }),
  };
}

function readListing(bytes: Uint8Array, { limits }: LintOptions): Manifest {
  const manifest = readManifest("manifest", plainBytes(bytes), limits);
  if ("fault" in manifest) throw new MisuseError("manifest", `: ${manifest.fault}`);
  return manifest;
}

/** Own rules, what the call expects, and all rules of the call. */
interface Completed {
  readonly own: readonly AnyRule[];
  readonly expected: readonly Aspect[];
  readonly all: readonly LoadableRule[];
}

/** Lists of own rules, with the built-in rules that they cannot replace. A caller may change a list between calls. */
const completed = new WeakMap<readonly AnyRule[], Completed>();

/**
 * Returns the rules of a call. Own rules do not replace those without which no CRL passes: the core checks, the rules
 * that report bytes that were not read, and the rules that check what the call expects.
 */
function rulesOf(options: SharedOptions): readonly LoadableRule[] {
  const { rules: own } = options;
  if (own === undefined) return loadableRules;
  const given = new Map<string, unknown>(Object.entries(options));
  const expected = expectedWith((name) => given.get(name) !== undefined);
  const known = completed.get(own);
  if (known !== undefined && areSame(own, known.own) && areSame(expected, known.expected)) return known.all;
  const ids = new Set(own.map(({ id }) => id));
  const isNeeded = ({ core, reportsLimit, reportsUnread, reportsNonCrl, looksAt = [] }: RuleHead): boolean =>
    core !== undefined ||
    (!looksAt.includes("transport") && [reportsLimit, reportsUnread, reportsNonCrl].includes(true)) ||
    looksAt.some((aspect) => expected.includes(aspect));
  const all = [...own, ...loadableRules.filter((rule) => !ids.has(rule.id) && isNeeded(rule))];
  completed.set(own, { own: [...own], expected, all });
  return all;
}

function areSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((each, i) => each === other[i]);
}

function settle(options: SharedOptions): LintOptions {
  const settled = toLintOptions(options, options.now, options.verifier ?? nodeVerifier());
  checkPatterns(settled.selection, options.rules ?? []);
  // Without a clock this check would be skipped, and the CRL would pass.
  if (options.validFor !== undefined && options.now === undefined)
    throw new MisuseError("validFor", "is given without now");
  return settled;
}

/** Rejects a pattern that no rule matches. It may match a built-in rule that is not in a list of own rules. */
function checkPatterns(selection: Selection, own: readonly AnyRule[]): void {
  const pattern = findUnmatched(selection, loadableRules, own);
  if (pattern !== undefined) throw new MisuseError(undefined, `no rule matches "${escapeText(pattern)}"`);
}

/** @param option name of the option, for messages; also the name in reports, unless the file has one */
function readCertificates(
  option: string,
  bytes: Uint8Array,
  { limits }: LintOptions,
  name = option,
): readonly GivenCertificate[] {
  return readInput(name, plainBytes(bytes), limits).flatMap((object) => {
    const { kind, artefact, identity } = object;
    if (isUnread(object)) throw new MisuseError(option, `: ${identity.message}`);
    if (kind === "crl") {
      const question = option.startsWith("issuer") ? ": are crl and issuer swapped?" : "";
      throw new MisuseError(option, `holds a CRL, not a certificate${question}`);
    }
    const certificate = kind === "certificate" ? openCertificate(artefact.bytes, { limits }) : undefined;
    if (certificate === undefined) throw new MisuseError(option, "holds no certificate that can be read");
    return { certificate, artefact };
  });
}

function readInScope(
  option: string,
  files: readonly Uint8Array[],
  settled: LintOptions,
  names: readonly (string | undefined)[] = [],
): readonly GivenCertificate[] {
  return files.flatMap((bytes, i) => readCertificates(`${option}[${i}]`, bytes, settled, names[i]));
}

function readExport(bytes: Uint8Array): Ccadb {
  const read = readCcadb("ccadb", bytes);
  if ("fault" in read) throw new MisuseError("ccadb", `: ${read.fault}`);
  return read;
}

/** Reads a CRL to compare with. Several would leave open which one is meant. */
function readOther(option: string, bytes: Uint8Array, { limits }: LintOptions, name = option): GivenCrl {
  const objects = readInput(name, plainBytes(bytes), limits);
  const unread = objects.find(isUnread);
  if (unread !== undefined) throw new MisuseError(option, `: ${unread.identity.message}`);
  const wrong = objects.find(isMislabeled);
  if (wrong !== undefined) throw new MisuseError(option, `holds a block that is ${wrong.identity.name}`);
  const found = objects.filter(({ kind }) => kind === "crl" || kind === "tbs");
  const [object] = found;
  if (object === undefined) throw new MisuseError(option, "holds no CRL");
  if (found.length > 1) throw new MisuseError(option, `holds ${found.length} CRLs, and must hold one`);
  const form = object.kind === "tbs" ? "tbs" : "crl";
  return { crl: readCrl(object.artefact.bytes, form, { limits }), artefact: object.artefact };
}
