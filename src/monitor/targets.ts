import { dirname, resolve } from "node:path";
import { readCertificate } from "../cert/certificate.ts";
import type { Crl } from "../crl/crl.ts";
import { cannotRead } from "../files/cannot-read.ts";
import { escapePath } from "../files/escape-path.ts";
import type { FileSettings } from "../files/lint-setup.ts";
import { readFile } from "../files/read-files.ts";
import { type CaRecord, type Ccadb, urlsOf } from "../given/ccadb.ts";
import type { GivenCertificate } from "../given/given.ts";
import { matchesSubject } from "../given/pair.ts";
import type { IssuerStore } from "../given/issuer-store.ts";
import { readInput } from "../input/read.ts";
import { UsageError } from "../options/usage-error.ts";
import { escapeText } from "../name/escape.ts";
import type { ManifestEntry } from "./manifest.ts";
import { neighborsOf } from "./numbered.ts";

/** A URL to watch. */
export interface Target {
  readonly url: string;
  /** The records that disclose it: several if a CA key has several certificates. */
  readonly records: readonly CaRecord[];
  /** The certificates of its CA that a list of URLs names. */
  readonly issuers?: readonly GivenCertificate[];
  /** Statements of the configuration about the URL. */
  readonly stated?: FileSettings["stated"];
  /** Response that another program fetched. */
  readonly entry?: ManifestEntry;
  /** Whether the URL must not return a CRL of the CA. */
  readonly isProbe?: boolean;
}

/**
 * Returns the key that decides which part of the inputs a URL or a record belongs to. It is the CA, so all URLs of a
 * record are in one part.
 */
export function partKeyOf(record: CaRecord | undefined, url = ""): string {
  if (record === undefined) return url;
  return record.keyIdentifier || record.sha256 || `${record.owner}, ${record.name}`;
}

/**
 * Returns the name of a record in reports and in the history, escaped. It stays the same if the record is in another
 * line or file of the next export.
 */
export function recordName({ sha256, keyIdentifier, name, place }: CaRecord): string {
  if (sha256 !== "") return `CCADB record ${escapeText(sha256)}`;
  if (keyIdentifier !== "") return `CCADB record ${keyIdentifier} "${escapeText(name)}"`;
  return `CCADB record ${place}`;
}

/** A line of a list of URLs. */
type ListedUrl = Pick<Target, "url" | "issuers">;

/**
 * Returns the URLs to watch without duplicates: those of a manifest or of a list if one is given, else those of all
 * records that are in use.
 */
export function findTargets(
  ccadb: Ccadb | undefined,
  {
    manifest,
    listed,
  }: {
    readonly manifest: readonly ManifestEntry[] | undefined;
    readonly listed: readonly ListedUrl[] | undefined;
  },
  now: number | undefined,
): readonly Target[] {
  const recordsOf = new Map<string, CaRecord[]>();
  for (const record of ccadb?.records ?? []) {
    if (!record.isInUse(now)) continue;
    for (const url of urlsOf(record)) {
      const known = recordsOf.get(url);
      if (known === undefined) recordsOf.set(url, [record]);
      else known.push(record);
    }
  }
  if (manifest === undefined && listed === undefined)
    return Array.from(recordsOf, ([url, records]) => ({ url, records }));
  const targets = new Map<string, Target>();
  for (const each of listed ?? []) targets.set(each.url, { ...each, records: recordsOf.get(each.url) ?? [] });
  for (const entry of manifest ?? []) {
    targets.set(entry.url, {
      ...targets.get(entry.url),
      url: entry.url,
      records: recordsOf.get(entry.url) ?? [],
      entry,
    });
  }
  return [...targets.values()];
}

/**
 * Returns URLs that must not return a CRL: those next to the numbered URLs of the partitions of each CA whose record is
 * in use.
 */
export function findProbes(ccadb: Ccadb, now: number | undefined): readonly Target[] {
  const inUse = ccadb.records.filter((record) => record.isInUse(now));
  const disclosed = new Set(inUse.flatMap(urlsOf));
  const probes = new Map<string, Target>();
  for (const record of inUse) {
    for (const url of neighborsOf(record.partitioned.urls ?? [])) {
      if (!disclosed.has(url))
        probes.set(url, { url, records: [...(probes.get(url)?.records ?? []), record], isProbe: true });
    }
  }
  return [...probes.values()];
}

/**
 * Reads a list of URLs: one per line, optionally followed by a space and the file of the CA's certificate. Empty lines
 * and lines that begin with # are ignored. Paths are relative to the list.
 *
 * @throws UsageError if a line has another form, or names a file without a certificate
 */
export function readUrls(path: string): readonly ListedUrl[] {
  const name = escapePath(path);
  const content = readFile(path);
  if ("fault" in content) throw cannotRead(name, content.fault);
  const lines = new TextDecoder().decode(content.bytes).split(/\r?\n/u);
  return lines.flatMap((line, i): readonly ListedUrl[] => {
    const text = line.trim();
    if (text === "" || text.startsWith("#")) return [];
    const [url = "", ...rest] = text.split(/\s+/u);
    if (!URL.canParse(url)) throw new UsageError(`${name} line ${i + 1}: not a URL: ${escapePath(url)}`);
    const file = text.slice(url.length).trim();
    if (rest.length === 0) return [{ url }];
    return [{ url, issuers: readIssuerFile(resolve(dirname(path), file), `${name} line ${i + 1}`) }];
  });
}

function readIssuerFile(path: string, place: string): readonly GivenCertificate[] {
  const name = escapePath(path);
  const content = readFile(path);
  if ("fault" in content) throw cannotRead(`${name} (${place})`, content.fault);
  const found = readInput(name, content.bytes).flatMap(({ kind, artefact }): readonly GivenCertificate[] => {
    const certificate = kind === "certificate" ? readCertificate(artefact.bytes) : undefined;
    return certificate === undefined ? [] : [{ certificate, artefact }];
  });
  if (found.length === 0) throw new UsageError(`${place}: ${name} contains no certificate`);
  return found;
}

/**
 * Returns the certificates of the CAs that must have issued the CRL of a URL, one list per CA. They are those that a
 * list of URLs names, else those of the records that disclose the URL, each with all others of its key; none for a CA
 * whose certificates are not known. Returns undefined if neither identifies the CA: the CRL itself then shows it.
 */
export function issuersOf(
  { issuers, records }: Target,
  store: IssuerStore,
): readonly (readonly GivenCertificate[])[] | undefined {
  if (issuers !== undefined) return [issuers];
  if (records.every(({ sha256, keyIdentifier }) => sha256 === "" && keyIdentifier === "")) return undefined;
  const lists = records.map(({ sha256, keyIdentifier }) => {
    const own = store.withDigest(sha256);
    if (own.length > 0 || keyIdentifier === "") return own;
    return store.withKeyIdentifier(Buffer.from(keyIdentifier, "hex"));
  });
  // Records of one key have the same certificates.
  const known = new Set<GivenCertificate>();
  return lists.filter((list) => {
    // A CA without a certificate is another one than those that have some.
    const isKnown = list.length > 0 && list.every((each) => known.has(each));
    for (const each of list) known.add(each);
    return !isKnown;
  });
}

/**
 * Returns the certificates to compare a CRL with. If several CAs disclose its URL, these are the certificates of the
 * first CA whose subject is not the issuer of the CRL, since the CRL is not that CA's. Returns none if the certificates
 * of one of the CAs are not known.
 */
export function expectedIssuersFor(
  cas: readonly (readonly GivenCertificate[])[],
  crl: () => Crl,
): readonly GivenCertificate[] {
  if (cas.length < 2) return cas.flat();
  const read = crl();
  const others = cas.filter((list) => !list.some(({ certificate }) => matchesSubject(read, certificate)));
  return others.find((list) => list.length > 0) ?? others[0] ?? cas.flat();
}
