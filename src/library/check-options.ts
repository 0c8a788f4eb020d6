import { isLimit, limitNames } from "../der/limits.ts";
import { parseDuration } from "../options/duration.ts";
import { type OptionDefinition, options } from "../options/table.ts";
import { type ChoiceType, expectedBy, joinWords, largestNumber, type OptionType } from "../options/type.ts";
import { libraryNameOf } from "../options/values.ts";

/** The values that an option allows, in words for messages and as a test. */
export interface Kind {
  readonly is: string;
  readonly fits: (value: unknown) => boolean;
}

/** Kinds of the options, by their names. */
export type Kinds = Readonly<Record<string, Kind>>;

/**
 * Returns the built-in tag of a value. Unlike its class, the tag is the same in every realm: test runners and frames
 * have their own realms.
 */
function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function isBytes(value: unknown): boolean {
  return isView(value) && !isDetached(value);
}

function isView(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && tagOf(value) === "Uint8Array";
}

/** Whether the buffer of a view was transferred, or became too short for it. Node 20 has no property for this. */
function isDetached({ buffer, byteOffset, byteLength }: Uint8Array): boolean {
  try {
    return new Uint8Array(buffer, byteOffset, byteLength).byteLength !== byteLength;
  } catch {
    return true;
  }
}

function isDate(value: unknown): boolean {
  return tagOf(value) === "Date" && !Number.isNaN(Number(value));
}

function isListOf(fits: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every(fits);
}

function hasMethods(...names: readonly string[]): (value: unknown) => boolean {
  return (value) =>
    typeof value === "object" &&
    value !== null &&
    names.every((name) => typeof (value as Readonly<Record<string, unknown>>)[name] === "function");
}

const isText = (value: unknown): boolean => typeof value === "string";
const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
const isRule = (value: unknown): boolean => isObject(value) && typeof (value as { id?: unknown }).id === "string";

const isLimits = (value: unknown): boolean =>
  isObject(value) &&
  Object.entries(value as object).every(([key, limit]) => {
    const name = limitNames.find((each) => each === key);
    return name !== undefined && (limit === undefined || isLimit(name, limit));
  });

const bytes: Kind = { is: "a Uint8Array", fits: isBytes };
const files: Kind = { is: "an array of Uint8Array", fits: isListOf(isBytes) };
const texts: Kind = { is: "an array of strings", fits: isListOf(isText) };
const contents: Readonly<Record<string, Kind>> = {
  one: bytes,
  many: files,
  oneOrMore: {
    is: "a Uint8Array, an array of them, or none",
    fits: (value) => isBytes(value) || files.fits(value) || value === "none",
  },
  store: { is: "a store of issuers, as openIssuers of crllint/files returns it", fits: hasMethods("candidatesFor") },
};

/** A path, or an array of paths. */
export const pathsKind: Kind = {
  is: "a path or an array of paths",
  fits: (value) => isText(value) || texts.fits(value),
};

/** Returns the kind of a type of option. */
function kindOf(type: OptionType): Kind {
  switch (type.kind) {
    case "switch":
      return { is: expectedBy(type), fits: (value) => typeof value === "boolean" };
    case "choice":
      return {
        is: joinWords(type.choices, "or"),
        fits: (value) => (type.choices as readonly unknown[]).includes(value),
      };
    case "number":
      return {
        is: expectedBy(type),
        fits: (value) =>
          Number.isSafeInteger(value) &&
          Number(value) >= type.least &&
          (Number(value) <= type.most || type.most === largestNumber),
      };
    case "url":
      return { is: "an absolute URL", fits: (value) => isText(value) && /^[a-z][a-z0-9+.-]*:/iu.test(String(value)) };
    case "time":
      return { is: 'a valid Date or "thisUpdate"', fits: (value) => isDate(value) || value === "thisUpdate" };
    case "duration":
      return { is: expectedBy(type), fits: (value) => isText(value) && parseDuration(String(value)) !== undefined };
    case "paths":
      return pathsKind;
    case "list":
      return type.item.kind === "choice" ? oneOrMoreOf(type.item) : texts;
    case "table":
      if (type.names === undefined) return levelsOf(kindOf(type.valueFor("")));
      return limits;
    default:
      return { is: "a string", fits: isText };
  }
}

function oneOrMoreOf({ choices, noun }: ChoiceType): Kind {
  return {
    is: `a ${noun} or several: see \`${noun}s\``,
    fits: (value) => {
      const values: readonly unknown[] = Array.isArray(value) ? value : [value];
      return values.length > 0 && values.every((each) => (choices as readonly unknown[]).includes(each));
    },
  };
}

function levelsOf(level: Kind): Kind {
  return {
    is: `an object of rules and their levels: ${level.is}`,
    fits: (value) => isObject(value) && Object.values(value as object).every(level.fits),
  };
}

function kindsOf(isTaken: (option: OptionDefinition) => boolean, kind: (option: OptionDefinition) => Kind): Kinds {
  const kinds: Record<string, Kind> = {};
  for (const [name, option] of options) {
    const libraryName = libraryNameOf(name, option);
    if (libraryName !== undefined && isTaken(option)) kinds[libraryName] = kind(option);
  }
  return kinds;
}

const verifier: Kind = {
  is: "an object with verify, sha256 and sha1",
  fits: hasMethods("verify", "sha256", "sha1"),
};
const limits: Kind = {
  is: `an object of limits and whole numbers from 1: ${limitNames.join(", ")}`,
  fits: isLimits,
};

const contentKinds: Kinds = {
  ...kindsOf(
    ({ library }) => library?.only === undefined,
    ({ library, type }) => (library?.holds === undefined ? undefined : contents[library.holds]) ?? kindOf(type),
  ),
  disclosedUrls: texts,
  transport: { is: "an object", fits: isObject },
  copies: files,
  rules: { is: "an array of rules", fits: isListOf(isRule) },
  verifier,
  name: { is: "a string", fits: isText },
};

/** Options of `lintCrl`. */
export const crlKinds: Kinds = { ...contentKinds, crl: bytes, shards: files, together: files };

/** Options of `lintShards`. */
export const shardKinds: Kinds = { ...contentKinds, crls: files };

/** Options of `certificateStatus`. */
export const statusKinds: Kinds = {
  certificate: bytes,
  chain: files,
  crls: files,
  now: { is: "a valid Date", fits: isDate },
  verifier,
  limits,
};

/** Options of functions that take paths instead of contents. */
export const pathKinds: Kinds = kindsOf(
  ({ library }) => library?.only !== "command",
  ({ type }) => kindOf(type),
);

/**
 * Checks options for errors that callers without types can make: a gate must not continue without an input whose name
 * was mistyped.
 *
 * @param caller name of the function, for messages
 * @param kinds the options that it has
 * @param required names of the options that must be given
 * @throws TypeError with the name of the option and the expected value
 */
export function checkOptions(caller: string, given: object, kinds: Kinds, ...required: readonly string[]): void {
  if (!isObject(given)) throw new TypeError(`${caller} takes an object of options`);
  const values = given as Readonly<Record<string, unknown>>;
  const missing = required.find((name) => values[name] === undefined);
  if (missing !== undefined) throw new TypeError(`${caller}: ${missing} is missing`);
  for (const [name, value] of Object.entries(values)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) throw new TypeError(`${caller} has no option ${JSON.stringify(name)}`);
    if (value !== undefined && !kind.fits(value)) {
      throw new TypeError(`${caller}: ${name} must be ${kind.is}, not ${describe(value)}`);
    }
  }
  if (values["form"] === "tbs" && values["tbsWas"] !== undefined) {
    throw new TypeError(`${caller}: tbsWas is compared with a signed CRL, and form is "tbs"`);
  }
}

/** Returns a short description of any value, for messages. */
function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  if (typeof value !== "object" || value === null) return String(value);
  const isUnusable = (each: unknown): boolean => isView(each) && isDetached(each);
  if (Array.isArray(value)) {
    if (value.length === 0) return "an empty array";
    return value.some(isUnusable) ? "an array with one whose ArrayBuffer is detached" : "such an array";
  }
  if (isUnusable(value)) return "one whose ArrayBuffer is detached";
  return tagOf(value) === "Date" ? "an invalid Date" : `an object (${tagOf(value)})`;
}
