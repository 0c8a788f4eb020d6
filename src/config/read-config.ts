import { limitNames } from "../der/limits.ts";
import { secondsOf } from "../der/time.ts";
import { matchesPattern } from "../lint/select.ts";
import { idsOf, whyUnbound, type Suppression } from "../lint/suppress.ts";
import { escapeText } from "../name/escape.ts";
import { formats } from "../report/formats.ts";
import { loadableRules } from "../rules/heads.ts";
import { checkShape, type KnownKeys, nameOf } from "./check-shape.ts";
import { type Glob, readGlob } from "./glob.ts";
import { findValue, type Located, plainOf } from "./located.ts";
import { locateIn, type Place, type Problem } from "./problem.ts";
import { readYaml } from "./read-yaml.ts";
import { configSchema, noIssuer, pairSchema, scopeSchema, suppressionSchema, type WrittenConfig } from "./schema.ts";
import { suggestPattern } from "./suggest-pattern.ts";

/** Candidate issuer certificates for some CRLs. */
export interface ConfiguredPair {
  readonly crl: readonly Glob[];
  /** Paths of files, relative to the configuration. */
  readonly issuer: readonly string[];
  /** The line, from 1, of `issuer: none`. These CRLs are linted without a certificate of their CA. */
  readonly noneOn?: number;
}

/** Scope and completeness of some CRLs. */
export interface ConfiguredScope extends Pick<NonNullable<WrittenConfig["scopes"]>[number], "scope" | "completeness"> {
  readonly crl: readonly Glob[];
}

/** A suppression of the configuration. Its CRLs are not resolved to files yet. */
export interface ConfiguredSuppression extends Omit<Suppression, "crl"> {
  readonly crl: readonly Glob[];
  /** Place of the name of its rule. */
  readonly at: Place;
  /** Its path in the file: `suppress[0]`. */
  readonly path: string;
}

/** A valid configuration. */
export interface Config {
  /** The configuration as it is written in the file. */
  readonly written: WrittenConfig;
  readonly pairs: readonly ConfiguredPair[];
  readonly scopes: readonly ConfiguredScope[];
  readonly suppressions: readonly ConfiguredSuppression[];
  /** The line, from 1, of each pattern of `select`, `ignore` and `severity`, by key and pattern: `severity idp`. */
  readonly lines: ReadonlyMap<string, number>;
}

/** A configuration, or the problems that make it invalid. */
export type ConfigResult = { readonly config: Config } | { readonly problems: readonly Problem[] };

const keysOf = (schema: { readonly entries: object }): readonly string[] => Object.keys(schema.entries);

const known: KnownKeys = new Map([
  ["", keysOf(configSchema)],
  ["severity", undefined],
  ["limits", limitNames],
  ["reports", formats],
  ["pairs.*", keysOf(pairSchema)],
  ["scopes.*", keysOf(scopeSchema)],
  ["suppress.*", keysOf(suppressionSchema)],
]);

/**
 * Reads a configuration in YAML or JSON. Never throws, whatever the text is.
 *
 * @returns the configuration, or all problems that make it invalid
 */
export function readConfig(text: string): ConfigResult {
  const read = readYaml(text);
  if ("problems" in read) return read;
  const { root } = read;
  const faults = checkShape(root, configSchema, known);
  if (faults.length > 0) return { problems: faults };
  const written = plainOf(root) as WrittenConfig;
  const reader = new ConfigReader(root, text);
  const config: Config = {
    written,
    pairs: (written.pairs ?? []).map((item, i) => reader.pair(item, i)),
    scopes: (written.scopes ?? []).map((item, i) => ({ ...item, crl: reader.globs(["scopes", i, "crl"]) })),
    suppressions: (written.suppress ?? []).map((item, i) => reader.suppression(item, i)),
    lines: reader.lines,
  };
  reader.patterns("select");
  reader.patterns("ignore");
  reader.severities();
  reader.reports();
  return reader.problems.length > 0 ? { problems: reader.problems } : { config };
}

/** Reads rules, paths and days, which a schema cannot check. Collects their problems. */
class ConfigReader {
  readonly problems: Problem[] = [];
  readonly lines = new Map<string, number>();
  readonly #root: Located;
  readonly #text: string;

  constructor(root: Located, text: string) {
    this.#root = root;
    this.#text = text;
  }

  /** Returns the patterns of paths at a place, which has one or several. */
  globs(path: readonly (string | number)[]): readonly Glob[] {
    return this.#texts(path).flatMap(({ text, at }) => {
      const glob = readGlob(text);
      if (!("fault" in glob)) return [glob];
      this.problems.push({ id: "bad-glob", message: `bad pattern "${escapeText(text)}": ${glob.fault}`, at });
      return [];
    });
  }

  /** Checks the patterns of rules under a key. */
  patterns(key: "select" | "ignore"): void {
    for (const { text, at } of this.#texts([key])) this.#setting(key, text, at);
  }

  /** Checks the keys of `severity`. */
  severities(): void {
    const severity = findValue(this.#root, ["severity"]);
    if (severity?.kind !== "map") return;
    for (const [pattern, { key }] of severity.entries) this.#setting("severity", pattern, key);
  }

  /** Checks that no two reports are written to the same file. */
  reports(): void {
    const reports = findValue(this.#root, ["reports"]);
    const files = new Set<string>();
    for (const [, { value }] of reports?.kind === "map" ? reports.entries : []) {
      const file = value.kind === "scalar" ? String(value.value) : "";
      if (files.has(file)) {
        const message = `a second report into ${escapeText(file)}`;
        this.problems.push({ id: "wrong-value", message, at: value.at, help: "give each report a file of its own" });
      }
      files.add(file);
    }
  }

  /** Reads one item of `pairs`. */
  pair(item: NonNullable<WrittenConfig["pairs"]>[number], index: number): ConfiguredPair {
    const crl = this.globs(["pairs", index, "crl"]);
    const issuer = [item.issuer].flat();
    if (!issuer.includes(noIssuer)) return { crl, issuer };
    const at = this.#place(["pairs", index, "issuer"]);
    if (issuer.length > 1) {
      const message = `pairs[${index}].issuer: ${noIssuer} excludes files`;
      const help = `give ${noIssuer} alone; for a file of this name, write ./${noIssuer}`;
      this.problems.push({ id: "wrong-value", message, at, help });
    }
    return { crl, issuer: [], noneOn: locateIn(this.#text, at.start).line };
  }

  /** Reads one item of `suppress`. */
  suppression(item: NonNullable<WrittenConfig["suppress"]>[number], index: number): ConfiguredSuppression {
    const path = ["suppress", index] as const;
    const at = this.#place([...path, "rule"]);
    if (item.rule.startsWith("crllint/") || this.#pattern(item.rule, at)) this.#suppressible(item.rule, at);
    const { until, sha256, "issuer-sha256": issuerSha256, "ca-sha256": caSha256 } = item;
    this.#bound(item, at);
    if (until !== undefined) this.#day(until, this.#place([...path, "until"]));
    return {
      rule: item.rule,
      reason: escapeText(item.reason.trim(), { max: 500 }),
      ...(until === undefined ? {} : { until }),
      crl: this.globs([...path, "crl"]),
      ...(sha256 === undefined ? {} : { sha256: sha256.toLowerCase() }),
      ...(issuerSha256 === undefined ? {} : { issuerSha256: issuerSha256.toLowerCase() }),
      ...(caSha256 === undefined ? {} : { caSha256: caSha256.toLowerCase() }),
      at,
      path: nameOf(path),
    };
  }

  #setting(key: string, pattern: string, at: Place): void {
    if (this.#pattern(pattern, at)) this.lines.set(`${key} ${pattern}`, locateIn(this.#text, at.start).line);
  }

  /** Whether a pattern matches a rule. Adds a problem if it matches none. */
  #pattern(pattern: string, at: Place): boolean {
    if (loadableRules.some((rule) => matchesPattern(rule, pattern))) return true;
    const message = `no rule matches "${escapeText(pattern)}"${suggestPattern(pattern, loadableRules)}`;
    this.problems.push({ id: "unknown-rule", message, at, help: "run crllint rules to list all rules" });
    return false;
  }

  #suppressible(pattern: string, at: Place): void {
    const { ids, refused } = idsOf(pattern, loadableRules);
    const [first] = refused;
    if (first === undefined) return;
    const which = ids.length === 1 ? escapeText(first) : `${escapeText(pattern)} holds ${first}, which`;
    const message = `${which} cannot be suppressed: it reports that the rest was not checked`;
    const help = ids.length === 1 ? "fix what it reports" : "name the rules one by one";
    this.problems.push({ id: "not-suppressible", message, at, help });
  }

  /** Checks that a finding of a core check or on the encoding is suppressed for one CRL alone. */
  #bound({ rule, sha256, "ca-sha256": caSha256 }: NonNullable<WrittenConfig["suppress"]>[number], at: Place): void {
    const head = loadableRules.find(({ id, formerly = [] }) => id === rule || formerly.includes(rule));
    if (head === undefined) return;
    const message = whyUnbound(head, { sha256, caSha256 });
    if (message === undefined) return;
    this.problems.push({ id: "not-suppressible", message, at, help: "take the digests from the json report" });
  }

  #day(day: string, at: Place): void {
    const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
    if (secondsOf(year, month, date, 0, 0, 0) !== undefined) return;
    this.problems.push({ id: "bad-date", message: `the calendar has no ${day}`, at });
  }

  #place(path: readonly (string | number)[]): Place {
    return findValue(this.#root, path)?.at ?? this.#root.at;
  }

  /** Returns the text at a place, or each text of a list. */
  #texts(path: readonly (string | number)[]): readonly { readonly text: string; readonly at: Place }[] {
    const value = findValue(this.#root, path);
    const values = value?.kind === "list" ? value.items : value === undefined ? [] : [value];
    return values.flatMap((item) => (item.kind === "scalar" ? [{ text: String(item.value), at: item.at }] : []));
  }
}
