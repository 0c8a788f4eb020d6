import { escapeText } from "../name/escape.ts";
import { parseDuration } from "./duration.ts";
import { findNearest } from "./nearest.ts";
import { parseTime } from "./time.ts";
import {
  type ChoiceType,
  expectedBy,
  isPart,
  type Listen,
  type ListType,
  type NumberType,
  type OptionType,
  type Part,
  parseSize,
  type ReportsType,
  type ReportTarget,
  type SizeType,
  joinWords,
  type TableType,
  type UrlType,
} from "./type.ts";

/** Thrown if a text is not a valid value of an option. Its message is an escaped sentence. */
export class ValueError extends Error {
  override readonly name = "ValueError";
}

/**
 * Reads a value as it is written on the command line, in the environment and in forms.
 *
 * @param previous previous value of the same option, if the option is repeated
 * @throws ValueError that states what is expected
 */
export function valueFromText(type: OptionType, text: string, previous?: unknown): unknown {
  switch (type.kind) {
    case "switch":
    case "on":
      return switchValue(text) ?? refuse(type);
    case "choice":
      return choiceValue(type, text);
    case "number":
      return numberValue(type, text);
    case "size":
      return sizeValue(type, text);
    case "url":
      return urlValue(type, text);
    case "time":
      return parseTime(text) ?? refuse(type);
    case "duration":
      return parseDuration(text) === undefined ? refuse(type) : text;
    case "paths":
      return [...((previous as readonly string[] | undefined) ?? []), text];
    case "part":
      return partValue(text) ?? refuse(type);
    case "listen":
      return listenValue(text) ?? refuse(type);
    case "reports":
      return [...((previous as readonly ReportTarget[] | undefined) ?? []), reportValue(type, text)];
    case "list":
      return listValue(type, text, previous as readonly unknown[] | undefined);
    case "table":
      return tableValue(type, text, previous as Readonly<Record<string, unknown>> | undefined);
    default:
      return text;
  }
}

function refuse(type: OptionType): never {
  throw new ValueError(`Expected ${expectedBy(type)}.`);
}

/** Reads the value of a switch. A ticked checkbox of a form has the value `on`. */
function switchValue(text: string): boolean | undefined {
  if (["true", "1", "on"].includes(text)) return true;
  return ["false", "0"].includes(text) ? false : undefined;
}

function choiceValue(type: ChoiceType, text: string): string {
  if (type.choices.includes(text)) return text;
  if (type.noun === undefined) return refuse(type);
  // The case does not matter, since people type these names.
  const lower = text.toLowerCase();
  if (type.choices.includes(lower)) return lower;
  const nearest = findNearest(lower, type.choices);
  const all = joinWords(type.choices, "and");
  const hint = nearest === undefined ? ` There are ${all}.` : ` Did you mean ${nearest}? There are ${all}.`;
  throw new ValueError(`There is no ${type.noun} ${escapeText(text, { max: 60 })}.${hint}`);
}

function numberValue(type: NumberType, text: string): number {
  const number = /^\d{1,10}$/u.test(text) ? Number(text) : Number.NaN;
  return number >= type.least && number <= type.most ? number : refuse(type);
}

function sizeValue(type: SizeType, text: string): number {
  const size = parseSize(text);
  return size >= type.least && size <= type.most ? size : refuse(type);
}

function urlValue(type: UrlType, text: string): string {
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:/u.test(text) || !URL.canParse(text)) return refuse(type);
  if (type.isReceiver !== true) return text;
  const { protocol, username, password } = new URL(text);
  const isHttp = protocol === "http:" || protocol === "https:";
  return isHttp && username === "" && password === "" ? text : refuse(type);
}

function partValue(text: string): Part | undefined {
  const { index, of } = /^(?<index>[1-9]\d*)\/(?<of>[1-9]\d*)$/u.exec(text)?.groups ?? {};
  const part = { index: Number(index), of: Number(of) };
  return isPart(part) ? part : undefined;
}

/** Reads `127.0.0.1:8080`, `[::1]:8080`, `localhost:0` or `unix:/run/crllint.sock`. */
function listenValue(text: string): Listen | undefined {
  if (text.startsWith("unix:")) {
    const path = text.slice("unix:".length);
    return path === "" ? undefined : { path };
  }
  const {
    bracketed,
    plain,
    port = "",
  } = /^(?:\[(?<bracketed>[\da-f:.]+)\]|(?<plain>[^:[\]/\s]+)):(?<port>\d{1,5})$/iu.exec(text)?.groups ?? {};
  const host = bracketed ?? plain;
  return host === undefined || Number(port) > 65_535 ? undefined : { host, port: Number(port) };
}

/** Reads `lint.example.com`, `192.0.2.1`, `[::1]`, `::1` or `*`. */
function hostValue(text: string): string {
  const name = text.replace(/^\[(?<address>.*)\]$/u, "$<address>").toLowerCase();
  const isHost = name === "*" || /^(?:[\da-z](?:[\d.a-z_-]*[\da-z])?|[\d.:a-f]*:[\d.:a-f]*)$/u.test(name);
  return isHost ? name : refuse({ kind: "host" });
}

function reportValue(type: ReportsType, text: string): ReportTarget {
  const at = text.indexOf("=");
  const format = type.formats.find((name) => name === text.slice(0, at));
  if (format === undefined) return refuse(type);
  const file = text.slice(at + 1);
  if (file === "" || file === "-") throw new ValueError("No file given; --format is for standard output.");
  return { format, file };
}

function listValue({ item, isAdded }: ListType, text: string, previous: readonly unknown[] = []): readonly unknown[] {
  const items = splitList(text);
  if (item.kind === "host") return [...previous, ...items.map(hostValue)];
  if (item.kind !== "choice") return [...previous, ...items];
  if (items.length === 0) throw new ValueError(`No ${item.noun ?? "value"} given.`);
  const words = items.map((word) => choiceValue(item, word));
  return isAdded === true ? [...previous, ...words] : words;
}

function tableValue(
  type: TableType,
  text: string,
  previous: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const added = splitList(text).map((item) => {
    const at = item.indexOf("=");
    const name = item.slice(0, Math.max(at, 0));
    if (name === "" || (type.names !== undefined && !type.names.includes(name))) return refuse(type);
    return [name, tableItem(type, name, item.slice(at + 1))] as const;
  });
  return mergeTables(previous, Object.fromEntries(added));
}

function tableItem(type: TableType, name: string, text: string): unknown {
  try {
    return valueFromText(type.valueFor(name), text);
  } catch (error) {
    if (!(error instanceof ValueError) || type.names === undefined) return refuse(type);
    throw new ValueError(`${name}: ${error.message}`, { cause: error });
  }
}

/** Merges two tables, with the names of the second last: if several patterns match a rule, the last one counts. */
export function mergeTables<T>(first: Readonly<Record<string, T>>, second: Readonly<Record<string, T>>) {
  const kept = Object.entries(first).filter(([name]) => !Object.hasOwn(second, name));
  return Object.fromEntries([...kept, ...Object.entries(second)]);
}

function splitList(text: string): readonly string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
