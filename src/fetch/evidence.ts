import { basename } from "node:path";
import { sha256Of } from "../files/sha256.ts";
import { writeWhole } from "../files/write-whole.ts";
import type { Copy } from "./copy-store.ts";

/** Returns the names of the files for a response: its bytes, and how they were served. */
export function evidenceFiles(path: string): readonly [bytes: string, served: string] {
  return [path, `${path}.json`];
}

/**
 * Writes a response to files: the bytes as received, and how they were served as a manifest of `crllint monitor`.
 *
 * @throws as write does
 */
export function keepEvidence(path: string, { transport, body }: Copy): void {
  const { failure, ...served } = transport;
  const [bytes, manifest] = evidenceFiles(path);
  const entry = {
    ...served,
    file: basename(path),
    sha256: sha256Of(body),
    ...(failure && { failure: failure.why, failureBy: failure.by }),
  };
  writeWhole(bytes, body);
  writeWhole(manifest, `${JSON.stringify([entry], undefined, 2)}\n`);
}
