import { createHash } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Transport } from "../given/other-crl.ts";
import { readFile } from "../files/read-files.ts";
import { writeWhole } from "../files/write-whole.ts";

/** The last good copy of what a URL gives, as received, and how it was served. */
export interface Copy {
  readonly transport: Transport;
  readonly body: Uint8Array;
}

/**
 * A directory with the last good copy of each URL. The description of a copy names its body by digest and is replaced
 * in one step: a process that dies in between leaves the old copy or the new one, never half of each.
 */
export class CopyStore {
  readonly #folder: string;

  /** @throws as mkdir does */
  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** The copy of a URL; undefined if there is none, or it is damaged. */
  load(url: string): Copy | undefined {
    const key = digest(url);
    const read = this.#describe(key);
    if (read?.transport.url !== url) return undefined;
    const body = readFile(join(this.#folder, bodyName(key, read.sha256)));
    if ("fault" in body || digest(body.bytes) !== read.sha256) return undefined;
    return { transport: read.transport, body: body.bytes };
  }

  /**
   * Replaces the copy of a URL.
   *
   * @throws as write does
   */
  save({ transport, body }: Copy): void {
    const key = digest(transport.url);
    const before = this.#describe(key);
    const sha256 = digest(body);
    const name = bodyName(key, sha256);
    if (before?.sha256 !== sha256) writeWhole(join(this.#folder, name), body);
    writeWhole(join(this.#folder, `${key}.json`), `${JSON.stringify({ sha256, transport }, undefined, 2)}\n`);
    if (before !== undefined && before.sha256 !== sha256) {
      rmSync(join(this.#folder, bodyName(key, before.sha256)), { force: true });
    }
  }

  #describe(key: string): Description | undefined {
    const file = readFile(join(this.#folder, `${key}.json`));
    return "fault" in file ? undefined : parse(file.bytes);
  }
}

interface Description {
  /** Digest of the body. */
  readonly sha256: string;
  readonly transport: Transport;
}

function bodyName(key: string, sha256: string): string {
  return `${key}.${sha256.slice(0, 16)}.crl`;
}

function digest(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** The description of a copy; undefined for anything else. */
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
