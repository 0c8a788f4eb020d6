import type { AsOf } from "./time.ts";

/** A switch, which is given or not. */
export interface SwitchType {
  readonly kind: "switch";
}

/** One of several words. */
export interface ChoiceType<C extends string = string> {
  readonly kind: "choice";
  readonly choices: readonly C[];
  /** Noun for one of the choices, for messages, if there are too many to list: "profile". */
  readonly noun?: string;
}

/** A whole number within bounds. */
export interface NumberType {
  readonly kind: "number";
  readonly least: number;
  readonly most: number;
}

/** Maximum number that text can state for an option without an upper bound. Code may give a larger one. */
export const largestNumber = 999_999_999;

/** A number of bytes within bounds. In text, it can end in K, M or G. */
export interface SizeType {
  readonly kind: "size";
  readonly least: number;
  readonly most: number;
}

/** Text that is not empty. */
export interface TextType {
  readonly kind: "text";
}

/** A pattern of rules: an id, a part, `source:NAME`, `needs:INPUT`. */
export interface PatternType {
  readonly kind: "pattern";
}

/** The name or address of a host without a port, or `*`. */
export interface HostType {
  readonly kind: "host";
}

/** An absolute URL. */
export interface UrlType {
  readonly kind: "url";
  /** Whether it is the http or https URL of a receiver. Its path is often a secret, so no error repeats it. */
  readonly isReceiver?: true;
}

/** The time to lint as of. In text, a date and time, or a date; in code, a Date; or thisUpdate. */
export interface TimeType {
  readonly kind: "time";
}

/** A length of time: text such as `24h` or `PT24H`, also in code. */
export interface DurationType {
  readonly kind: "duration";
}

/** The path of one file or directory. */
export interface PathType {
  readonly kind: "path";
}

/** The paths of files or directories. In text, one at a time. */
export interface PathsType {
  readonly kind: "paths";
}

/** A switch that is on unless its flag, `--no-...`, turns it off. */
export interface OnType {
  readonly kind: "on";
}

/** Part `index` of `of` parts, from 1. In text, `2/5`. */
export interface PartType {
  readonly kind: "part";
}

/** Address that a server listens on: `HOST:PORT` or `unix:PATH`. */
export interface ListenType {
  readonly kind: "listen";
}

/** Reports and the files that they are written to. In text, `FORMAT=FILE`. */
export interface ReportsType<F extends string = string> {
  readonly kind: "reports";
  readonly formats: readonly F[];
}

/** A list. In text, items are separated by commas, or the option is repeated. */
export interface ListType<T extends ItemType = ItemType> {
  readonly kind: "list";
  readonly item: T;
  /** Whether a list of words adds to a previous one, instead of replacing it and the default. */
  readonly isAdded?: true;
}

/**
 * A value for each of some names. In text, `NAME=VALUE`, separated by commas or repeated. The last value of a name
 * counts.
 */
export interface TableType<K extends string = string, T extends ItemType = ItemType> {
  readonly kind: "table";
  /** Valid names; undefined if the names are patterns of rules. */
  readonly names: readonly K[] | undefined;
  valueFor(name: K): T;
  /** Form of an item in messages: "RULE=LEVEL". */
  readonly form: string;
}

type ItemType = ChoiceType | NumberType | PatternType | HostType;

/** The kind of values that an option takes. */
export type OptionType =
  | SwitchType
  | ChoiceType
  | NumberType
  | SizeType
  | TextType
  | PatternType
  | HostType
  | UrlType
  | TimeType
  | DurationType
  | PathType
  | PathsType
  | OnType
  | PartType
  | ListenType
  | ReportsType
  | ListType
  | TableType;

/** One of several parts of the inputs. */
export interface Part {
  /** Number of this part, from 1. */
  readonly index: number;
  /** Number of parts. */
  readonly of: number;
}

/** Maximum number of parts. */
export const maximumParts = 999_999;

/** Whether there can be such a part. */
export function isPart({ index, of }: Part): boolean {
  return index >= 1 && index <= of && of <= maximumParts;
}

/** Address that a server listens on. */
export type Listen = { readonly host: string; readonly port: number } | { readonly path: string };

/** A report that is written to a file. */
export interface ReportTarget<F extends string = string> {
  readonly format: F;
  readonly file: string;
}

// prettier-ignore
/** The value of an option as commands receive it. */
export type ValueOf<T> =
  T extends SwitchType ? true
  : T extends ChoiceType<infer C> ? C
  : T extends NumberType | SizeType ? number
  : T extends TextType | PatternType | HostType | UrlType | PathType | DurationType ? string
  : T extends TimeType ? AsOf
  : T extends PathsType ? readonly string[]
  : T extends OnType ? boolean
  : T extends PartType ? Part
  : T extends ListenType ? Listen
  : T extends ReportsType<infer F> ? readonly ReportTarget<F>[]
  : T extends ListType<infer I> ? readonly ValueOf<I>[]
  : T extends TableType<infer K, infer I>
    ? string extends K ? Readonly<Record<string, ValueOf<I>>> : { readonly [Name in K]?: ValueOf<I> }
  : never;

/** Returns the expected value as text that completes "Expected ..." and "... must be ...". */
export function expectedBy(type: OptionType): string {
  switch (type.kind) {
    case "switch":
    case "on":
      return "true or false";
    case "choice":
      return type.noun === undefined ? joinWords(type.choices, "or") : `a ${type.noun}, such as ${type.choices[1]}`;
    case "number":
      if (type.least === 0 && type.most === largestNumber) return "a whole number, 0 or greater";
      return `a whole number from ${type.least} to ${type.most}`;
    case "size":
      if (type.least > 1) return `a size from ${sizeText(type.least)} to ${sizeText(type.most)}, such as 512M`;
      return `a size of at most ${sizeText(type.most)}, such as 50M or 1000000`;
    case "text":
      return "text that is not empty";
    case "pattern":
      return "a rule's id, a part, source:NAME or needs:INPUT";
    case "host":
      return "the name or address of a host without a port, such as lint.example.com, or *";
    case "url":
      if (type.isReceiver === true) return "an http or https URL without user name and password";
      return "an absolute URL, such as http://crl.example.com/ca.crl";
    case "time":
      return "a time of RFC 3339 such as 2026-11-23T12:00:00Z, a date such as 2026-11-23, or thisUpdate";
    case "duration":
      return "a duration in weeks, days, hours, minutes or seconds, such as 7d, 24h, 90m or PT24H";
    case "part":
      return "I/N, part I of N, such as 2/5";
    case "listen":
      return "HOST:PORT or unix:PATH, such as 127.0.0.1:8080 or [::1]:8080";
    case "reports":
      return `FORMAT=FILE, where FORMAT is ${joinWords(type.formats, "or")}`;
    case "list":
      return `${expectedBy(type.item)}, or a list of them`;
    case "table":
      return `${type.form}, where ${describeTable(type)}`;
    default:
      return "a path";
  }
}

function describeTable(type: TableType): string {
  const [name = "", value = ""] = type.form.split("=");
  if (type.names === undefined) return `${value} is ${expectedBy(type.valueFor(""))}`;
  return `${name} is ${joinWords(type.names, "or")}`;
}

/** Joins words as `a, b or c`. */
export function joinWords(words: readonly string[], conjunction: "and" | "or"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${words.at(-1)}`;
}

const units: Readonly<Record<string, number>> = { "": 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** Returns a number of bytes as `--help` shows it: `256M`. */
export function sizeText(bytes: number): string {
  const unit = ["G", "M", "K"].find((each) => bytes % (units[each] ?? 1) === 0) ?? "";
  return `${bytes / (units[unit] ?? 1)}${unit}`;
}

/** Reads a number of bytes: digits, with or without K, M or G. Returns NaN for other text. */
export function parseSize(text: string): number {
  const { count = "", unit = "" } = /^(?<count>\d{1,10})(?<unit>[KMG]?)$/iu.exec(text)?.groups ?? {};
  return count === "" ? Number.NaN : Number(count) * (units[unit.toUpperCase()] ?? Number.NaN);
}
