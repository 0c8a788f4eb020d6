import * as v from "valibot";
import type { Aspect } from "../rule/aspects.ts";
import type { Run } from "../rule/report.ts";
import type { RuleHead } from "../rule/rule.ts";
import { type KnownFinding, knownFinding } from "../lint/suppress.ts";
import { serialize } from "../report/serialize.ts";
import { checkShape, type KnownKeys } from "./check-shape.ts";
import { plainOf } from "./located.ts";
import type { Problem } from "./problem.ts";
import { maximumSize, readYaml } from "./read-yaml.ts";
import { baselineSchema, type WrittenBaseline } from "./schema.ts";

/** A baseline, or the problems that make it invalid. */
export type BaselineResult = { readonly entries: readonly KnownFinding[] } | { readonly problems: readonly Problem[] };

const known: KnownKeys = new Map([
  ["", Object.keys(baselineSchema.entries)],
  ["entries.*", ["rule", "path", "issuerSha256", "sha256", "caSha256"]],
]);

/**
 * Reads the output of `crllint baseline`. It may be much larger than a file that people write. Only if it is not a
 * baseline, it is read a second time to locate the error.
 *
 * Never throws, whatever the text is.
 */
export function readBaseline(text: string): BaselineResult {
  const value = parseJson(text);
  const checked = value === undefined ? undefined : v.safeParse(baselineSchema, value);
  if (checked?.success === true) return { entries: checked.output.entries };
  if (text.length > maximumSize) {
    const message = "this is not a baseline, and too large to locate the error";
    return {
      problems: [{ id: "too-large", message, at: { start: 0, end: 1 }, help: "write a new one: crllint baseline" }],
    };
  }
  const read = readYaml(text);
  if ("problems" in read) return read;
  const problems = checkShape(read.root, baselineSchema, known);
  if (problems.length > 0) return { problems };
  return { entries: (plainOf(read.root) as WrittenBaseline).entries };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The YAML reader locates the error.
    return undefined;
  }
}

/** Returns the text of a baseline: each finding once, in an order that depends only on the findings. */
export function writeBaseline(entries: Iterable<KnownFinding>): string {
  const byKey = new Map([...entries].map((entry) => [keyOf(entry), entry]));
  const sorted = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  const items = sorted.map(({ issuerSha256, rule, path, sha256, caSha256 }) => ({
    rule,
    path,
    issuerSha256,
    sha256,
    caSha256,
  }));
  return `${[...serialize({ $schema: "baseline-1.json", version: 1, entries: items })].join("")}\n`;
}

/** Yields the findings of a run that a baseline may contain: those that are not suppressed and can be. */
export function* findKnown(
  run: Run,
  rules: ReadonlyMap<string, RuleHead>,
  expects: readonly Aspect[] = [],
): Iterable<KnownFinding> {
  for (const finding of run.findings) {
    const entry = finding.suppressed === undefined ? knownFinding(finding, run, rules, expects) : undefined;
    if (entry !== undefined) yield entry;
  }
}

function keyOf({ issuerSha256, rule, path, sha256 = "", caSha256 = "" }: KnownFinding): string {
  return `${issuerSha256} ${rule} ${path} ${sha256} ${caSha256}`;
}
