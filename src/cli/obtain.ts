import { readCrl } from "../crl/read.ts";
import { sameOctets } from "../der/span.ts";
import { type InputObject, readInput } from "../input/read.ts";
import type { GivenCrl, Transport } from "../lint/further-inputs.ts";
import type { Copy, CopyStore } from "./copy-store.ts";
import { decodeBody } from "./decode-body.ts";
import { escapePath } from "./escape-path.ts";
import { type Answer, get, type Limits, type OnProgress, type Refusal } from "./http-get.ts";
import type { Candidate } from "./judge.ts";
import type { OwnFinding } from "./own-run.ts";

/** How URLs are turned into what can be judged. */
export interface Obtaining {
  readonly limits: Limits;
  /** Where the last good copies are; undefined where none are kept. */
  readonly store: CopyStore | undefined;
  readonly onProgress: (url: string, ...progress: Parameters<OnProgress>) => void;
  /** The clock, in seconds since 1970. */
  readonly now: () => number;
}

/**
 * Fetches a URL, or takes the copy at hand where the server says that it still is the one. A good answer takes the
 * place of the copy, which becomes the CRL to compare with.
 *
 * @returns what to judge; or why the URL was not asked to its end
 * @throws as write does, where the copy cannot be kept
 */
export async function obtain(
  url: string,
  { limits, store, onProgress, now }: Obtaining,
): Promise<Candidate | OwnFinding> {
  const copy = store?.load(url);
  const answer = await get(url, limits, validatorsOf(copy), (...progress) => onProgress(url, ...progress), now);
  if ("refused" in answer) return refusal(url, answer);
  const isUnchanged = answer.transport.status === 304 && copy !== undefined;
  const { transport, body } = isUnchanged ? revive(answer, copy) : answer;
  const object = await readServed(transport, body, limits);
  const known = copy && (await readServed(copy.transport, copy.body, limits));
  const before = known === undefined || isUnchanged || isSame(object, known) ? undefined : readGiven(known);
  const isGood = object.kind === "crl" && transport.failure === undefined && (transport.status === 200 || isUnchanged);
  if (store !== undefined && isGood && !isOlder(object, before)) {
    store.save({ transport: { ...transport, status: 200 }, body });
  }
  return { object, transport, ...(before && { previous: before }) };
}

function refusal(url: string, { refused, help }: Refusal): OwnFinding {
  return { rule: "crllint/not-fetched", severity: "error", message: refused, file: escapePath(url), help };
}

function validatorsOf(copy: Copy | undefined) {
  const { etag, "last-modified": lastModified } = copy?.transport.headers ?? {};
  return { ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) };
}

/** The answer that a 304 stands for: the copy, under the header fields that came with it (RFC 9111 3.2, 4.3.4). */
function revive({ transport }: Answer, copy: Copy): Copy {
  return { transport: { ...transport, headers: { ...copy.transport.headers, ...transport.headers } }, body: copy.body };
}

/** What stands in a body: the first CRL, or what it is instead. */
export async function readServed(
  { url, headers }: Transport,
  body: Uint8Array,
  { maxSize }: Pick<Limits, "maxSize">,
): Promise<InputObject> {
  const decoded = await decodeBody(body, headers["content-encoding"], maxSize);
  const objects = readInput(escapePath(url), decoded);
  return objects.find(({ kind }) => kind === "crl") ?? (objects[0] as InputObject);
}

function readGiven({ artefact }: InputObject): GivenCrl {
  // Its URL is that of the CRL under judgement: a report must tell the two apart.
  return { crl: readCrl(artefact.bytes), artefact: { ...artefact, name: `${artefact.name} (last good copy)` } };
}

function isSame({ artefact: a }: InputObject, { artefact: b }: InputObject): boolean {
  return sameOctets(a.bytes, b.bytes);
}

/** Whether a CRL is older than the copy: the newest that is known stays. */
function isOlder({ artefact }: InputObject, before: GivenCrl | undefined): boolean {
  const known = before?.crl.thisUpdate?.seconds;
  return known !== undefined && (readCrl(artefact.bytes).thisUpdate?.seconds ?? 0) < known;
}
