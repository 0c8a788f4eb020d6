import { readCertificate } from "../cert/certificate.ts";
import { readCrl } from "../crl/read.ts";
import { limitsFrom } from "../der/limits.ts";
import { type InputObject, readInput } from "../input/read.ts";
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
import type { LintCrlOptions, LintShardsOptions } from "./options.ts";

/**
 * Lints one CRL. Synchronous and pure: bytes in, report out; no I/O, and no clock.
 *
 * @throws TypeError on misuse: an option that does not exist or is of another kind, a pattern that no rule matches, a
 * certificate or CRL to judge with that is none. Never on what the octets of the CRL hold
 */
export function lintCrl(options: LintCrlOptions): Run {
  checkOptions("lintCrl", options, crlKinds, "crl");
  const { form = "crl", name = "crl" } = options;
  const how = howTo(options);
  const object = readObject(name, options.crl, form, how);
  const others = options.shards?.map((bytes, i) => readObject(`shards[${i}]`, bytes, form, how));
  const shards = others && { set: readShards([...others, object], form, how), index: others.length };
  const inputs = { ...readInputs(options, how), object, ...(shards && { shards }) };
  return lintOne(options.rules ?? loadableRules, inputs, how);
}

/**
 * Lints CRLs that are one CA's partition, each by itself and all as a set.
 *
 * @returns a run for each CRL, in their order; what two of them do to each other is told in the run of the later one
 * @throws TypeError as `lintCrl`
 */
export function lintShards(options: LintShardsOptions): readonly Run[] {
  checkOptions("lintShards", options, shardKinds, "crls");
  const { form = "crl", name = "crl" } = options;
  const how = howTo(options);
  const objects = options.crls.map((bytes, i) => readObject(`${name}[${i}]`, bytes, form, how));
  const set = readShards(objects, form, how);
  const inputs = readInputs(options, how);
  return objects.map((object, index) =>
    lintOne(options.rules ?? loadableRules, { ...inputs, object, shards: { set, index } }, how),
  );
}

type How = Omit<LintCrlOptions, "crl">;

/** The object of a file that is to be judged: the first of the form that was asked for. */
function readObject(name: string, bytes: Uint8Array, form: "crl" | "tbs", { limits }: LintOptions): InputObject {
  const objects = readInput(name, plain(bytes), limits);
  return objects.find(({ kind }) => kind === form) ?? (objects[0] as InputObject);
}

/** All that CRLs are judged with, read once however many there are. */
function readInputs(options: How, how: LintOptions): Omit<LintInput, "object"> {
  const { issuer = [] } = options;
  const issuers = issuer === "none" ? [] : ([issuer].flat() as readonly Uint8Array[]);
  const { certificates, expectRevoked, expectGood } = options;
  const inScope = certificates && readInScope("certificates", certificates, how);
  const revoked = readInScope("expectRevoked", expectRevoked ?? [], how);
  const good = readInScope("expectGood", expectGood ?? [], how);
  const isExpected = expectRevoked !== undefined || expectGood !== undefined;
  return {
    form: options.form ?? "crl",
    issuers: issuers.flatMap((bytes, i) =>
      readCertificates(issuers.length === 1 ? "issuer" : `issuer[${i}]`, bytes, how),
    ),
    issuersChosen: true,
    others: [],
    ...(options.previous === undefined ? {} : { previous: readOther("previous", options.previous, how) }),
    ...(options.base === undefined ? {} : { base: readOther("base", options.base, how) }),
    ...(inScope === undefined && !isExpected ? {} : { certificates: [...(inScope ?? []), ...revoked, ...good] }),
    ...(isExpected && { expected: { revoked, good } }),
    ...(options.disclosedUrls === undefined ? {} : { disclosedUrls: options.disclosedUrls }),
    ...(options.ccadb === undefined ? {} : { ccadb: readExport(options.ccadb) }),
    ...(options.url === undefined ? {} : { url: options.url }),
    ...(options.transport === undefined ? {} : { transport: options.transport }),
    ...(options.copies && { copies: options.copies.map((bytes, i) => readOther(`copies[${i}]`, bytes, how)) }),
    ...(options.tbsWas === undefined ? {} : { tbsWas: readOther("tbsWas", options.tbsWas, how) }),
  };
}

function howTo(options: How): LintOptions {
  const selection: Selection = {
    profiles: [options.profile ?? "tls-br"].flat(),
    select: options.select ?? [],
    ignore: options.ignore ?? [],
    severity: Object.entries(options.severity ?? {}).map(([pattern, severity]) => ({ pattern, severity })),
  };
  checkPatterns(selection, options.rules ?? []);
  return {
    selection,
    allDates: options.allDates ?? false,
    maxFindings: options.maxFindings ?? 20,
    now: options.now && options.now.getTime() / 1000,
    scope: options.scope,
    completeness: options.completeness,
    signature: options.signature ?? "verify",
    verifier: options.verifier ?? nodeVerifier(),
    digests: true,
    failOnSkipped: options.failOnSkipped ?? false,
    failOn: options.failOn ?? "error",
    noIssuer: options.issuer === "none",
    limits: limitsFrom(options.limits),
  };
}

/** A pattern that no rule matches is a mistyped one; that a list of own rules lacks a built-in one is no fault. */
function checkPatterns(selection: Selection, own: readonly AnyRule[]): void {
  const { select, ignore, severity } = selection;
  if (select.length + ignore.length + severity.length === 0) return;
  const [pattern] = selectRules([...loadableRules, ...own], selection).unmatched;
  if (pattern !== undefined) throw new TypeError(`no rule matches ${JSON.stringify(pattern)}`);
}

/** The same octets without the methods of a Buffer: its `subarray`, which readers call for every entry, is slow. */
function plain({ buffer, byteOffset, length }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

function readCertificates(name: string, bytes: Uint8Array, { limits }: LintOptions): readonly GivenCertificate[] {
  return readInput(name, plain(bytes), limits).flatMap(({ kind, artefact }) => {
    const certificate = kind === "certificate" ? readCertificate(artefact.bytes, { limits }) : undefined;
    if (certificate === undefined) throw new TypeError(`${name} holds no certificate that can be read`);
    return { certificate, artefact };
  });
}

function readInScope(name: string, files: readonly Uint8Array[], how: LintOptions): readonly GivenCertificate[] {
  return files.flatMap((bytes, i) => readCertificates(`${name}[${i}]`, bytes, how));
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
