import { readCertificate } from "../cert/certificate.ts";
import { contents, hex } from "../der/span.ts";
import { readInput } from "../input/read.ts";
import { type CaRecord, type Ccadb, urlsOf } from "../given/ccadb.ts";
import type { GivenCertificate } from "../given/given.ts";
import { CertificateList } from "../files/certificate-list.ts";
import type { Verifier } from "../verify/verifier.ts";
import type { ManifestEntry } from "./manifest.ts";

/** A URL to watch. */
export interface Target {
  readonly url: string;
  /** The records that disclose it: several where a CA key has several certificates. */
  readonly records: readonly CaRecord[];
  /** What another program fetched. */
  readonly entry?: ManifestEntry;
}

/** The URLs of all records that are in use and of a manifest, each once; with a manifest those of the manifest only. */
export function findTargets(
  ccadb: Ccadb | undefined,
  manifest: readonly ManifestEntry[] | undefined,
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
  if (manifest === undefined) return [...recordsOf].map(([url, records]) => ({ url, records }));
  const byUrl = new Map(manifest.map((entry) => [entry.url, entry]));
  return [...byUrl.values()].map((entry) => ({ url: entry.url, records: recordsOf.get(entry.url) ?? [], entry }));
}

/** The certificates of CAs: those given, and those in the export of the CCADB. */
export class Issuers {
  readonly #certificates: CertificateList;
  readonly #byKey = new Map<string, GivenCertificate[]>();

  constructor(given: readonly GivenCertificate[], ccadb: Ccadb | undefined, verifier: Verifier | undefined) {
    this.#certificates = new CertificateList(verifier);
    for (const { certificate, artefact } of given) this.#certificates.add(certificate, artefact);
    for (const { pem, place } of ccadb?.records ?? []) {
      if (pem === "") continue;
      const [object] = readInput(place, new TextEncoder().encode(pem));
      const certificate = object?.kind === "certificate" ? readCertificate(object.artefact.bytes) : undefined;
      if (object !== undefined && certificate !== undefined) this.#certificates.add(certificate, object.artefact);
    }
    for (const each of this.#certificates.list) {
      const { subjectKeyIdentifier, source } = each.certificate;
      if (subjectKeyIdentifier === undefined) continue;
      const key = hex(contents(source.bytes, subjectKeyIdentifier));
      const same = this.#byKey.get(key);
      if (same === undefined) this.#byKey.set(key, [each]);
      else same.push(each);
    }
  }

  /** Those that may have issued the CRL of some records, or one that names a key. */
  of(records: readonly CaRecord[], keyIdentifier: string | undefined): readonly GivenCertificate[] {
    const found = new Set<GivenCertificate>();
    for (const record of records) {
      const own = this.#certificates.withDigest(record.sha256);
      if (own !== undefined) found.add(own);
      for (const same of this.#byKey.get(record.keyIdentifier) ?? []) found.add(same);
    }
    if (found.size === 0 && keyIdentifier !== undefined) {
      for (const same of this.#byKey.get(keyIdentifier) ?? []) found.add(same);
    }
    return [...found];
  }
}
