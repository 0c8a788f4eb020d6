import { readCertificate } from "./cert/certificate.ts";
import { readCrl } from "./crl/read.ts";
import { type InputObject, readInput } from "./input/read.ts";
import { type Ccadb, readCcadb } from "./lint/ccadb.ts";
import type { GivenCrl, Transport } from "./lint/further-inputs.ts";
import { type LintInput, type LintOptions, lintOne } from "./lint/lint.ts";
import type { Report, Run, ScopeKind, Severity } from "./lint/report.ts";
import type { AnyRule, GivenCertificate } from "./lint/rule.ts";
import { ShardSet } from "./lint/shards.ts";
import type { Verifier } from "./lint/verifier.ts";
import { rules } from "./rules/index.ts";
import { isProfile, type ProfileId, profiles } from "./sources/profiles.ts";
import { nodeVerifier } from "./verify/node.ts";
import { version } from "./version.ts";

export { defineRule } from "./lint/rule.ts";
export { profiles, rules, version };
export type { Transport } from "./lint/further-inputs.ts";
export type * from "./lint/report.ts";
export type {
  AnyRule,
  Context,
  EntryVisitor,
  Example,
  Need,
  Needs,
  Requirement,
  Rule,
  Violation,
} from "./lint/rule.ts";
export type { SignatureCheck, Verdict, Verifier } from "./lint/verifier.ts";
export type { ProfileId, SourceId } from "./sources/profiles.ts";

/** What `lintCrl` judges, and how. */
export interface LintCrlOptions {
  /** The CRL: DER, PEM or bare base64. */
  readonly crl: Uint8Array;
  /** `tbs` where it is a bare TBSCertList. Default `crl`. */
  readonly form?: "crl" | "tbs";
  /** The issuing CA's certificate, or several of which one may be it: DER, PEM (bundles too) or bare base64. */
  readonly issuer?: Uint8Array | readonly Uint8Array[];
  /** The CRL that this one replaces. */
  readonly previous?: Uint8Array;
  /** The complete CRL that a delta CRL updates. */
  readonly base?: Uint8Array;
  /** Certificates that the CRL may list: each DER, PEM (bundles too) or bare base64. */
  readonly certificates?: readonly Uint8Array[];
  /** Certificates that are revoked: the CRL must list them. They are in scope as well. */
  readonly expectRevoked?: readonly Uint8Array[];
  /** Certificates that are good: the CRL must not list them. They are in scope as well. */
  readonly expectGood?: readonly Uint8Array[];
  /** The other CRLs of the CA's partition that this one is part of; `lintShards` judges all of them at once. */
  readonly shards?: readonly Uint8Array[];
  /** The URLs that the CA has disclosed for its CRLs, as an array in the CCADB. */
  readonly disclosedUrls?: readonly string[];
  /** An export of the CCADB: the report of all certificate records, as CSV. */
  readonly ccadb?: Uint8Array;
  /** The URL that the CRL is served from; nothing is fetched. */
  readonly url?: string;
  /** How an HTTP server sent it, for the rules below `transport/`. */
  readonly transport?: Transport;
  /** What other URLs give that are to give this very CRL. */
  readonly copies?: readonly Uint8Array[];
  /** What was linted before it was signed: a TBSCertList, or a CRL signed with a throw-away key. */
  readonly tbsWas?: Uint8Array;
  /** One profile or several. Default `tls-br`. */
  readonly profile?: ProfileId | readonly ProfileId[];
  /** Rule ids, parts (`idp`, `idp/*`) or sources (`source:mozilla`) to run; default all of the profile. */
  readonly select?: readonly string[];
  /** Those not to run. */
  readonly ignore?: readonly string[];
  /** Another severity for a rule or a part, or `off`. */
  readonly severity?: Readonly<Record<string, Severity | "off">>;
  /** The moment to judge at. Without it rules about age are skipped: the library has no clock. */
  readonly now?: Date;
  /** What the CRL covers, where it cannot say so itself. */
  readonly scope?: Exclude<ScopeKind, "unknown" | "timestamp">;
  /** Whether the CRL is full and complete or one of several partitions. */
  readonly completeness?: "full" | "partitioned";
  /** Judge by requirements whatever their dates. */
  readonly allDates?: boolean;
  /** `ignore` for a CRL signed with a throw-away key. Default `verify`. */
  readonly signature?: "verify" | "ignore";
  /** Make rules that could not be judged errors. */
  readonly failOnSkipped?: boolean;
  /** Violations of one rule that are kept with their place; 0 keeps all. Default 20. */
  readonly maxFindings?: number;
  /** Rules in place of the built-in ones: `[...rules, mine]`. */
  readonly rules?: readonly AnyRule[];
  /** Cryptography; default: that of Node, and none elsewhere (signatures are then "not checked"). */
  readonly verifier?: Verifier;
  /** Name of the CRL in the report. Default `crl`. */
  readonly name?: string;
}

/** What `lintShards` judges, and how: as for one CRL, with all CRLs of the partition. */
export interface LintShardsOptions extends Omit<LintCrlOptions, "crl" | "shards"> {
  readonly crls: readonly Uint8Array[];
}

/**
 * Lints one CRL. Synchronous and pure: bytes in, report out; no I/O, and no clock.
 *
 * @throws TypeError on misuse (an unknown profile, bytes that are no Uint8Array); never on what the bytes hold
 */
export function lintCrl(options: LintCrlOptions): Run {
  const { form = "crl", name = "crl" } = options;
  const object = readObject(name, options.crl, form);
  const others = options.shards?.map((bytes, i) => readObject(`shards[${i}]`, bytes, form));
  const shards = others && { set: readShards([...others, object], form, options), index: others.length };
  return lintOne(options.rules ?? rules, { ...readInputs(options), object, ...(shards && { shards }) }, howTo(options));
}

/**
 * Lints CRLs that are one CA's partition, each by itself and all as a set.
 *
 * @returns a run for each CRL, in their order; what two of them do to each other is told in the run of the later one
 * @throws TypeError as `lintCrl`
 */
export function lintShards(options: LintShardsOptions): readonly Run[] {
  const { form = "crl", name = "crl" } = options;
  const objects = options.crls.map((bytes, i) => readObject(`${name}[${i}]`, bytes, form));
  const set = readShards(objects, form, options);
  const inputs = readInputs(options);
  return objects.map((object, index) =>
    lintOne(options.rules ?? rules, { ...inputs, object, shards: { set, index } }, howTo(options)),
  );
}

type How = Omit<LintCrlOptions, "crl">;

/** The object of a file that is to be judged: the first of the form that was asked for. */
function readObject(name: string, bytes: Uint8Array, form: "crl" | "tbs"): InputObject {
  if (!(bytes instanceof Uint8Array)) throw new TypeError("crl and issuer must be Uint8Array");
  const objects = readInput(name, bytes);
  return objects.find(({ kind }) => kind === form) ?? (objects[0] as InputObject);
}

/** The set that several CRLs make up; an input that is no CRL stays in it as an empty one. */
function readShards(objects: readonly InputObject[], form: "crl" | "tbs", { maxFindings = 20 }: How): ShardSet {
  const keep = maxFindings === 0 ? Number.POSITIVE_INFINITY : maxFindings;
  return new ShardSet(
    objects.map(({ kind, artefact }) => {
      return { crl: readCrl(kind === form ? artefact.bytes : new Uint8Array(0), form, keep), artefact };
    }),
  );
}

/** All that CRLs are judged with, read once however many there are. */
function readInputs(options: How): Omit<LintInput, "object"> {
  const issuers = [options.issuer ?? []].flat() as readonly Uint8Array[];
  for (const bytes of issuers) {
    if (!(bytes instanceof Uint8Array)) throw new TypeError("crl and issuer must be Uint8Array");
  }
  const { certificates, expectRevoked, expectGood } = options;
  const inScope = certificates && readInScope("certificates", certificates);
  const revoked = readInScope("expectRevoked", expectRevoked ?? []);
  const good = readInScope("expectGood", expectGood ?? []);
  const isExpected = expectRevoked !== undefined || expectGood !== undefined;
  return {
    form: options.form ?? "crl",
    issuers: issuers.flatMap((bytes, i) => readCertificates(issuers.length === 1 ? "issuer" : `issuer[${i}]`, bytes)),
    issuersChosen: true,
    others: [],
    ...(options.previous === undefined ? {} : { previous: readOther("previous", options.previous) }),
    ...(options.base === undefined ? {} : { base: readOther("base", options.base) }),
    ...(inScope === undefined && !isExpected ? {} : { certificates: [...(inScope ?? []), ...revoked, ...good] }),
    ...(isExpected && { expected: { revoked, good } }),
    ...(options.disclosedUrls === undefined ? {} : { disclosedUrls: options.disclosedUrls }),
    ...(options.ccadb === undefined ? {} : { ccadb: readExport(options.ccadb) }),
    ...(options.url === undefined ? {} : { url: options.url }),
    ...(options.transport === undefined ? {} : { transport: options.transport }),
    ...(options.copies && { copies: options.copies.map((bytes, i) => readOther(`copies[${i}]`, bytes)) }),
    ...(options.tbsWas === undefined ? {} : { tbsWas: readOther("tbsWas", options.tbsWas) }),
  };
}

function howTo(options: How): LintOptions {
  const profiles = [options.profile ?? "tls-br"].flat();
  for (const profile of profiles) if (!isProfile(profile)) throw new TypeError(`no such profile: ${String(profile)}`);
  return {
    selection: {
      profiles,
      select: options.select ?? [],
      ignore: options.ignore ?? [],
      severity: Object.entries(options.severity ?? {}).map(([pattern, severity]) => ({ pattern, severity })),
    },
    allDates: options.allDates ?? false,
    maxFindings: options.maxFindings ?? 20,
    now: options.now && options.now.getTime() / 1000,
    scope: options.scope,
    completeness: options.completeness,
    signature: options.signature ?? "verify",
    verifier: options.verifier ?? nodeVerifier(),
    failOnSkipped: options.failOnSkipped ?? false,
  };
}

function readCertificates(name: string, bytes: Uint8Array): readonly GivenCertificate[] {
  return readInput(name, bytes).flatMap(({ kind, artefact }) => {
    const certificate = kind === "certificate" ? readCertificate(artefact.bytes) : undefined;
    if (certificate === undefined) throw new TypeError(`${name} holds no certificate that can be read`);
    return { certificate, artefact };
  });
}

function readInScope(name: string, files: readonly Uint8Array[]): readonly GivenCertificate[] {
  return files.flatMap((bytes, i) => readCertificates(`${name}[${i}]`, bytes));
}

function readExport(bytes: Uint8Array): Ccadb {
  const read = readCcadb("ccadb", bytes);
  if ("fault" in read) throw new TypeError(`ccadb: ${read.fault}`);
  return read;
}

/** A CRL to compare with. */
function readOther(name: string, bytes: Uint8Array): GivenCrl {
  const object = readInput(name, bytes).find(({ kind }) => kind === "crl" || kind === "tbs");
  if (object === undefined) throw new TypeError(`${name} holds no CRL`);
  return { crl: readCrl(object.artefact.bytes, object.kind === "tbs" ? "tbs" : "crl"), artefact: object.artefact };
}

/** Puts runs together into a report, as the formats take it. */
export function reportOf(runs: readonly Run[]): Report {
  return { version: 1, tool: { name: "crllint", version }, runs };
}
