import { dirname, resolve } from "node:path";
import type { Transport } from "../given/other-crl.ts";
import type { Answer } from "../fetch/http-get.ts";
import { readFile } from "../files/read-files.ts";

/** One URL of a manifest: the response that an HTTP client received, and the file in which its body was saved. */
export interface ManifestEntry {
  readonly url: string;
  /** Path of the body; undefined if there is none. */
  readonly file: string | undefined;
  readonly transport: Transport;
}

/**
 * Reads a manifest of CRLs that were fetched by another program: a JSON array of objects. Each has `url`, `file`
 * (relative to the manifest) and, if known, `status`, `headers`, `redirects`, `milliseconds`, `receivedAt` in seconds
 * since 1970, and `failure`, the reason why there is no complete response, with `failureBy`: `server` if it is certainly
 * the cause.
 *
 * @returns the entries, or why it is not a manifest
 */
export function readResponseList(
  path: string,
  bytes: Uint8Array,
): readonly ManifestEntry[] | { readonly fault: string } {
  let items: unknown;
  try {
    items = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return { fault: "this manifest is not JSON" };
  }
  if (!Array.isArray(items)) return { fault: "this manifest is not a JSON array" };
  const entries: ManifestEntry[] = [];
  for (const [i, item] of items.entries()) {
    const entry = readEntry(item, dirname(path));
    if (entry === undefined) return { fault: `item ${i} of this manifest has no url, or a field of another type` };
    entries.push(entry);
  }
  return entries;
}

function readEntry(item: unknown, folder: string): ManifestEntry | undefined {
  if (typeof item !== "object" || item === null) return undefined;
  const fields: Readonly<Record<string, unknown>> = { ...item };
  const { url, file, status = 200, headers = {}, redirects = [], milliseconds = 0, receivedAt = 0 } = fields;
  const { failure, failureBy } = fields;
  if (typeof url !== "string" || (file !== undefined && typeof file !== "string")) return undefined;
  if (typeof status !== "number" || typeof milliseconds !== "number" || typeof receivedAt !== "number")
    return undefined;
  if (!Array.isArray(redirects) || !redirects.every((each) => typeof each === "string")) return undefined;
  if (typeof headers !== "object" || headers === null) return undefined;
  if (failure !== undefined && typeof failure !== "string") return undefined;
  const values = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  const transport = {
    url,
    redirects,
    status,
    ...(failure !== undefined && {
      failure: { why: failure, by: failureBy === "server" ? failureBy : "anyone" } as const,
    }),
    headers: Object.fromEntries(values),
    milliseconds,
    receivedAt,
  };
  return { url, file: file === undefined ? undefined : resolve(folder, file), transport };
}

/** Returns the answer that a manifest contains for a URL, instead of the answer of a server. */
export function answerOf({ file, transport }: ManifestEntry): Answer {
  const content = file === undefined ? { fault: "no file is named for it" } : readFile(file);
  if (!("fault" in content)) return { transport, body: content.bytes };
  const failure = { why: `its file cannot be read: ${content.fault}`, by: "anyone" } as const;
  return { transport: { ...transport, failure }, body: new Uint8Array(0) };
}
