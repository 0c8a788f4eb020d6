import * as v from "valibot";
import { escapeText } from "../name/escape.ts";
import { suggestNearest } from "../options/nearest.ts";
import { keysExpected } from "../options/schema.ts";
import { findValue, type Located, plainOf } from "./located.ts";
import type { Place, Problem } from "./problem.ts";

/** The maps of a file: the keys that each may have, by a path in which `*` is any index. Undefined for any key. */
export type KnownKeys = ReadonlyMap<string, readonly string[] | undefined>;

type Path = readonly (string | number)[];

/** Checks the keys of all maps of a file, and its values against a schema. Returns each problem with its place. */
export function checkShape(root: Located, schema: v.GenericSchema, known: KnownKeys): readonly Problem[] {
  const problems = checkKeys(root, [], known);
  if (root.kind !== "map") return problems;
  const { issues = [] } = v.safeParse(schema, plainOf(root));
  return [...problems, ...issues.flatMap((issue) => problemOf(narrow(issue), root))];
}

/** Reports unknown keys. They are usually mistyped, and the intended setting would be omitted silently. */
function checkKeys(value: Located, path: Path, known: KnownKeys): readonly Problem[] {
  const pattern = path.map((step) => (typeof step === "number" ? "*" : step)).join(".");
  if (known.has(pattern) && value.kind !== "map") {
    const message = `${nameOf(path)}: expected ${keysExpected}, found ${describe(value)}`;
    return [{ id: "wrong-value", message, at: value.at }];
  }
  if (value.kind === "list") return value.items.flatMap((item, i) => checkKeys(item, [...path, i], known));
  if (value.kind === "scalar") return [];
  const keys = known.get(pattern);
  return [...value.entries].flatMap(([key, entry]) => {
    if (keys === undefined || keys.includes(key)) return checkKeys(entry.value, [...path, key], known);
    return [unknownKey(key, entry.key, path, keys)];
  });
}

function unknownKey(key: string, at: Place, path: Path, keys: readonly string[]): Problem {
  const where = path.length === 0 ? "" : ` in ${nameOf(path)}`;
  const hint = suggestNearest(key, keys);
  const help = `known keys: ${keys.join(", ")}`;
  return { id: "unknown-key", message: `unknown key "${escapeText(key)}"${where}${hint}`, at, help };
}

/**
 * Chooses the intended one of several ways to write a value: the one that matched furthest, or has the value's type.
 */
function narrow(issue: v.BaseIssue<unknown>): v.BaseIssue<unknown> {
  if (issue.type !== "union" || issue.issues === undefined) return issue;
  const deepest = issue.issues.toSorted((a, b) => depthOf(b) - depthOf(a))[0];
  const chosen = Array.isArray(issue.input)
    ? deepest
    : issue.issues.find(({ type }) => type === "picklist" && typeof issue.input === "string");
  if (chosen === undefined || (Array.isArray(issue.input) && depthOf(chosen) === 0)) return issue;
  const path = [...(issue.path ?? []), ...(chosen.path ?? [])];
  return path.length === 0 ? chosen : { ...chosen, path: path as [v.IssuePathItem, ...v.IssuePathItem[]] };
}

function depthOf({ path }: v.BaseIssue<unknown>): number {
  return path?.length ?? 0;
}

function problemOf(issue: v.BaseIssue<unknown>, root: Located): readonly Problem[] {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  // `checkKeys` has reported all unknown keys.
  if (issue.type === "strict_object" && issue.expected === "never") return [];
  if (issue.type === "strict_object" && issue.received === "undefined") {
    const at = findValue(root, path.slice(0, -1))?.at ?? root.at;
    const message = `${nameOf(path.slice(0, -1))}: the key ${String(path.at(-1))} is missing`;
    return [{ id: "missing-key", message, at }];
  }
  const value = findValue(root, path) ?? root;
  const found = `found ${describe(value)}`;
  if (issue.type !== "picklist") {
    return [{ id: "wrong-value", message: `${nameOf(path)}: expected ${issue.message}, ${found}`, at: value.at }];
  }
  const choices = choicesOf(issue);
  const hint = typeof issue.input === "string" ? suggestNearest(issue.input, choices) : "";
  const message = `${nameOf(path)}: expected one of ${choices.join(", ")}, ${found}${hint}`;
  return [{ id: "wrong-value", message, at: value.at }];
}

function choicesOf({ expected }: v.BaseIssue<unknown>): readonly string[] {
  return [...(expected ?? "").matchAll(/"(?<choice>[^"]*)"/gu)].map(({ groups }) => groups?.["choice"] ?? "");
}

/** Returns a path as people write it, with its keys escaped: `suppress[0].reason`. */
export function nameOf(path: Path): string {
  if (path.length === 0) return "this file";
  const steps = path.map((step, i) => {
    if (typeof step === "number") return `[${step}]`;
    return `${i === 0 ? "" : "."}${escapeText(step, { max: 60 })}`;
  });
  return steps.join("");
}

function describe(value: Located): string {
  if (value.kind === "list") return value.items.length === 0 ? "an empty list" : "a list";
  if (value.kind === "map") return "keys with values";
  if (value.value === null) return "nothing";
  return typeof value.value === "string" ? `"${escapeText(value.value, { max: 60 })}"` : String(value.value);
}
