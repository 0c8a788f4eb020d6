import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Transport } from "../given/other-crl.ts";
import { makeDirectory } from "../files/make-directory.ts";
import { readFile } from "../files/read-files.ts";
import { removeOwn } from "../files/remove-own.ts";
import { sha256Of } from "../files/sha256.ts";
import { writeWhole } from "../files/write-whole.ts";

/** The last good copy of what a URL returned, as received, and how it was served. */
export interface Copy {
  readonly transport: Transport;
  readonly body: Uint8Array;
}

/**
 * A directory with the last good copy of each URL. Bodies are named by their content, so URLs that return the same CRL
 * share one. The description of a copy is replaced in one step: a process that is killed leaves the old copy or the new
 * one, never a part of each.
 */
export class CopyStore {
  readonly #folder: string;

  /** @throws as mkdir does */
  constructor(folder: string) {
    this.#folder = folder;
    makeDirectory(folder);
  }

  /** Returns how the copy of a URL was served; undefined if there is none. */
  transportOf(url: string): Transport | undefined {
    const transport = this.#describe(url)?.transport;
    return transport?.url === url ? transport : undefined;
  }

  /** Returns the copy of a URL; undefined if there is none, or it is damaged. */
  load(url: string): Copy | undefined {
    const read = this.#describe(url);
    if (read?.transport.url !== url) return undefined;
    const body = readFile(join(this.#folder, bodyName(read.sha256)));
    if ("fault" in body || sha256Of(body.bytes) !== read.sha256) return undefined;
    return { transport: read.transport, body: body.bytes };
  }

  /**
   * Replaces the copy of a URL.
   *
   * @throws as write does
   */
  save({ transport, body }: Copy): void {
    const sha256 = sha256Of(body);
    const path = join(this.#folder, bodyName(sha256));
    const there = readFile(path);
    if ("fault" in there || sha256Of(there.bytes) !== sha256) writeWhole(path, body);
    const description = `${JSON.stringify({ sha256, transport }, undefined, 2)}\n`;
    writeWhole(join(this.#folder, descriptionName(transport.url)), description);
  }

  /**
   * Removes bodies that belong to no copy, copies that are no longer needed, and files of a process that was killed.
   * Files of others stay.
   *
   * @param seconds minimum age of a removed file: another process may be about to refer to a newer one
   * @param isNeeded whether the copy of a URL is needed. If not, it is removed a week after it was written: a URL may be
   *   missing from a list for some days
   * @throws as readdir does
   */
  sweep(seconds: number, isNeeded: (url: string) => boolean = () => true): void {
    const names = readdirSync(this.#folder).filter(isOfCopies);
    const kept = new Set(
      names.flatMap((name) => {
        const read = isDescription(name) ? this.#read(name) : undefined;
        const isKept = read !== undefined && (isNeeded(read.transport.url) || this.#age(name) < unneededSeconds);
        return isKept ? [name, bodyName(read.sha256)] : [];
      }),
    );
    removeOwn(this.#folder, (name) => isOfCopies(name) && !kept.has(name) && this.#age(name) >= seconds);
  }

  /** Returns the number of seconds since a file was written. */
  #age(name: string): number {
    const written = statSync(join(this.#folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return (Date.now() - written) / 1000;
  }

  #describe(url: string): Description | undefined {
    return this.#read(descriptionName(url));
  }

  #read(name: string): Description | undefined {
    const file = readFile(join(this.#folder, name));
    return "fault" in file ? undefined : parse(file.bytes);
  }
}

/** Minimum age of a copy that is removed because it is no longer needed. */
const unneededSeconds = 7 * 86_400;

interface Description {
  /** Digest of the body. */
  readonly sha256: string;
  readonly transport: Transport;
}

function descriptionName(url: string): string {
  return `${sha256Of(url)}.json`;
}

function isDescription(name: string): boolean {
  return /^[\da-f]{64}\.json$/u.test(name);
}

/** Whether a file has the name of a body, of a description, or of one that is being written. */
export function isOfCopies(name: string): boolean {
  return /^[\da-f]{64}\.(?:crl|json)(?:\.\d+)?$/u.test(name);
}

function bodyName(sha256: string): string {
  return `${sha256}.crl`;
}

/** Returns the description of a copy; undefined for any other bytes. */
function parse(bytes: Uint8Array): Description | undefined {
  try {
    const { sha256, transport } = JSON.parse(new TextDecoder().decode(bytes));
    const { url, redirects, status, headers, milliseconds, receivedAt } = transport;
    const isText = typeof sha256 === "string" && typeof url === "string";
    const isNumber = [status, milliseconds, receivedAt].every((value) => typeof value === "number");
    const isList = Array.isArray(redirects) && redirects.every((value) => typeof value === "string");
    const isTable = typeof headers === "object" && Object.values(headers).every((value) => typeof value === "string");
    return isText && isNumber && isList && isTable ? { sha256, transport } : undefined;
  } catch {
    return undefined;
  }
}
