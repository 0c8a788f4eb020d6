import { existsSync } from "node:fs";
import { type FolderContents, type ProposedPair, schemaFile, startingFile } from "../config/starting-file.ts";
import { readGlob } from "../config/glob.ts";
import { readCertificate } from "../cert/certificate.ts";
import { readCrl } from "../crl/read.ts";
import { groupBy } from "../der/group-by.ts";
import { readInput } from "../input/read.ts";
import { countOf, formatCount } from "../rule/format-count.ts";
import { type Candidates, pair } from "../given/pair.ts";
import { nodeVerifier } from "../verify/node.ts";
import type { Verifier } from "../verify/verifier.ts";
import { CertificateList } from "../files/certificate-list.ts";
import { escapePath } from "../files/escape-path.ts";
import { expandOperands, isNamedLikeObject } from "../files/expand.ts";
import { configNames } from "../files/find-config.ts";
import { UsageError } from "../options/usage-error.ts";
import type { ExitCode, Io } from "./io.ts";
import { schemaText } from "./schema.ts";
import { readWanted } from "../files/read-files.ts";
import { mayHold } from "../files/sort-file.ts";
import { writeNamed } from "../files/write-whole.ts";

/**
 * Maximum number of files that are read, size of one in bytes, and number of pairs and of unpaired CRLs that are
 * written.
 */
const limits = { files: 2000, bytes: 2 ** 26, pairs: 50, unpairedCrls: 10 } as const;

/**
 * A path that a configuration can contain and a terminal can show without escapes. `-` is standard input.
 */
const plainPath = /^(?!-$)[\p{L}\p{N} ._+@=,~/-]+$/u;

/**
 * Writes a commented configuration for the working directory, with the pairs of CRLs and certificates found there, and
 * the schema that it refers to.
 *
 * @throws UsageError if there is a configuration already, or it cannot be written
 */
export async function init(io: Io): Promise<ExitCode> {
  const existing = configNames.find((name) => existsSync(name));
  if (existing !== undefined) throw new UsageError(`${existing} already exists; delete it to start over`);
  const found = await scanFolder();
  const [name] = configNames;
  writeNamed(name, startingFile(found));
  if (!existsSync(schemaFile)) writeNamed(schemaFile, await schemaText("config"));
  const { crls, certificates, pairs, more } = found;
  const counts = `found ${countOf(crls, "CRL")} and ${countOf(certificates, "certificate")}`;
  const proposed = `proposed ${countOf(pairs.length + more, "pair")}`;
  await io.write(`wrote ${name}: ${counts}, ${proposed}; ${schemaFile} is its schema, for editors\n`);
  const left = [...found.left];
  if (left.length > 0) {
    const sum = left.reduce((total, [, count]) => total + count, 0);
    const why = left.map(([reason, count]) => `${formatCount(count)}: ${reason}`).join("; ");
    await io.writeError(`note: no proposed pair for ${formatCount(sum)} of ${countOf(crls, "CRL")} (${why})\n`);
  }
  if (found.isCut) await io.writeError(`note: only the first ${formatCount(limits.files)} files were read\n`);
  return 0;
}

/** Contents of the working directory, and the reasons why CRLs have no proposed pair. */
interface ScannedFolder extends FolderContents {
  readonly isCut: boolean;
  /** Number of CRLs without a proposed pair, by the reason. */
  readonly left: ReadonlyMap<string, number>;
}

/** The CRLs of one file. */
interface FoundCrls {
  readonly path: string;
  readonly count: number;
  /** Files with the certificates of their CAs. */
  readonly issuers: readonly string[];
  /** Reason why no pair can be proposed. */
  readonly why?: string;
}

/** Reasons why no pair is proposed for a CRL. */
const reasons = {
  unpaired: "not signed with the key of any certificate here",
  mixed: "the file of its certificate also has other contents",
  special: "its path or that of its certificate has special characters",
  more: `only ${limits.pairs} pairs are written`,
} as const;

/** Returns the CRLs and certificates of the working directory, paired by key as `lint` does. */
async function scanFolder(): Promise<ScannedFolder> {
  const verifier = nodeVerifier();
  const certificates = new CertificateList(verifier);
  const mixed: Parameters<CertificateList["add"]>[] = [];
  const crls: { readonly path: string; readonly bytes: Uint8Array }[] = [];
  const paths: string[] = [];
  let read = 0;
  for (const operand of await expandOperands(["."])) {
    const path = operand.path.replaceAll("\\", "/").replace(/^\.\//u, "");
    paths.push(path);
    if ("fault" in operand) continue;
    const content = readWanted(operand.path, limits.bytes, isNamedLikeObject(operand.path) ? () => true : mayHold);
    if ("fault" in content || "head" in content) continue;
    read += 1;
    if (read > limits.files) break;
    const objects = readInput(path, content.bytes);
    const found = objects.flatMap(({ kind, artefact }): Parameters<CertificateList["add"]>[] => {
      const certificate = kind === "certificate" ? readCertificate(artefact.bytes) : undefined;
      return certificate === undefined ? [] : [[certificate, artefact]];
    });
    // A pair names a file that has only certificates, so such a file comes first if several have the same certificate.
    if (found.length < objects.length) mixed.push(...found);
    else for (const each of found) certificates.add(...each);
    for (const { kind, artefact } of objects) if (kind === "crl") crls.push({ path, bytes: artefact.bytes });
  }
  for (const each of mixed) certificates.add(...each);
  const mixedFiles = new Set(mixed.map(([, { name }]) => name));
  const candidates: Candidates = { list: certificates.list, from: "operands", isTrusted: () => true };
  const files = [...groupBy(crls, ({ path }) => path)].map(([path, group]): FoundCrls => {
    const found = new Set(group.map(({ bytes }) => signerOf(bytes, candidates, verifier)));
    const issuers = [...found].filter((name) => name !== undefined);
    return { path, count: group.length, issuers, ...whyNoPair(path, [...found], mixedFiles) };
  });
  const isCut = read > limits.files;
  const pairs = propose(files, paths, isCut);
  return { crls: crls.length, certificates: certificates.list.length, isCut, ...pairs };
}

/** Returns the file of the certificate with whose key a CRL was signed; undefined if there is none. */
function signerOf(bytes: Uint8Array, candidates: Candidates, verifier: Verifier | undefined): string | undefined {
  const { ca, verification } = pair(readCrl(bytes), candidates, [], verifier);
  // `pair` accepts a single certificate even if its key did not sign the CRL.
  return verification.verdict === "valid" ? ca?.artefact.name : undefined;
}

/** @param issuers files with the certificates of the CRLs of a file; undefined for a CRL without one */
function whyNoPair(
  path: string,
  issuers: readonly (string | undefined)[],
  mixed: ReadonlySet<string>,
): Pick<FoundCrls, "why"> {
  const known = issuers.filter((issuer) => issuer !== undefined);
  if (known.length < issuers.length) return { why: reasons.unpaired };
  if (known.some((issuer) => mixed.has(issuer))) return { why: reasons.mixed };
  return [path, ...known].every((each) => plainPath.test(each)) ? {} : { why: reasons.special };
}

/**
 * Proposes one pattern for all CRLs of a directory if they have the same CAs and one suffix, and the pattern matches no
 * other file; otherwise the path of each.
 *
 * @param paths all files that were found
 * @param isCut whether there are further files, which a pattern could match
 */
function propose(
  files: readonly FoundCrls[],
  paths: readonly string[],
  isCut: boolean,
): Pick<ScannedFolder, "pairs" | "more" | "unpairedCrls" | "left"> {
  const folders = groupBy(paths, folderOf);
  const proposed: { readonly pair: ProposedPair; readonly crls: number }[] = [];
  const paired = files.filter(({ why }) => why === undefined);
  for (const [pattern, group] of groupBy(paired, patternFor)) {
    const own = new Set(group.map(({ path }) => path));
    const [{ issuers } = { issuers: [] }] = group;
    const isSame = group.every((each) => each.issuers.join("\n") === issuers.join("\n"));
    const glob = readGlob(pattern);
    const matched = folders.get(folderOf(pattern))?.filter((path) => !("fault" in glob) && glob.matches(path)) ?? [];
    const isPattern = group.length > 1 && isSame && !isCut && matched.every((path) => own.has(path));
    if (isPattern) proposed.push({ pair: { crl: pattern, issuers }, crls: sumOf(group) });
    else proposed.push(...group.map((each) => ({ pair: { crl: each.path, issuers: each.issuers }, crls: each.count })));
  }
  const left = new Map<string, number>();
  for (const [why, group] of groupBy(files, (each) => each.why)) if (why !== undefined) left.set(why, sumOf(group));
  const more = proposed.slice(limits.pairs);
  if (more.length > 0)
    left.set(
      reasons.more,
      more.reduce((sum, { crls }) => sum + crls, 0),
    );
  const unpairedCrls = files.filter(({ why }) => why === reasons.unpaired).map(({ path }) => escapePath(path));
  return {
    pairs: proposed.slice(0, limits.pairs).map((each) => each.pair),
    more: more.length,
    unpairedCrls: unpairedCrls.slice(0, limits.unpairedCrls),
    left,
  };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

function patternFor({ path }: FoundCrls): string {
  return `${folderOf(path)}*${/\.[A-Za-z0-9]+$/u.exec(path)?.[0] ?? ""}`;
}

function sumOf(files: readonly FoundCrls[]): number {
  return files.reduce((sum, { count }) => sum + count, 0);
}
