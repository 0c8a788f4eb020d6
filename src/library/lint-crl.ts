import { readCertificate } from "../cert/certificate.ts";
import { readCrl } from "../crl/read.ts";
import { chooseObject, type InputObject, isUnread, readInput } from "../input/read.ts";
import { type Ccadb, readCcadb } from "../given/ccadb.ts";
import type { GivenCrl } from "../given/other-crl.ts";
import { type LintInput, type LintOptions, lintOne } from "../lint/lint.ts";
import type { Run } from "../rule/report.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { AnyRule } from "../rule/rule.ts";
import { type Selection, selectRules } from "../lint/select.ts";
import { readShards } from "../given/shards.ts";
import { loadableRules } from "../rules/heads.ts";
import { nodeVerifier } from "../verify/node.ts";
import { checkOptions, crlKinds, shardKinds } from "./check-options.ts";
import { toLintOptions } from "./lint-options.ts";
import type { LintCrlOptions, LintShardsOptions } from "./options.ts";

/**
 * Lints one CRL. Synchronous and pure: bytes in, report out; no I/O, and no clock.
 *
 * @throws TypeError on misuse: an option that does not exist or is of another kind, a pattern that no rule matches, or an
 * input to compare with that is not a certificate or CRL. Never because of the bytes of the CRL
 */
export function lintCrl(options: LintCrlOptions): Run {
  checkOptions("lintCrl", options, crlKinds, "crl");
  const { form = "crl", name = "crl" } = options;
  const settled = settle(options);
  const found = readInput(name, plain(options.crl), settled.limits);
  const object = chooseObject(found, form);
  const others = options.shards?.map((bytes, i) => readObject(`shards[${i}]`, bytes, form, settled));
  const shards = others && { set: readShards([...others, object], form, settled), index: others.length };
  const given = { ...readInputs(options, settled), ...issuersIn(found, options, settled) };
  return lintOne(options.rules ?? loadableRules, { ...given, object, ...(shards && { shards }) }, settled);
}

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
  const objects = options.crls.map((bytes, i) => readObject(`${name}[${i}]`, bytes, form, settled));
  const set = readShards(objects, form, settled);
  const inputs = readInputs(options, settled);
  return objects.map((object, index) =>
    lintOne(options.rules ?? loadableRules, { ...inputs, object, shards: { set, index } }, settled),
  );
}

/** What all CRLs of a call are linted with. */
type SharedOptions = Omit<LintCrlOptions, "crl">;

/** The object of a file to lint: the first of the form that was asked for. */
function readObject(name: string, bytes: Uint8Array, form: "crl" | "tbs", { limits }: LintOptions): InputObject {
  return chooseObject(readInput(name, plain(bytes), limits), form);
}

/** Certificates in the file of the CRL: if no issuer is given, one of them may be the issuing CA's. */
function issuersIn(
  objects: readonly InputObject[],
  { issuer }: SharedOptions,
  { limits }: LintOptions,
): Partial<Pick<LintInput, "issuers" | "issuersChosen" | "others">> {
  const certificates = objects.flatMap(({ kind, artefact }) => {
    const certificate = kind === "certificate" ? readCertificate(artefact.bytes, { limits }) : undefined;
    return certificate === undefined ? [] : [{ certificate, artefact }];
  });
  if (certificates.length === 0) return {};
  return issuer === undefined ? { issuers: certificates, issuersChosen: false } : { others: certificates };
}

/** What CRLs are linted with, read once for all of them. */
function readInputs(options: SharedOptions, settled: LintOptions): Omit<LintInput, "object"> {
  const { issuer = [] } = options;
  const issuers = issuer === "none" ? [] : ([issuer].flat() as readonly Uint8Array[]);
  const { certificates, expectRevoked, expectGood } = options;
  const inScope = certificates && readInScope("certificates", certificates, settled);
  const revoked = readInScope("expectRevoked", expectRevoked ?? [], settled);
  const good = readInScope("expectGood", expectGood ?? [], settled);
  const isExpected = expectRevoked !== undefined || expectGood !== undefined;
  return {
    form: options.form ?? "crl",
    issuers: issuers.flatMap((bytes, i) =>
      readCertificates(issuers.length === 1 ? "issuer" : `issuer[${i}]`, bytes, settled),
    ),
    issuersChosen: true,
    ...(options.issuers && { issuerStore: options.issuers }),
    others: [],
    ...(options.previous === undefined ? {} : { previous: readOther("previous", options.previous, settled) }),
    ...(options.base === undefined ? {} : { base: readOther("base", options.base, settled) }),
    ...(inScope === undefined && !isExpected ? {} : { certificates: [...(inScope ?? []), ...revoked, ...good] }),
    ...(isExpected && { expected: { revoked, good } }),
    ...(options.disclosedUrls === undefined ? {} : { disclosedUrls: options.disclosedUrls }),
    ...(options.ccadb === undefined ? {} : { ccadb: readExport(options.ccadb) }),
    ...(options.url === undefined ? {} : { url: options.url }),
    ...(options.transport === undefined ? {} : { transport: options.transport }),
    ...(options.copies && { copies: options.copies.map((bytes, i) => readOther(`copies[${i}]`, bytes, settled)) }),
    ...(options.tbsWas === undefined ? {} : { tbsWas: readOther("tbsWas", options.tbsWas, settled) }),
  };
}

function settle(options: SharedOptions): LintOptions {
  const settled = toLintOptions(options, options.now, options.verifier ?? nodeVerifier());
  checkPatterns(settled.selection, options.rules ?? []);
  // Without a clock the check could not be made, and the CRL would pass.
  if (options.validFor !== undefined && options.now === undefined) throw new TypeError("validFor is given without now");
  return settled;
}

/** A pattern that no rule matches is mistyped; it may match a built-in rule that a list of own rules lacks. */
function checkPatterns(selection: Selection, own: readonly AnyRule[]): void {
  const { select, ignore, severity } = selection;
  if (select.length + ignore.length + severity.length === 0) return;
  const [pattern] = selectRules([...loadableRules, ...own], selection).unmatched;
  if (pattern !== undefined) throw new TypeError(`no rule matches ${JSON.stringify(pattern)}`);
}

/** The same bytes without the methods of a Buffer: its `subarray`, which readers call for every entry, is slow. */
function plain({ buffer, byteOffset, length }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

function readCertificates(name: string, bytes: Uint8Array, { limits }: LintOptions): readonly GivenCertificate[] {
  return readInput(name, plain(bytes), limits).flatMap((object) => {
    const { kind, artefact, identity } = object;
    if (isUnread(object)) throw new TypeError(`${name}: ${identity.message}`);
    const certificate = kind === "certificate" ? readCertificate(artefact.bytes, { limits }) : undefined;
    if (certificate === undefined) throw new TypeError(`${name} holds no certificate that can be read`);
    return { certificate, artefact };
  });
}

function readInScope(name: string, files: readonly Uint8Array[], settled: LintOptions): readonly GivenCertificate[] {
  return files.flatMap((bytes, i) => readCertificates(`${name}[${i}]`, bytes, settled));
}

function readExport(bytes: Uint8Array): Ccadb {
  const read = readCcadb("ccadb", bytes);
  if ("fault" in read) throw new TypeError(`ccadb: ${read.fault}`);
  return read;
}

/** A CRL to compare with. */
function readOther(name: string, bytes: Uint8Array, { limits }: LintOptions): GivenCrl {
  const object = readInput(name, plain(bytes), limits).find(({ kind }) => kind === "crl" || kind === "tbs");
  if (object === undefined) throw new TypeError(`${name} holds no CRL`);
  const form = object.kind === "tbs" ? "tbs" : "crl";
  return { crl: readCrl(object.artefact.bytes, form, { limits }), artefact: object.artefact };
}
