import { createHash } from "node:crypto";
import type { Dirent } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { usualLimits } from "../der/limits.ts";
import { IssuerStore } from "../given/issuer-store.ts";
import { readCsv } from "../input/csv.ts";
import { readInput } from "../input/read.ts";
import { escapePath } from "./escape-path.ts";

/** Something of the sources of a store that was not taken into it. */
export interface PassedOver {
  /** The file, and the line in it if it has lines; escaped. */
  readonly place: string;
  readonly why: string;
}

/** A store of issuers, and what of its sources is not in it. */
export interface OpenedIssuers {
  readonly store: IssuerStore;
  readonly passedOver: readonly PassedOver[];
}

/** The columns of the CCADB's report of certificates in PEM. */
const digestColumn = "SHA-256 Fingerprint";
const pemColumns = ["X.509 Certificate (PEM)", "PEM Info", "PEM"] as const;

/** No suffix tells what a file holds, but these hold none of what a store takes. */
const versionControl: ReadonlySet<string> = new Set([".git", ".hg", ".svn", ".jj", "CVS"]);

/**
 * Opens a store of issuers: the certificates of many CAs, in which a CRL finds that of its own.
 *
 * @param paths files and folders: certificates in DER or PEM, bundles, and the CCADB's reports of certificates in PEM
 * (`AllCertificatePEMsCSVFormat`). Folders are read with all that is below them, whatever the names of files
 * @returns the store, each certificate in it once, and what of the files is not in it
 * @throws Error of the file system if a path cannot be read
 */
export async function openIssuers(paths: readonly string[], limits = usualLimits): Promise<OpenedIssuers> {
  const opening = new Opening(new IssuerStore(limits), limits);
  for (const path of paths) await opening.take(path);
  return { store: opening.store, passedOver: opening.passedOver };
}

class Opening {
  readonly store: IssuerStore;
  readonly passedOver: PassedOver[] = [];
  readonly #limits: typeof usualLimits;
  readonly #known = new Set<string>();

  constructor(store: IssuerStore, limits: typeof usualLimits) {
    this.store = store;
    this.#limits = limits;
  }

  async take(path: string): Promise<void> {
    if ((await stat(path)).isFile()) return this.#takeFile(path);
    // What is neither a file nor a folder, such as a pipe, fails here: reading it could wait for ever.
    const items = await readdir(path, { withFileTypes: true });
    for (const item of items.sort(byName)) {
      if (item.isDirectory() && !versionControl.has(item.name)) await this.take(join(path, item.name));
      else if (item.isFile()) await this.#takeFile(join(path, item.name));
      else if (item.isSymbolicLink()) await this.#takeLink(join(path, item.name));
    }
  }

  /** A link to a file is followed; one to a folder could lead round in circles. */
  async #takeLink(path: string): Promise<void> {
    if ((await stat(path).catch(() => undefined))?.isFile() === true) await this.#takeFile(path);
    else this.#passOver(escapePath(path), "a symbolic link that does not lead to a file");
  }

  async #takeFile(path: string): Promise<void> {
    const name = escapePath(path);
    const { size } = await stat(path);
    if (size > this.#limits.size) return this.#passOver(name, `larger than ${this.#limits.size} bytes (limit: size)`);
    const bytes = new Uint8Array(await readFile(path));
    if (isReport(bytes)) this.#takeReport(name, bytes);
    else this.#takeObjects(name, bytes);
  }

  #takeObjects(name: string, bytes: Uint8Array): void {
    let found = 0;
    for (const { kind, artefact, identity } of readInput(name, bytes, this.#limits)) {
      if (kind !== "certificate") {
        if (kind !== "crl") this.#passOver(artefact.name, `holds ${identity.name}`);
        continue;
      }
      found += 1;
      this.#add(artefact.name, artefact.bytes, digestOf(artefact.bytes));
    }
    if (found === 0 && this.passedOver.at(-1)?.place !== name) this.#passOver(name, "holds no certificate");
  }

  /** RFC 4180: a quoted field may hold the lines of a certificate in PEM. */
  #takeReport(name: string, bytes: Uint8Array): void {
    const { records, fault } = readCsv(new TextDecoder().decode(bytes));
    const [header, ...rows] = records;
    const columns = header?.fields.map((field) => field.trim()) ?? [];
    const digestAt = columns.indexOf(digestColumn);
    const pemAt = columns.findIndex((column) => (pemColumns as readonly string[]).includes(column));
    for (const { line, fields } of rows) {
      const place = `${name} line ${line}`;
      const der = derOf(fields[pemAt] ?? "");
      const digest = digestOf(der);
      const said = (fields[digestAt] ?? digest).toLowerCase();
      if (said === digest) this.#add(place, der, digest);
      else this.#passOver(place, `the certificate has the SHA-256 ${digest}, not ${escapePath(said)}`);
    }
    if (fault !== undefined) this.#passOver(name, fault);
  }

  #add(name: string, bytes: Uint8Array, digest: string): void {
    if (this.#known.has(digest)) return;
    this.#known.add(digest);
    if (!this.store.add({ name, bytes })) this.#passOver(name, "the frames of a certificate are not there");
  }

  #passOver(place: string, why: string): void {
    this.passedOver.push({ place, why });
  }
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1;
}

/** Whether a file is a report of the CCADB: its first line names the column with certificates. */
function isReport(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, 4096)).split(/\r?\n/u, 1)[0] ?? "";
  return head.includes(",") && pemColumns.some((column) => head.includes(column));
}

/** DER of a certificate in PEM. The fingerprint beside it says whether it was read right. */
function derOf(field: string): Uint8Array {
  // Older reports put an apostrophe before and after the PEM.
  const base64 = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/u.exec(field)?.[1] ?? "";
  return new Uint8Array(Buffer.from(base64, "base64"));
}

function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
