import type { Kind } from "../input/kinds.ts";
import type { InputObject } from "../input/read.ts";
import type { LookedAt } from "../rule/report.ts";

/** Counts the files that were looked at, and what they hold. */
export class Looked {
  readonly #directories = new Set<string>();
  #files = 0;
  #crls = 0;
  #certificates = 0;
  #unreadable = 0;
  readonly #neither = new Map<Kind, number>();

  /** Counts a directory, once. */
  addDirectory(path: string): void {
    this.#directories.add(path);
  }

  /** Counts a file by its objects. */
  add(objects: readonly InputObject[]): void {
    const has = (...kinds: readonly Kind[]): boolean => objects.some(({ kind }) => kinds.includes(kind));
    const hasCrl = has("crl", "tbs");
    const hasCertificate = has("certificate");
    this.#files += 1;
    if (hasCrl) this.#crls += 1;
    if (hasCertificate) this.#certificates += 1;
    if (!hasCrl && !hasCertificate) this.#count(objects[0]?.kind ?? "unknown");
  }

  /** Counts a file that holds neither a CRL nor a certificate. */
  addOther(kind: Kind): void {
    this.#files += 1;
    this.#count(kind);
  }

  /** Counts a file that cannot be read. */
  addUnreadable(): void {
    this.#files += 1;
    this.#unreadable += 1;
  }

  /** The counts as a report carries them. */
  get counts(): LookedAt {
    const neither = Object.fromEntries([...this.#neither].sort(([a], [b]) => (a < b ? -1 : 1)));
    return {
      files: this.#files,
      directories: this.#directories.size,
      crls: this.#crls,
      certificates: this.#certificates,
      unreadable: this.#unreadable,
      neither,
    };
  }

  #count(kind: Kind): void {
    this.#neither.set(kind, (this.#neither.get(kind) ?? 0) + 1);
  }
}
