import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { type FolderContents, type ProposedPair, schemaFile, startingFile } from "../config/starting-file.ts";
import { readCertificate } from "../cert/certificate.ts";
import { readCrl } from "../crl/read.ts";
import { groupBy } from "../der/group-by.ts";
import { readInput } from "../input/read.ts";
import { countOf, formatCount } from "../rule/format-count.ts";
import { type Candidates, pair } from "../given/pair.ts";
import { nodeVerifier } from "../verify/node.ts";
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

/** A path that a configuration can contain and a terminal can show without escapes. */
const plainPath = /^[\p{L}\p{N} ._+@=,~/-]+$/u;

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
  if (found.isCut) await io.writeError(`note: only the first ${formatCount(limits.files)} files were read\n`);
  return 0;
}

/** Returns the CRLs and certificates of the working directory, paired by key as `lint` does. */
async function scanFolder(): Promise<FolderContents & { readonly isCut: boolean }> {
  const verifier = nodeVerifier();
  const certificates = new CertificateList(verifier);
  const crls: { readonly path: string; readonly bytes: Uint8Array }[] = [];
  const operands = await expandOperands(["."]);
  let read = 0;
  for (const operand of operands) {
    const path = operand.path.replaceAll("\\", "/").replace(/^\.\//u, "");
    if ("fault" in operand) continue;
    const content = readWanted(operand.path, limits.bytes, isNamedLikeObject(operand.path) ? () => true : mayHold);
    if ("fault" in content || "head" in content) continue;
    read += 1;
    if (read > limits.files) break;
    for (const { kind, artefact } of readInput(path, content.bytes)) {
      const certificate = kind === "certificate" ? readCertificate(artefact.bytes) : undefined;
      if (certificate !== undefined) certificates.add(certificate, artefact);
      if (kind === "crl") crls.push({ path, bytes: artefact.bytes });
    }
  }
  const candidates: Candidates = { list: certificates.list, from: "operands", isTrusted: () => true };
  const issuers = new Map(
    crls.map(({ path, bytes }) => {
      const { ca, verification } = pair(readCrl(bytes), candidates, [], verifier);
      // `pair` accepts a single certificate even if its key did not sign the CRL. A proposal requires a valid
      // signature.
      return [path, verification.verdict === "valid" ? ca?.artefact.name : undefined];
    }),
  );
  const isCut = read > limits.files;
  return { crls: crls.length, certificates: certificates.list.length, ...propose(issuers), isCut };
}

/**
 * Proposes one pattern for all CRLs of a directory if they have one issuer and one suffix, otherwise the path of each.
 */
function propose(
  issuers: ReadonlyMap<string, string | undefined>,
): Pick<FolderContents, "pairs" | "more" | "unpairedCrls"> {
  const groups = groupBy(issuers.keys(), (path) =>
    join(dirname(path), `*${/\.[A-Za-z0-9]+$/u.exec(path)?.[0] ?? ""}`).replaceAll("\\", "/"),
  );
  const pairs: ProposedPair[] = [];
  for (const [pattern, paths] of groups) {
    const [issuer, ...others] = new Set(paths.map((path) => issuers.get(path)));
    const single = issuer !== undefined && others.length === 0 && paths.length > 1;
    const named = single ? [{ crl: pattern, issuer }] : paths.map((crl) => ({ crl, issuer: issuers.get(crl) ?? "" }));
    pairs.push(...named.filter((each) => plainPath.test(each.crl.replace("*", "")) && plainPath.test(each.issuer)));
  }
  const unpairedCrls = [...issuers].filter(([, issuer]) => issuer === undefined).map(([path]) => escapePath(path));
  return {
    pairs: pairs.slice(0, limits.pairs),
    more: Math.max(0, pairs.length - limits.pairs),
    unpairedCrls: unpairedCrls.slice(0, limits.unpairedCrls),
  };
}
