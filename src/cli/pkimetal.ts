import { readCrl } from "../crl/read.ts";
import { usualLimits } from "../der/limits.ts";
import { bytesOf } from "../der/span.ts";
import { latin1 } from "../der/strings.ts";
import type { IssuerStore } from "../given/issuer-store.ts";
import { readInput } from "../input/read.ts";
import { escapeText } from "../name/escape.ts";
import { UsageError } from "../options/usage-error.ts";
import type { Flags } from "../options/values.ts";
import { escapeLine } from "../report/escape-line.ts";
import { lintForRequest } from "../serve/lint.ts";
import { findingsOf, type PkimetalFinding } from "../serve/pkimetal.ts";
import { Problem } from "../serve/problem.ts";
import type { ProfileId } from "../sources/profiles.ts";
import type { ExitCode, Io } from "./io.ts";
import { readStoreOf } from "./issuers.ts";

/** Lines that pkimetal waits for. */
const ready = "[Ready]";
const endOfResults = "[EndOfResults]";

/** Maximum number of characters of a message. pkimetal reads lines of less than 64 KiB. */
const longestMessage = 8000;

/** The last line of a request. */
const endLine = /-----END [A-Z0-9 ]+-----/u;

/** Maximum number of bytes of the last line of a request. */
const longestEndLine = 1000;

/** A request of pkimetal: a line with the number of a profile, then PEM. */
interface PkimetalRequest {
  readonly profile: string;
  /** Undefined if it is larger than a CRL may be. */
  readonly pem: Uint8Array | undefined;
  /** Whether it has an END line. Only the last request can lack it. */
  readonly isComplete: boolean;
}

/**
 * Answers the requests that pkimetal writes to an external linter, one after another, until standard input ends.
 *
 * @returns 0, or 2 if the last request is not complete
 * @throws UsageError if the store of issuers cannot be read, or the number of a profile is invalid
 */
export async function pkimetal(flags: Flags<"pkimetal">, io: Io): Promise<ExitCode> {
  const issuers = await readStoreOf(flags.issuers, usualLimits, io);
  const profiles = new Map(Object.entries(flags.profileId ?? {}));
  for (const id of profiles.keys()) {
    if (!/^\d{1,9}$/u.test(id)) throw new UsageError(`--profile-id ${escapeText(id)}: a number must be before =`);
  }
  if (!(await io.write(`${ready}\n`))) return 2;
  let code: ExitCode = 0;
  for await (const request of requestsOf(io.readStdin(), usualLimits.size)) {
    if (!request.isComplete) code = 2;
    const findings = answer(request, profiles, flags, io, issuers);
    const lines = findings.map((finding) => (flags.format === "text" ? textLine(finding) : jsonLine(finding)));
    if (!(await io.write([...lines, endOfResults, ""].join("\n")))) return 2;
  }
  return code;
}

/** Returns the findings on a request. If something prevents linting, it is a finding of severity fatal. */
function answer(
  { profile: id, pem, isComplete }: PkimetalRequest,
  profiles: ReadonlyMap<string, ProfileId>,
  flags: Flags<"pkimetal">,
  { now }: Pick<Io, "now">,
  issuers: IssuerStore | undefined,
): readonly PkimetalFinding[] {
  if (!isComplete) return [fatal("standard input ends before the END line of the request")];
  if (!/^\d{1,9}$/u.test(id)) return [fatal("the first line of a request must be the number of a profile")];
  if (pem === undefined) return [fatal(`the request has more than ${usualLimits.size} bytes`)];
  const asked = profiles.get(id);
  const profile = asked === undefined ? flags.profile : [asked];
  const input = flags.tbs === true ? unsigned(pem) : undefined;
  const options = {
    profile,
    now: flags.now ?? new Date(now() * 1000),
    ...(flags.allDates === true && { allDates: true }),
    ...(flags.validFor !== undefined && { validFor: flags.validFor }),
  };
  try {
    const runs = lintForRequest({ ...options, crl: input ?? pem, form: input ? "tbs" : "crl" }, issuers);
    const found = findingsOf(runs, profile.join(",")).filter(({ Severity }) => Severity !== "meta");
    return input === undefined ? found : [...found, placeholder];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return [fatal(error.details.detail)];
  }
}

function fatal(text: string): PkimetalFinding {
  return { Linter: "crllint", Finding: text, Severity: "fatal" };
}

/** Finding on a CRL that was linted without its signature. */
const placeholder: PkimetalFinding = {
  Linter: "crllint",
  Field: "signatureValue",
  Finding: "linted as a TBSCertList: the signature is the placeholder of pkimetal",
  Severity: "notice",
};

/**
 * ECDSA signatures with SHA-256 or SHA-384 that pkimetal uses as placeholders. Its placeholders of other algorithms are
 * empty.
 */
const placeholders: ReadonlySet<string> = new Set(["", ecdsaPlaceholder(4), ecdsaPlaceholder(6)]);

/** Returns the bytes of an ECDSA-Sig-Value with two equal numbers, each of 8 * count + 1 bytes. */
function ecdsaPlaceholder(count: number): string {
  const number = `${"\u0001#Eg\u0089\u00ab\u00cd\u00ef".repeat(count)}\u0001`;
  const integer = `\u0002${String.fromCharCode(number.length)}${number}`;
  return `0${String.fromCharCode(2 * integer.length)}${integer}${integer}`;
}

/** Returns the TBSCertList of a CRL whose signature is a placeholder. pkimetal makes such CRLs for /linttbscrl. */
function unsigned(pem: Uint8Array): Uint8Array | undefined {
  const [object, ...others] = readInput("crl", pem);
  if (object?.kind !== "crl" || others.length > 0) return undefined;
  const { bytes } = object.artefact;
  const { tbsCertList, signatureValue } = readCrl(bytes);
  if (tbsCertList === undefined || signatureValue?.bits === undefined) return undefined;
  return placeholders.has(latin1(bytesOf(bytes, signatureValue.bits))) ? bytesOf(bytes, tbsCertList) : undefined;
}

function jsonLine({ Field = "", Code = "", Finding, Severity }: PkimetalFinding): string {
  const message = shorten(Finding);
  // pkimetal shows the code instead of the message.
  const description = { severity: Severity, code: Code === "" ? message : Code, message };
  return JSON.stringify({ results: [{ node_path: Field, finding_descriptions: [description] }] });
}

function textLine({ Field, Code, Finding, Severity }: PkimetalFinding): string {
  const where = Field === undefined ? "" : `${Field}: `;
  const rule = Code === undefined ? "" : ` [${Code}]`;
  return `${Severity.charAt(0).toUpperCase()}: ${escapeLine(`${where}${shorten(Finding)}${rule}`)}`;
}

function shorten(text: string): string {
  return text.length > longestMessage ? `${text.slice(0, longestMessage)} ...` : text;
}

/**
 * Divides standard input into requests. A request ends with an END line of PEM, whatever precedes it, so requests after
 * an unreadable one are still found.
 *
 * @param most maximum number of bytes of a request; the rest of a larger one is skipped
 */
async function* requestsOf(input: AsyncIterable<Uint8Array>, most: number): AsyncIterable<PkimetalRequest> {
  let request = new Request(most);
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      request.add(chunk.subarray(start, end + 1));
      start = end + 1;
      if (!request.endsHere()) continue;
      yield request.take(true);
      request = new Request(most);
    }
    request.add(chunk.subarray(start));
  }
  // The last line may lack its line feed.
  const isComplete = request.endsHere();
  if (request.hasBegun) yield request.take(isComplete);
}

const lineFeed = 0x0a;

/** The lines of a request that have been read so far. */
class Request {
  readonly #most: number;
  #profile: string | undefined;
  #pieces: Uint8Array[] = [];
  #size = 0;
  #line: Uint8Array[] = [];
  #lineSize = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Adds a line, or a part of one. */
  add(piece: Uint8Array): void {
    this.#size += piece.length;
    this.#lineSize += piece.length;
    if (this.#size > this.#most) this.#pieces = [];
    else if (this.#profile !== undefined) this.#pieces.push(piece);
    if (this.#lineSize <= longestEndLine) this.#line.push(piece);
  }

  /** Whether it has a line with more than spaces. */
  get hasBegun(): boolean {
    return this.#profile !== undefined;
  }

  /** Ends a line, and returns whether it is the last one. */
  endsHere(): boolean {
    const isLong = this.#lineSize > longestEndLine;
    const line = isLong ? "" : latin1(Buffer.concat(this.#line)).trim();
    this.#line = [];
    this.#lineSize = 0;
    if (isLong || line !== "") this.#profile ??= line;
    return endLine.test(line);
  }

  /** Returns the request. */
  take(isComplete: boolean): PkimetalRequest {
    const pem = this.#size > this.#most ? undefined : new Uint8Array(Buffer.concat(this.#pieces));
    return { profile: this.#profile ?? "", pem, isComplete };
  }
}
