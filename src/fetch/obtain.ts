import { readCrl } from "../crl/read.ts";
import type { Limits } from "../der/limits.ts";
import { sameBytes } from "../der/span.ts";
import type { LintInput } from "../lint/lint.ts";
import { unlintedObjects } from "../lint/unlinted.ts";
import { chooseObject, type InputObject, readInput } from "../input/read.ts";
import type { GivenCrl, Transport } from "../given/other-crl.ts";
import { type Concurrency, mapByHost } from "./by-host.ts";
import type { Copy, CopyStore } from "./copy-store.ts";
import { DecodedTooLargeError, decodeBody } from "./decode-body.ts";
import { escapePath } from "../files/escape-path.ts";
import { type Answer, type Condition, notTogether, readReceived, type Refusal, tooLargeHelp } from "./http-get.ts";
import { statesEncoding } from "../checks/transport.ts";
import type { OwnFinding } from "../files/own-run.ts";
import type { Run } from "../rule/report.ts";

/** The inputs of linting a CRL that come from its URL. */
export type FetchedInput = Pick<LintInput, "object" | "unjudged" | "transport" | "previous">;

/** A CRL that was fetched, or whose copy is still current. */
export interface FetchedCrl {
  readonly input: FetchedInput;
  /** The response of the server, with its content-encoding; the copy if the server states that it is current. */
  readonly received: Copy;
  /**
   * Replaces the copy if the answer is good. Must be called after the result of the comparison with the copy is stored.
   *
   * @param run the result: a CRL that is not that of the CA must not replace one that is
   * @returns whether the copy is now the CRL that was received
   * @throws as write does
   */
  readonly keep: (run: CheckedCrl) => boolean;
}

/** The part of a result that shows whether a CRL is that of the CA. */
export type CheckedCrl = Pick<Run, "core" | "signature" | "findings">;

/** Settings for fetching CRLs to lint. */
export interface Obtaining {
  /** Sends a request to a server, or returns an answer without a request. */
  readonly ask: (url: string, condition: Condition | undefined) => Promise<Answer | Refusal>;
  /** The last good copies; undefined if none are kept. */
  readonly store: CopyStore | undefined;
  /** Maximum size of a decoded body in bytes. */
  readonly maxSize: number;
  /** Limits of reading a decoded body. */
  readonly limits: Limits;
}

/**
 * Fetches URLs, or uses the available copies if the servers state that they are current. If a server sends another CRL,
 * it is compared with the copy. CRLs are read only after all requests have ended, because reading would count as time
 * that a server took. After that, one CRL at a time is in memory.
 *
 * @returns for each URL, the inputs to lint, or why it was not fetched
 */
export async function* obtainEach(
  urls: readonly string[],
  obtaining: Obtaining,
  concurrency: Concurrency,
): AsyncGenerator<FetchedCrl | OwnFinding> {
  const ask = (url: string) => obtaining.ask(url, conditionOf(obtaining.store?.transportOf(url)));
  const answers = await mapByHost(urls, concurrency, ask);
  for (const [i, answer] of answers.entries()) {
    yield await settle(urls[i] ?? "", answer, obtaining);
  }
}

/**
 * Fetches URLs like `obtainEach`, but all CRLs are in memory at the end.
 *
 * @param most maximum size of all decoded bodies together in bytes; one that does not fit is not linted
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
  const answer = await withoutUselessCondition(url, asked, copy, obtaining);
  if ("refused" in answer) return refusal(url, answer);
  const isUnchanged = copy !== undefined && isConfirmed(answer);
  const received = readReceived(answer.body);
  const { transport, body } = isUnchanged
    ? withStoredBody(answer, copy)
    : { transport: answer.transport, body: received };
  const served = await readServed(transport, body, obtaining).catch(whenTooLarge);
  if (served === undefined) {
    return refusal(url, { refused: `more than ${maxSize} bytes when decoded are not linted`, help: tooLargeHelp });
  }
  const { object, unjudged, isDecoded } = served;
  const isCopy = isUnchanged || (copy !== undefined && sameBytes(copy.body, body));
  const known =
    isCopy || copy === undefined
      ? undefined
      : await readServed(copy.transport, copy.body, obtaining).catch(whenTooLarge);
  const before = known === undefined || isSame(object, known.object) ? undefined : readGiven(known.object, limits);
  const isGood = object.kind === "crl" && transport.failure === undefined && (transport.status === 200 || isUnchanged);
  const keep = (run: CheckedCrl): boolean => {
    if (store === undefined || !isGood || isOfAnother(run)) return false;
    if (isOlder(object, before, transport.receivedAt, limits)) return false;
    store.save({ transport: { ...transport, status: 200 }, body });
    return true;
  };
  const isUnencoded = statesEncoding(transport) && !isDecoded && object.kind === "crl";
  const how = isUnencoded ? { ...transport, isUnencoded } : transport;
  const input = { object, unjudged, transport: how, ...(before && { previous: before }) };
  return { input, received: { transport, body }, keep };
}

/** Returns undefined for the error that a body is too large when decoded. */
export function whenTooLarge(error: unknown): undefined {
  if (error instanceof DecodedTooLargeError) return undefined;
  throw error;
}

function refusal(url: string, { refused, help }: Refusal): OwnFinding {
  return { rule: "crllint/not-fetched", severity: "error", message: refused, file: escapePath(url), help };
}

/** A single entity tag (RFC 9110 8.8.3). `*` and a list also match other CRLs. */
const entityTag = /^(?:W\/)?"[\x21\x23-\x7E\x80-\xFF]*"$/u;

/** Returns the condition for requests that have a copy; undefined if they must be unconditional. */
function conditionOf(transport: Transport | undefined): Condition | undefined {
  const etag = transport?.headers["etag"];
  if (transport === undefined || etag === undefined || !entityTag.test(etag)) return undefined;
  return { url: transport.redirects.at(-1) ?? transport.url, etag };
}

/** Whether a server confirms the entity tag that it received. A 304 to an unconditional request shows nothing. */
function isConfirmed({ transport: { status, headers }, sentTag }: Answer): boolean {
  if (status !== 304 || sentTag === undefined) return false;
  // RFC 9110 13.1.2: the comparison is weak, since a cache may change the tag to a weak one.
  const [sent, current] = [sentTag, headers["etag"] ?? sentTag].map((tag) => tag.replace(/^W\//u, ""));
  return sent === current;
}

/** Returns the answer; requests the CRL again if the answer refers to a copy that is damaged, or to another tag. */
async function withoutUselessCondition(
  url: string,
  answer: Answer | Refusal,
  copy: Copy | undefined,
  { ask }: Obtaining,
): Promise<Answer | Refusal> {
  if ("refused" in answer || answer.transport.status !== 304 || answer.sentTag === undefined) return answer;
  if (copy !== undefined && isConfirmed(answer)) return answer;
  // The file of an empty body is removed when it is read.
  readReceived(answer.body);
  return ask(url, undefined);
}

/**
 * Returns the answer that a 304 refers to: the body of the copy, with the updated header fields (RFC 9111 3.2, 4.3.4).
 */
function withStoredBody({ transport }: Answer, copy: Copy): Copy {
  return { transport: { ...transport, headers: { ...copy.transport.headers, ...transport.headers } }, body: copy.body };
}

/** The CRL in a body. */
interface ServedCrl extends Required<Pick<FetchedInput, "object" | "unjudged">> {
  /** Whether a content-encoding was removed from the body. */
  readonly isDecoded: boolean;
}

/** Reads a body: returns the first CRL, or the object found instead, and the CRLs that are not linted. */
export async function readServed(
  { url, headers }: Transport,
  body: Uint8Array,
  { maxSize, limits }: Pick<Obtaining, "maxSize" | "limits">,
): Promise<ServedCrl> {
  const decoded = await decodeBody(body, headers["content-encoding"], maxSize);
  const found = readInput(escapePath(url), decoded, limits);
  const object = chooseObject(found, "crl");
  return {
    object,
    unjudged: unlintedObjects(found, object),
    isDecoded: decoded !== body,
  };
}

function readGiven({ artefact }: InputObject, limits: Limits): GivenCrl {
  // The copy has the same URL as the CRL that is linted: a report must distinguish the two.
  return {
    crl: readCrl(artefact.bytes, "crl", { limits }),
    artefact: { ...artefact, name: `${artefact.name} (last good copy)` },
  };
}

function isSame({ artefact: a }: InputObject, { artefact: b }: InputObject): boolean {
  return sameBytes(a.bytes, b.bytes);
}

/**
 * Whether a CRL is not that of the CA, as far as it was checked. One with the CA's signature is the CA's, even if its
 * issuer is wrong.
 */
function isOfAnother({ core, signature, findings }: CheckedCrl): boolean {
  if (signature.verdict !== "not-checked") return signature.verdict === "invalid";
  return core.some(({ rule, status }) => status === "prevented" || findings.some((finding) => finding.rule === rule));
}

/**
 * Whether a CRL is older than the copy: the newest known CRL is kept. A copy that is dated later than the time of
 * receipt is replaced by any other, since its thisUpdate is wrong.
 *
 * @param receivedAt 0 if it is not known
 */
function isOlder({ artefact }: InputObject, before: GivenCrl | undefined, receivedAt: number, limits: Limits): boolean {
  const known = before?.crl.thisUpdate?.seconds;
  if (known === undefined || (receivedAt > 0 && known > receivedAt)) return false;
  return (readCrl(artefact.bytes, "crl", { limits }).thisUpdate?.seconds ?? 0) < known;
}
