import { readCrl } from "../crl/read.ts";
import type { Limits } from "../der/limits.ts";
import { sameOctets } from "../der/span.ts";
import type { LintInput } from "../lint/lint.ts";
import { unlintedCrls } from "../lint/unlinted.ts";
import { chooseObject, type InputObject, readInput } from "../input/read.ts";
import type { GivenCrl, Transport } from "../given/other-crl.ts";
import { type Concurrency, mapByHost } from "./by-host.ts";
import type { Copy, CopyStore } from "./copy-store.ts";
import { DecodedTooLargeError, decodeBody } from "./decode-body.ts";
import { escapePath } from "../files/escape-path.ts";
import { type Answer, notTogether, readReceived, type Refusal, tooLargeHelp, type Validators } from "./http-get.ts";
import type { OwnFinding } from "../files/own-run.ts";

/** What a URL gives of all that a CRL is linted with. */
export type FetchedInput = Pick<LintInput, "object" | "unjudged" | "transport" | "previous">;

/** A CRL that was fetched, or whose copy is still current. */
export interface FetchedCrl {
  readonly input: FetchedInput;
  /** What the server sent, its content-encoding still on it; the copy if the server says that it is current. */
  readonly received: Copy;
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
 * that a server took. After that, one CRL at a time is in memory.
 *
 * @returns what to lint for each; or why a URL was not fetched
 */
export async function* obtainEach(
  urls: readonly string[],
  obtaining: Obtaining,
  concurrency: Concurrency,
): AsyncGenerator<FetchedCrl | OwnFinding> {
  const ask = (url: string) => obtaining.ask(url, validatorsOf(obtaining.store?.transportOf(url)));
  const answers = await mapByHost(urls, concurrency, ask);
  for (const [i, answer] of answers.entries()) {
    yield await settle(urls[i] ?? "", answer, obtaining);
  }
}

/**
 * Fetches URLs as `obtainEach`; all CRLs are in memory then.
 *
 * @param most maximum bytes of all bodies together, decoded; one that does not fit is not linted
 */
export async function obtainAll(
  urls: readonly string[],
  obtaining: Obtaining,
  concurrency: Concurrency,
  most: number,
): Promise<readonly (FetchedCrl | OwnFinding)[]> {
  const obtained: (FetchedCrl | OwnFinding)[] = [];
  let left = most;
  for await (const each of obtainEach(urls, obtaining, concurrency)) {
    const size = "input" in each ? each.input.object.artefact.bytes.length : 0;
    if (size <= left) {
      left -= size;
      obtained.push(each);
    } else obtained.push(refusal(urls[obtained.length] ?? "", notTogether));
  }
  return obtained;
}

async function settle(url: string, asked: Answer | Refusal, obtaining: Obtaining): Promise<FetchedCrl | OwnFinding> {
  const { store, limits, maxSize } = obtaining;
  const copy = store?.load(url);
  const is304 = "transport" in asked && asked.transport.status === 304;
  // The copy is damaged: without it, the answer says nothing.
  const answer = is304 && copy === undefined ? await obtaining.ask(url, {}) : asked;
  if ("refused" in answer) return refusal(url, answer);
  const isUnchanged = answer.transport.status === 304 && copy !== undefined;
  const received = readReceived(answer.body);
  const { transport, body } = isUnchanged
    ? withStoredBody(answer, copy)
    : { transport: answer.transport, body: received };
  const served = await readServed(transport, body, obtaining).catch(whenTooLarge);
  if (served === undefined) {
    return refusal(url, { refused: `more than ${maxSize} bytes when decoded are not linted`, help: tooLargeHelp });
  }
  const { object, unjudged } = served;
  const isCopy = isUnchanged || (copy !== undefined && sameOctets(copy.body, body));
  const known =
    isCopy || copy === undefined
      ? undefined
      : await readServed(copy.transport, copy.body, obtaining).catch(whenTooLarge);
  const before = known === undefined || isSame(object, known.object) ? undefined : readGiven(known.object, limits);
  const isGood = object.kind === "crl" && transport.failure === undefined && (transport.status === 200 || isUnchanged);
  const keep = (): void => {
    if (isGood && !isOlder(object, before, limits)) store?.save({ transport: { ...transport, status: 200 }, body });
  };
  const input = { object, unjudged, transport, ...(before && { previous: before }) };
  return { input, received: { transport, body }, keep };
}

function whenTooLarge(error: unknown): undefined {
  if (error instanceof DecodedTooLargeError) return undefined;
  throw error;
}

function refusal(url: string, { refused, help }: Refusal): OwnFinding {
  return { rule: "crllint/not-fetched", severity: "error", message: refused, file: escapePath(url), help };
}

function validatorsOf(transport: Transport | undefined): Validators {
  const { etag, "last-modified": lastModified } = transport?.headers ?? {};
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
): Promise<Required<Pick<FetchedInput, "object" | "unjudged">>> {
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
