import { readCrl } from "../crl/read.ts";
import { isMislabeled, isUnread, readInput } from "../input/read.ts";
import { type Ccadb, readCcadb } from "../given/ccadb.ts";
import { type Manifest, readManifest } from "../given/manifest.ts";
import type { GivenCrl } from "../given/other-crl.ts";
import type { LintInput } from "../lint/lint.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { Verifier } from "../verify/verifier.ts";
import { CertificateList, readCertificateFiles } from "./certificate-list.ts";
import { expandOperands } from "./expand.ts";
import { ambiguous, notACertificate, notACrl, unread, unreadable } from "./input-findings.ts";
import type { PathOptions } from "../options/values.ts";
import type { OwnFinding } from "./own-run.ts";
import { locate } from "../rule/location.ts";
import { type InputFile, listOf, type Paths, type Reader } from "./read-files.ts";
import { readSorted } from "./sort-file.ts";

/** Inputs that CRLs are compared with. */
export interface Further {
  readonly previous: readonly GivenCrl[];
  readonly base: readonly GivenCrl[];
  readonly tbsWas: GivenCrl | undefined;
  readonly manifest: Manifest | undefined;
  readonly certificates: readonly GivenCertificate[] | undefined;
  readonly expected: LintInput["expected"] | undefined;
  readonly ccadb: Ccadb | undefined;
  /** The file of the CCADB export. */
  readonly ccadbFile: InputFile | undefined;
  /** Errors in these inputs. If there is one, the exit code is 2. */
  readonly findings: readonly OwnFinding[];
}

/**
 * Reads the inputs of --previous, --base, --tbs-was, --certs, --expect-revoked, --expect-good, --ccadb and --manifest.
 */
export async function readFurther(
  options: PathOptions,
  reader: Reader,
  verifier: Verifier | undefined,
): Promise<Further> {
  const findings: OwnFinding[] = [];
  const previous = await readCrls("--previous", "the CRL before this one", options.previous, reader, findings);
  const base = await readCrls("--base", "a complete CRL", options.base, reader, findings);
  const [linted] = await readCrls("--tbs-was", "the TBSCertList that was linted", options.tbsWas, reader, findings);
  const certificates = new CertificateList(verifier);
  await readScope(listOf(options.certificates), reader, certificates, findings);
  const expect = async (option: string, paths: Paths): Promise<CertificateList> => {
    const list = new CertificateList(verifier);
    await readCertificateFiles(option, "a certificate", listOf(paths), reader, { certificates: list, findings });
    return list;
  };
  const revoked = await expect("--expect-revoked", options.expectRevoked);
  const good = await expect("--expect-good", options.expectGood);
  findings.push(...findContradictions(revoked, good, verifier));
  certificates.addAll(revoked);
  certificates.addAll(good);
  const exported = options.ccadb === undefined ? undefined : await readExport(options.ccadb, reader, findings);
  // Without certificates, a rule about them must not pass: it is skipped, and a finding states why there are none.
  const isExpected =
    (options.expectRevoked !== undefined || options.expectGood !== undefined) &&
    (options.expectRevoked === undefined || revoked.list.length > 0) &&
    (options.expectGood === undefined || good.list.length > 0);
  return {
    previous,
    base,
    tbsWas: linted,
    manifest: options.manifest === undefined ? undefined : await readListing(options.manifest, reader, findings),
    certificates: certificates.list.length > 0 ? certificates.list : undefined,
    ccadb: exported?.ccadb,
    ccadbFile: exported?.file,
    expected: isExpected ? { revoked: revoked.list, good: good.list } : undefined,
    findings,
  };
}

/** Reads the CRLs in the files of an option. A PEM file may contain several. */
async function readCrls(
  option: "--previous" | "--base" | "--tbs-was",
  wanted: string,
  paths: Paths,
  reader: Reader,
  findings: OwnFinding[],
): Promise<readonly GivenCrl[]> {
  const crls: GivenCrl[] = [];
  for (const path of listOf(paths)) {
    const content = await reader.read(path);
    const { name: file } = content;
    if ("fault" in content) {
      findings.push(unreadable(file, content.fault));
      continue;
    }
    const objects = readInput(file, content.bytes, reader.limits);
    for (const object of objects) {
      if (isUnread(object)) findings.push(unread(option, object));
      else if (isMislabeled(object)) findings.push(notACrl(option, wanted, file, object.identity));
    }
    const found = objects.flatMap(({ kind, artefact }) => {
      // A CRL that was linted before signing may be signed with a test key.
      const isWanted = kind === "crl" || (kind === "tbs" && option === "--tbs-was");
      return isWanted ? [{ crl: readCrl(artefact.bytes, kind, reader), artefact }] : [];
    });
    const [first] = objects;
    if (found.length === 0 && first !== undefined && !isUnread(first) && !isMislabeled(first))
      findings.push(notACrl(option, wanted, file, first.identity));
    if (found.length > 1 && option === "--tbs-was") {
      findings.push(ambiguous(file, "--tbs-was names a file with several CRLs", "give the one that was linted"));
    }
    for (const crl of found) crls.push(crl);
  }
  return crls;
}

async function readExport(
  path: string,
  reader: Reader,
  findings: OwnFinding[],
): Promise<{ readonly ccadb: Ccadb; readonly file: InputFile } | undefined> {
  const content = await reader.read(path);
  const { name: file } = content;
  const read = "fault" in content ? content : readCcadb(file, content.bytes);
  if (!("fault" in read) && "bytes" in content) return { ccadb: read, file: content };
  const help = "give the CCADB's report of all certificate records, as CSV";
  if ("fault" in read)
    findings.push({ rule: "crllint/not-a-ccadb-export", severity: "error", message: read.fault, file, help });
  return undefined;
}

async function readListing(path: string, reader: Reader, findings: OwnFinding[]): Promise<Manifest | undefined> {
  const content = await reader.read(path);
  const { name: file } = content;
  if ("fault" in content) {
    findings.push(unreadable(file, content.fault));
    return undefined;
  }
  const { bytes } = content;
  const manifest = readManifest(file, bytes, reader.limits);
  if ("fault" in manifest) {
    const { fault, at } = manifest;
    const location = locate({ name: file, bytes }, at, "");
    const help = "give the manifest of the CA as it is published: DER, in a CMS message";
    findings.push({ rule: "crllint/not-a-manifest", severity: "error", message: fault, file, location, help });
    return undefined;
  }
  findings.push({
    rule: "crllint/manifest-not-verified",
    severity: "notice",
    message: "the signature of this manifest was not verified, nor its dates",
    file,
    length: bytes.length,
    help: "let a validator of the RPKI verify it",
  });
  return manifest;
}

/** Reads the inputs of --certs: files with certificates, and directories of these. */
async function readScope(
  operands: readonly string[],
  reader: Reader,
  certificates: CertificateList,
  findings: OwnFinding[],
): Promise<void> {
  /** Directories, and whether they contain a certificate. */
  const folders = new Map<string, boolean>();
  for (const operand of await expandOperands(operands)) {
    const file = reader.nameOf(operand.path);
    if ("fault" in operand) {
      findings.push({ ...unreadable(file, operand.fault), severity: operand.severity });
      continue;
    }
    const { folder } = operand;
    if (folder !== undefined && !folders.has(folder)) folders.set(folder, false);
    const found = await readSorted(operand, "crl", reader);
    if ("head" in found) continue;
    if ("fault" in found) {
      findings.push(unreadable(file, found.fault));
      continue;
    }
    for (const { certificate, artefact } of found.certificates) certificates.add(certificate, artefact);
    if (folder !== undefined && found.certificates.length > 0) folders.set(folder, true);
    findings.push(...found.findings);
    for (const object of found.objects) {
      const { kind, identity } = object;
      if (isUnread(object)) findings.push(unread("--certs", object));
      // Certificates and the CRLs for them are often in the same directory or file.
      else if (kind !== "crl" || (operand.isNamed && found.certificates.length === 0)) {
        findings.push(notACertificate("--certs", "a certificate", file, identity));
      }
    }
  }
  for (const [folder, isUseful] of folders) {
    if (!isUseful) findings.push(unreadable(reader.nameOf(folder), "--certs names a directory without a certificate"));
  }
}

function findContradictions(
  revoked: CertificateList,
  good: CertificateList,
  verifier: Verifier | undefined,
): readonly OwnFinding[] {
  return good.list.flatMap(({ artefact }) => {
    const twin = verifier && revoked.withDigest(verifier.sha256(artefact.bytes));
    if (twin === undefined) return [];
    const message = `this certificate is given with --expect-good, and in ${twin.artefact.name} with --expect-revoked`;
    return [ambiguous(artefact.name, message, "give each certificate with one of the two options")];
  });
}
