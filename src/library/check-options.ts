import { isLimit, limitNames } from "../der/limits.ts";
import { severities } from "../rule/report.ts";
import { isProfile } from "../sources/profiles.ts";
import type { LintCrlOptions, LintShardsOptions } from "./options.ts";

/** What an option must be, and whether a value is that. */
export interface Kind {
  readonly is: string;
  readonly fits: (value: unknown) => boolean;
}

/** What each option must be. */
export type Kinds<Options> = Readonly<Record<keyof Options & string, Kind>>;

/** The kind of an object by its own word, which is the same in another realm: test runners and frames have their own. */
function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function isBytes(value: unknown): boolean {
  return ArrayBuffer.isView(value) && tagOf(value) === "Uint8Array";
}

function isDate(value: unknown): boolean {
  return tagOf(value) === "Date" && !Number.isNaN(Number(value));
}

/** Whether a value is a list of what fits. */
export function isListOf(fits: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every(fits);
}

function oneOf(...values: readonly unknown[]): Kind {
  const names = values.map(String);
  return { is: `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`, fits: (value) => values.includes(value) };
}

function hasMethods(...names: readonly string[]): (value: unknown) => boolean {
  return (value) =>
    typeof value === "object" &&
    value !== null &&
    names.every((name) => typeof (value as Readonly<Record<string, unknown>>)[name] === "function");
}

/** Whether a value is a string. */
export const isText = (value: unknown): boolean => typeof value === "string";
const isProfileName = (value: unknown): boolean => typeof value === "string" && isProfile(value);
const isLevel = (value: unknown): boolean => value === "off" || (severities as readonly unknown[]).includes(value);
const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
const areLimits = (value: unknown): boolean =>
  isObject(value) &&
  Object.entries(value as object).every(([key, limit]) => {
    const name = limitNames.find((each) => each === key);
    return name !== undefined && (limit === undefined || isLimit(name, limit));
  });
const isRule = (value: unknown): boolean => isObject(value) && typeof (value as { id?: unknown }).id === "string";

const bytes: Kind = { is: "a Uint8Array", fits: isBytes };
const files: Kind = { is: "an array of Uint8Array", fits: isListOf(isBytes) };
const texts: Kind = { is: "an array of strings", fits: isListOf(isText) };
/** A string. */
export const text: Kind = { is: "a string", fits: isText };
/** true or false. */
export const flag: Kind = { is: "true or false", fits: (value) => typeof value === "boolean" };

/** Options of all functions that lint. */
export const commonKinds = {
  form: oneOf("crl", "tbs"),
  url: { is: "an absolute URL", fits: (value) => isText(value) && /^[a-z][a-z0-9+.-]*:/iu.test(String(value)) },
  profile: {
    is: "a profile or several: see `profiles`",
    fits: (value) => {
      const names: readonly unknown[] = Array.isArray(value) ? value : [value];
      return names.length > 0 && names.every(isProfileName);
    },
  },
  select: texts,
  ignore: texts,
  severity: {
    is: "an object of rules and their levels: error, warning, notice or off",
    fits: (value) => isObject(value) && Object.values(value as object).every(isLevel),
  },
  now: { is: "a valid Date", fits: isDate },
  scope: oneOf("subscriber", "ca", "both"),
  completeness: oneOf("full", "partitioned"),
  allDates: flag,
  signature: oneOf("verify", "ignore"),
  failOn: oneOf(...severities, "never"),
  failOnSkipped: flag,
  maxFindings: { is: "a whole number from 0 on", fits: (value) => Number.isSafeInteger(value) && Number(value) >= 0 },
  limits: { is: `an object of limits and whole numbers from 1 on: ${limitNames.join(", ")}`, fits: areLimits },
} as const satisfies Readonly<Record<string, Kind>>;

/** Options of functions that take octets, without those of one of them alone. */
const octetKinds = {
  ...commonKinds,
  issuer: {
    is: "a Uint8Array, an array of them, or none",
    fits: (value) => isBytes(value) || files.fits(value) || value === "none",
  },
  previous: bytes,
  base: bytes,
  certificates: files,
  expectRevoked: files,
  expectGood: files,
  disclosedUrls: texts,
  ccadb: bytes,
  transport: { is: "an object", fits: isObject },
  copies: files,
  tbsWas: bytes,
  rules: { is: "an array of rules", fits: isListOf(isRule) },
  verifier: { is: "an object with verify, sha256 and sha1", fits: hasMethods("verify", "sha256", "sha1") },
  name: text,
} as const satisfies Kinds<Omit<LintCrlOptions, "crl" | "shards">>;

/** Options of `lintCrl`. */
export const crlKinds: Kinds<LintCrlOptions> = { ...octetKinds, crl: bytes, shards: files };

/** Options of `lintShards`. */
export const shardKinds: Kinds<LintShardsOptions> = { ...octetKinds, crls: files };

/**
 * Checks what a caller without types may get wrong: a gate must not go on without an input whose name was mistyped.
 *
 * @param caller name of the function, for messages
 * @param kinds what its options must be
 * @param required option that must be there, if any
 * @throws TypeError that names the option and what it must be
 */
export function checkOptions(
  caller: string,
  options: object,
  kinds: Readonly<Record<string, Kind>>,
  required?: string,
): void {
  if (!isObject(options)) throw new TypeError(`${caller} takes an object of options`);
  const given = options as Readonly<Record<string, unknown>>;
  if (required !== undefined && given[required] === undefined) throw new TypeError(`${caller}: ${required} is missing`);
  for (const [name, value] of Object.entries(given)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) throw new TypeError(`${caller} has no option ${JSON.stringify(name)}`);
    if (value !== undefined && !kind.fits(value)) {
      throw new TypeError(`${caller}: ${name} must be ${kind.is}, not ${describe(value)}`);
    }
  }
  if (given["form"] === "tbs" && given["tbsWas"] !== undefined) {
    throw new TypeError(`${caller}: tbsWas is compared with a signed CRL, and form is "tbs"`);
  }
}

/** A value as a message names it: short, whatever it is. */
function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty array" : "such an array";
  return tagOf(value) === "Date" ? "an invalid Date" : `an object (${tagOf(value)})`;
}
