import pMap from "p-map";
import { readCrl } from "../crl/read.ts";
import type { Limits } from "../der/limits.ts";
import { sameOctets } from "../der/span.ts";
import { unlintedCrls } from "../lint/unlinted.ts";
import { chooseObject, type InputObject, readInput } from "../input/read.ts";
import type { GivenCrl, Transport } from "../given/other-crl.ts";
import type { Copy, CopyStore } from "./copy-store.ts";
import { decodeBody } from "./decode-body.ts";
import { escapePath } from "../files/escape-path.ts";
import type { Answer, Refusal, Validators } from "./http-get.ts";
import type { Candidate } from "../files/lint-file.ts";
import type { OwnFinding } from "../files/own-run.ts";

/** A CRL that was fetched, or whose copy is still current. */
export interface FetchedCrl {
  readonly candidate: Candidate;
  /**
   * Replaces the copy by a good answer. To be called once the result of the comparison with the copy is stored.
   *
   * @throws as write does
   */
  readonly keep: () => void;
}

/** How URLs are turned into CRLs to lint. */
export interface Obtaining {
  /** Sends a request to a server, or answers instead of it. */
  readonly ask: (url: string, validators: Validators) => Promise<Answer | Refusal>;
  /** The last good copies; undefined if none are kept. */
  readonly store: CopyStore | undefined;
  /** Maximum bytes of a decoded body. */
  readonly maxSize: number;
  /** How far what is decoded is read. */
  readonly limits: Limits;
}

/**
 * Fetches URLs, or takes the copies at hand where the servers say that they still are the ones. A copy is the CRL to
 * compare with where another one is served. While requests are under way nothing else is done: it would count as time
 * that a server took.
 *
 * @param atOnce maximum number of requests at the same time
 * @returns what to lint for each; or why a URL was not fetched
 */
export async function obtainAll(
  urls: readonly string[],
  obtaining: Obtaining,
  atOnce: number,
): Promise<readonly (FetchedCrl | OwnFinding)[]> {
  const copies = urls.map((url) => obtaining.store?.load(url));
  const ask = (url: string, i: number) => obtaining.ask(url, validatorsOf(copies[i]));
  const answers = await pMap(urls, ask, { concurrency: atOnce });
  const settleAt = async (answer: Answer | Refusal, i: number) =>
    "refused" in answer ? refusal(urls[i] ?? "", answer) : settle(answer, copies[i], obtaining);
  return pMap(answers, settleAt, { concurrency: 1 });
}

async function settle(answer: Answer, copy: Copy | undefined, obtaining: Obtaining): Promise<FetchedCrl> {
  const { store, limits } = obtaining;
  const isUnchanged = answer.transport.status === 304 && copy !== undefined;
  const { transport, body } = isUnchanged ? withStoredBody(answer, copy) : answer;
  const { object, unjudged } = await readServed(transport, body, obtaining);
  const known = copy && (await readServed(copy.transport, copy.body, obtaining)).object;
  const before = known === undefined || isUnchanged || isSame(object, known) ? undefined : readGiven(known, limits);
  const isGood = object.kind === "crl" && transport.failure === undefined && (transport.status === 200 || isUnchanged);
  const keep = (): void => {
    if (isGood && !isOlder(object, before, limits)) store?.save({ transport: { ...transport, status: 200 }, body });
  };
  return { candidate: { object, unjudged, transport, ...(before && { previous: before }) }, keep };
}

function refusal(url: string, { refused, help }: Refusal): OwnFinding {
  return { rule: "crllint/not-fetched", severity: "error", message: refused, file: escapePath(url), help };
}

function validatorsOf(copy: Copy | undefined) {
  const { etag, "last-modified": lastModified } = copy?.transport.headers ?? {};
  return { ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) };
}

/** The answer that a 304 refers to: the copy, under the header fields that came with it (RFC 9111 3.2, 4.3.4). */
function withStoredBody({ transport }: Answer, copy: Copy): Copy {
  return { transport: { ...transport, headers: { ...copy.transport.headers, ...transport.headers } }, body: copy.body };
}

/** The content of a body: the first CRL, or what it is instead; and the CRLs that are not linted. */
export async function readServed(
  { url, headers }: Transport,
  body: Uint8Array,
  { maxSize, limits }: Pick<Obtaining, "maxSize" | "limits">,
): Promise<Required<Pick<Candidate, "object" | "unjudged">>> {
  const decoded = await decodeBody(body, headers["content-encoding"], maxSize);
  const found = readInput(escapePath(url), decoded, limits);
  const object = chooseObject(found, "crl");
  return { object, unjudged: unlintedCrls(found, object) };
}

function readGiven({ artefact }: InputObject, limits: Limits): GivenCrl {
  // Its URL is that of the CRL that is linted: a report must distinguish the two.
  return {
    crl: readCrl(artefact.bytes, "crl", { limits }),
    artefact: { ...artefact, name: `${artefact.name} (last good copy)` },
  };
}

function isSame({ artefact: a }: InputObject, { artefact: b }: InputObject): boolean {
  return sameOctets(a.bytes, b.bytes);
}

/** Whether a CRL is older than the copy: the newest that is known stays. */
function isOlder({ artefact }: InputObject, before: GivenCrl | undefined, limits: Limits): boolean {
  const known = before?.crl.thisUpdate?.seconds;
  return known !== undefined && (readCrl(artefact.bytes, "crl", { limits }).thisUpdate?.seconds ?? 0) < known;
}
