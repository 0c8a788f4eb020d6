import { usualLimits } from "../der/limits.ts";
import { readInput } from "../input/read.ts";
import type { Kind } from "../input/kinds.ts";
import { escapeText } from "../name/escape.ts";
import { Problem } from "./problem.ts";
import type { RequestFile, RequestFiles } from "./request.ts";

/**
 * Sorts files by content into the fields that they belong to: a CRL or a TBSCertList, and certificates. A single file
 * that is neither is linted as the CRL, so the report states what it is.
 *
 * @throws Problem if there are several CRLs, or none
 */
export function sortFiles(files: readonly RequestFile[]): RequestFiles {
  if (files.length === 0) throw new Problem("bad-request", "choose the CRL, and the certificate of its CA");
  const kinds = new Map(files.map((file) => [file, kindsIn(file)]));
  const having = (kind: Kind): readonly RequestFile[] => files.filter((file) => kinds.get(file)?.has(kind));
  const crls = having("crl");
  const tbs = crls.length === 0 ? having("tbs") : [];
  const linted =
    crls.length + tbs.length > 0 ? [...crls, ...tbs] : files.length === 1 ? files : unknownIn(files, kinds);
  const [crl, second] = linted;
  if (crl === undefined) throw new Problem("bad-request", "none of the files is a CRL");
  if (second !== undefined) {
    const names = linted.map((file) => nameOf(file)).join(", ");
    throw new Problem("bad-request", `give one CRL at a time, not ${linted.length}: ${names}`);
  }
  const issuers = files.filter((file) => file !== crl);
  const stray = issuers.find((file) => kinds.get(file)?.has("certificate") !== true);
  if (stray !== undefined) throw new Problem("bad-request", `${nameOf(stray)} is neither a CRL nor a certificate`);
  return { [tbs.length > 0 ? "tbs" : "crl"]: [crl], ...(issuers.length > 0 && { issuer: issuers }) };
}

function kindsIn({ bytes }: RequestFile): ReadonlySet<Kind> {
  return new Set(readInput("", bytes, usualLimits).map(({ kind }) => kind));
}

/** Returns the files that are not certificates. If there is exactly one, it was intended to be the CRL. */
function unknownIn(
  files: readonly RequestFile[],
  kinds: ReadonlyMap<RequestFile, ReadonlySet<Kind>>,
): readonly RequestFile[] {
  return files.filter((file) => kinds.get(file)?.has("certificate") !== true);
}

function nameOf({ name = "text" }: RequestFile): string {
  return escapeText(name, { max: 100 });
}
