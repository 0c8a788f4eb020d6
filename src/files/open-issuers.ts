import { readFile, stat } from "node:fs/promises";
import { usualLimits } from "../der/limits.ts";
import { columnsOf, contentsOfReport, digestColumn, findCertificates } from "../given/ccadb.ts";
import { IssuerStore } from "../given/issuer-store.ts";
import { readCsv } from "../input/csv.ts";
import { readInput } from "../input/read.ts";
import { pathIn, versionControl } from "./expand.ts";
import { type DirectoryItem, faultOfName, listDirectory } from "./list-directory.ts";
import { reasonOf } from "./system-error.ts";
import { escapePath } from "./escape-path.ts";
import { sha256Of } from "./sha256.ts";

/** A part of the sources of a store that is not in the store. */
export interface SkippedSource {
  /** The file, and the line in it if the file is a CSV report; escaped. */
  readonly place: string;
  readonly why: string;
}

/** A store of issuers, and the parts of its sources that are not in it. */
export interface OpenedIssuers {
  readonly store: IssuerStore;
  readonly skipped: readonly SkippedSource[];
}

/**
 * Opens a store of issuers: the certificates of many CAs, searched for that of a CRL's CA.
 *
 * @param paths files and directories: certificates in DER or PEM, bundles, and the CCADB's reports of certificates in
 * PEM (`AllCertificatePEMsCSVFormat`). Directories are read recursively, with files of any name
 * @param limits limits on each file, and on reading a certificate
 * @returns the store, without duplicates, and the parts of the files that are not in it
 * @throws Error of the file system if a path cannot be read
 */
export async function openIssuers(paths: readonly string[], limits = usualLimits): Promise<OpenedIssuers> {
  const opening = new Opening(limits, (_, error) => {
    throw error;
  });
  for (const path of paths) await opening.addNamed(path);
  return { store: opening.store, skipped: opening.skipped };
}

/**
 * Opens a store of issuers like `openIssuers`, with what can be read; returns the reasons for the rest. A path without a
 * certificate is among the rest.
 */
export async function openReadable(
  paths: readonly string[],
  limits: typeof usualLimits,
): Promise<OpenedIssuers & { readonly unread: readonly SkippedSource[] }> {
  const unread: SkippedSource[] = [];
  const opening = new Opening(limits, (path, error) => {
    unread.push({ place: escapePath(path), why: reasonOf(error) });
  });
  for (const path of paths) {
    const [found, before] = [opening.found, unread.length];
    await opening.addNamed(path);
    const isEmpty = opening.found === found && unread.length === before;
    if (isEmpty) unread.push({ place: escapePath(path), why: "--issuers names a path without a certificate" });
  }
  return { store: opening.store, skipped: opening.skipped, unread };
}

class Opening {
  readonly store: IssuerStore;
  readonly skipped: SkippedSource[] = [];
  /** Number of certificates, with duplicates. */
  found = 0;
  readonly #limits: typeof usualLimits;
  readonly #known = new Set<string>();
  readonly #onUnread: (path: string, error: unknown) => void;

  constructor(limits: typeof usualLimits, onUnread: (path: string, error: unknown) => void) {
    this.store = new IssuerStore(limits);
    this.#limits = limits;
    this.#onUnread = onUnread;
  }

  async addNamed(path: string): Promise<void> {
    const fault = faultOfName(path);
    if (fault === undefined) await this.#add(path);
    else this.#onUnread(path, new Error(fault));
  }

  async #add(path: string): Promise<void> {
    for (const item of await this.#itemsIn(path)) {
      if (item.isDirectory() && !versionControl.has(item.name)) await this.#add(pathIn(path, item.name));
      else if (item.isFile()) await this.#addFile(pathIn(path, item.name));
      else if (item.isSymbolicLink()) await this.#addLink(pathIn(path, item.name));
    }
  }

  /** Returns the items of a directory; adds a file, which has none. */
  async #itemsIn(path: string): Promise<readonly DirectoryItem[]> {
    try {
      if (!(await stat(path)).isFile()) {
        // A path that is neither a file nor a directory, such as a pipe, fails here: reading it could wait forever.
        const { items, unnamed } = listDirectory(path);
        for (const { shown, fault } of unnamed) this.#onUnread(pathIn(path, shown), new Error(fault));
        return items.toSorted(byName);
      }
    } catch (error) {
      this.#onUnread(path, error);
      return [];
    }
    await this.#addFile(path);
    return [];
  }

  /** Follows a link to a file. A link to a directory could be a loop. */
  async #addLink(path: string): Promise<void> {
    if ((await stat(path).catch(() => undefined))?.isFile() === true) await this.#addFile(path);
    else this.#skip(escapePath(path), "symbolic link that does not lead to a file");
  }

  async #addFile(path: string): Promise<void> {
    const name = escapePath(path);
    const bytes = await this.#read(path, name);
    if (bytes === undefined) return;
    if (contentsOfReport(bytes).hasCertificates) this.#addReport(name, bytes);
    else this.#addObjects(name, bytes);
  }

  /** Returns the bytes of a file; undefined if it is too large or cannot be read. */
  async #read(path: string, name: string): Promise<Uint8Array | undefined> {
    try {
      if ((await stat(path)).size <= this.#limits.size) return new Uint8Array(await readFile(path));
      this.#skip(name, `larger than ${this.#limits.size} bytes (limit: size)`);
    } catch (error) {
      this.#onUnread(path, error);
    }
    return undefined;
  }

  #addObjects(name: string, bytes: Uint8Array): void {
    let found = 0;
    for (const { kind, artefact, identity } of readInput(name, bytes, this.#limits)) {
      if (kind !== "certificate") {
        if (kind !== "crl") this.#skip(artefact.name, `contains ${identity.name}`);
        continue;
      }
      found += 1;
      this.#store(artefact.name, artefact.bytes, sha256Of(artefact.bytes));
    }
    if (found === 0 && this.skipped.at(-1)?.place !== name) this.#skip(name, "contains no certificate");
  }

  /** Adds the certificates of a CSV report. A quoted field may contain the lines of a PEM certificate (RFC 4180). */
  #addReport(name: string, bytes: Uint8Array): void {
    const { records, fault } = readCsv(new TextDecoder().decode(bytes));
    const [header, ...rows] = records;
    const columns = columnsOf(header?.fields);
    const digestAt = columns.indexOf(digestColumn);
    const pemAt = findCertificates(columns);
    for (const { line, fields } of rows) {
      const place = `${name} line ${line}`;
      const der = derOf(fields[pemAt] ?? "");
      const digest = sha256Of(der);
      const stated = (fields[digestAt] ?? digest).toLowerCase();
      if (stated === digest) this.#store(place, der, digest);
      else this.#skip(place, `the SHA-256 of the certificate is ${digest}, not ${escapePath(stated)}`);
    }
    if (fault !== undefined) this.#skip(name, fault);
  }

  #store(name: string, bytes: Uint8Array, digest: string): void {
    this.found += 1;
    if (this.#known.has(digest)) return;
    this.#known.add(digest);
    if (!this.store.add({ name, bytes }, digest)) this.#skip(name, "does not have the structure of a certificate");
  }

  #skip(place: string, why: string): void {
    this.skipped.push({ place, why });
  }
}

function byName(a: DirectoryItem, b: DirectoryItem): number {
  return a.name < b.name ? -1 : 1;
}

/** Returns the DER of a certificate in PEM. The caller compares it with the fingerprint in the same row. */
function derOf(field: string): Uint8Array {
  // Older reports have an apostrophe before and after the PEM.
  const base64 = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/u.exec(field)?.[1] ?? "";
  return new Uint8Array(Buffer.from(base64, "base64"));
}
