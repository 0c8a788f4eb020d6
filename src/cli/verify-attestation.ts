import * as v from "valibot";
import { readCrl } from "../crl/read.ts";
import { bytesOf } from "../der/span.ts";
import { cannotRead } from "../files/cannot-read.ts";
import { escapePath } from "../files/escape-path.ts";
import { readFile } from "../files/read-files.ts";
import { sha256Of } from "../files/sha256.ts";
import { isMislabeled, isUnread, readInput } from "../input/read.ts";
import { countOf } from "../rule/format-count.ts";
import { escapeText } from "../name/escape.ts";
import { parseDuration } from "../options/duration.ts";
import { timeOf } from "../options/time.ts";
import { UsageError } from "../options/usage-error.ts";
import type { Flags } from "../options/values.ts";
import { type Statement, type StatementResult, statementSchema } from "../report/attestation.ts";
import { digestOf } from "../report/in-toto.ts";
import { ruleSetText } from "../report/rule-set.ts";
import { rules } from "../rules/index.ts";
import { version } from "../version.ts";
import type { ExitCode, Io } from "./io.ts";

/** Maximum size of a statement, in bytes. */
const largestStatement = 2 ** 26;

/** Paths of the files to verify. */
export interface AttestedFiles {
  readonly statement: string;
  readonly crl: string;
  readonly ca: string;
}

/**
 * Verifies that a statement of `--report in-toto` is about a CRL and the certificate of its CA, and that the CRL
 * passed: with this rule set, the required profiles, every core check, and not too long ago.
 *
 * @returns 0 if so, 1 if not
 * @throws UsageError if a file cannot be read, or if the time is thisUpdate
 */
export async function verifyAttestation(
  files: AttestedFiles,
  flags: Flags<"verify-attestation">,
  io: Io,
): Promise<ExitCode> {
  const now = timeOf("verify-attestation", flags.now, io.now);
  const statement = readStatement(files.statement);
  const { digests, trailing } = readAttested(files.crl);
  const certificates = digestsOfCertificates(files.ca);
  const subjects = new Set(statement.subject.map(({ digest }) => digest.sha256));
  const result = statement.predicate.results.find(
    ({ crl }) => crl.sha256 !== undefined && subjects.has(crl.sha256) && digests.includes(crl.sha256),
  );
  const faults =
    result === undefined
      ? [`it is not about this CRL, whose SHA-256 is ${digests[0]}`]
      : [
          // A statement about the TBSCertList does not cover them, and clients may read them.
          ...(trailing > 0 ? [`the CRL has ${countOf(trailing, "byte")} after its CertificateList`] : []),
          ...faultsOf(statement, result, certificates, flags, now),
        ];
  const shown = escapePath(files.statement);
  if (result === undefined || faults.length > 0) {
    await io.write([...faults.map((fault) => `${shown}: ${fault}`), "not verified", ""].join("\n"));
    return 1;
  }
  await io.write(
    [
      `${shown}: crllint ${escapeText(statement.predicate.tool.version)} passed this ${result.crl.form === "tbs" ? "TBSCertList" : "CRL"}`,
      `as of ${escapeText(result.judgedAt ?? "")}, profiles ${listed(result.profiles)}, CA certificate ${result.ca?.sha256 ?? ""}`,
      ...(result.crl.form === "tbs" && result.crl.sha256 !== digests[0]
        ? ["the statement is about the TBSCertList in this CRL: its signature was not checked"]
        : []),
      ...listedFindings(result),
      ...(result.severities.length > 0
        ? [`rules whose severity was changed: ${listed(result.severities.map(({ rule }) => rule))}`]
        : []),
      ...(result.off.length > 0 ? [`rules that were off: ${listed(result.off)}`] : []),
      "verified",
      "",
    ].join("\n"),
  );
  return 0;
}

/** Returns the reasons why a statement is not sufficient. */
function faultsOf(
  { predicate }: Statement,
  { ca, verdict, core, off, severities, findings, profiles, judgedAt }: StatementResult,
  certificates: readonly string[],
  flags: Flags<"verify-attestation">,
  now: number,
): readonly string[] {
  const faults: string[] = [];
  if (ca?.sha256 === undefined || !certificates.includes(ca.sha256)) {
    faults.push(
      `it is about a CRL of ${ca?.sha256 === undefined ? "an unknown CA" : `the CA ${ca.sha256}`}, not of this CA`,
    );
  }
  if (verdict !== "pass") faults.push(`the verdict on the CRL is ${verdict}`);
  if (predicate.verdict !== "pass") faults.push(`the verdict of the call is ${predicate.verdict}`);
  for (const { rule, status } of core)
    if (status !== "made") faults.push(`the check ${escapeText(rule)} was ${status}`);
  if (!core.some(({ rule }) => rule === "issuer/not-byte-identical")) faults.push("the issuer was not compared");
  if (predicate.failOn === "never") faults.push("the call could not fail (--fail-on never)");
  if (off.length > 0 && flags.allowOff !== true)
    faults.push(`rules were switched off: ${listed(off)} (see --allow-off)`);
  if (severities.length > 0 && flags.allowOff !== true) {
    const changes = severities.map(({ rule, why }) => `${rule} (${why})`);
    faults.push(`severities were changed: ${listed(changes)} (see --allow-off)`);
  }
  const suppressed = findings.filter((finding) => finding.suppressed !== undefined);
  if (suppressed.length > 0 && flags.allowOff !== true) {
    faults.push(`findings were suppressed: ${listed(suppressed.map(({ rule }) => rule))} (see --allow-off)`);
  }
  const missing = flags.profile.filter((profile) => !profiles.includes(profile));
  if (missing.length > 0) faults.push(`the CRL was not linted for the profiles ${listed(missing)}`);
  faults.push(...ageFaults(judgedAt, flags, now));
  const own = digestOf(ruleSetText(rules));
  if (predicate.ruleSet.sha256 !== own) {
    faults.push(
      `it was made with another rule set, by crllint ${escapeText(predicate.tool.version)}; this is crllint ${version}`,
    );
  }
  return faults;
}

function ageFaults(
  judgedAt: string | undefined,
  { maxAge }: Flags<"verify-attestation">,
  now: number,
): readonly string[] {
  const then = Date.parse(judgedAt ?? "") / 1000;
  if (Number.isNaN(then)) return ["it does not state the time that the CRL was linted as of"];
  if (then > now) return [`the CRL was linted as of ${escapeText(judgedAt ?? "")}, which is later than now`];
  const most = parseDuration(maxAge) ?? 0;
  return now - then > most ? [`the CRL was linted as of ${escapeText(judgedAt ?? "")}, longer ago than ${maxAge}`] : [];
}

/** Returns at most 20 names as text, and the number of the others. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 20).map((name) => escapeText(name, { max: 60 }));
  return [...shown, ...(names.length > shown.length ? [`and ${names.length - shown.length} more`] : [])].join(", ");
}

function listedFindings({ findings }: StatementResult): readonly string[] {
  return findings.length === 0 ? [] : [`findings: ${listed([...new Set(findings.map(({ rule }) => rule))])}`];
}

function readStatement(path: string): Statement {
  const file = readFile(path, largestStatement);
  if ("fault" in file) throw cannotRead(file.name, file.fault);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(file.bytes));
  } catch {
    throw new UsageError(`${file.name}: this is not JSON in UTF-8`);
  }
  const { output, issues } = v.safeParse(statementSchema, value, { abortEarly: true });
  if (issues === undefined) return output;
  const [{ received, message }] = issues;
  const field = escapeText(v.getDotPath(issues[0]) ?? "the statement", { max: 60 });
  const fault = received === "undefined" ? `${field} is missing` : `${field} must be ${message}`;
  throw new UsageError(`${file.name}: this is not a statement of crllint: ${fault}`);
}

/** A CRL, or a bare TBSCertList, to find in a statement. */
interface Attested {
  /** The SHA-256 of the CRL and of its TBSCertList, or of a bare TBSCertList. */
  readonly digests: readonly string[];
  /** Number of bytes after the CertificateList. */
  readonly trailing: number;
}

function readAttested(path: string): Attested {
  const objects = objectsIn(path);
  const [object, second] = objects.filter(({ kind }) => kind === "crl" || kind === "tbs");
  if (object === undefined) throw new UsageError(`${escapePath(path)}: this is not a CRL`);
  // The statement is about one CRL, not about other content of the file.
  if (second !== undefined) throw new UsageError(`${escapePath(path)}: this holds more than one CRL`);
  if (objects.some((each) => isUnread(each) || isMislabeled(each)))
    throw new UsageError(`${escapePath(path)}: this also holds bytes that cannot be read`);
  const { kind, artefact } = object;
  const { bytes } = artefact;
  if (kind === "tbs") return { digests: [sha256Of(bytes)], trailing: 0 };
  const { tbsCertList, whole } = readCrl(bytes);
  const digests = [sha256Of(bytes), ...(tbsCertList ? [sha256Of(bytesOf(bytes, tbsCertList))] : [])];
  return { digests, trailing: bytes.length - whole.end };
}

function digestsOfCertificates(path: string): readonly string[] {
  const found = objectsIn(path).filter(({ kind }) => kind === "certificate");
  if (found.length === 0) throw new UsageError(`${escapePath(path)}: this is not a certificate`);
  return found.map(({ artefact }) => sha256Of(artefact.bytes));
}

function objectsIn(path: string) {
  const file = readFile(path);
  if ("fault" in file) throw cannotRead(file.name, file.fault);
  return readInput(file.name, file.bytes);
}
