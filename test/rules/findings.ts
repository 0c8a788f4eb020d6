import { readFileSync } from "node:fs";
import { lintExample } from "../../src/explain/show-example.ts";
import type { Finding, LintCrlOptions, Location, Run } from "../../src/index.ts";
import type { AnyRule, Example } from "../../src/rule/rule.ts";

/** Returns the part of a CRL that a rule checks: the first half of its id. */
export function partOf(id: string): string {
  return id.slice(0, id.indexOf("/"));
}

/** Returns the selection for a rule. For a response that is not a CRL, all rules about responses run, or none. */
export function selectionOf({ id }: AnyRule): readonly string[] {
  return partOf(id) === "transport" ? ["transport"] : [id];
}

/** Returns the findings of the rules in their own examples, one text per part: the files of test/rules/findings/. */
export function findingsByPart(rules: readonly AnyRule[]): ReadonlyMap<string, string> {
  const parts = new Map<string, string[]>();
  for (const rule of rules) {
    const texts = parts.get(partOf(rule.id)) ?? [];
    texts.push(findingsOf(rule));
    parts.set(partOf(rule.id), texts);
  }
  return new Map([...parts].map(([part, texts]) => [part, texts.join("\n")]));
}

/** Returns the findings of a rule that are recorded in test/rules/findings/. */
export function recordedFindings({ id }: AnyRule): string {
  const part = readFileSync(new URL(`findings/${partOf(id)}.txt`, import.meta.url), "utf8");
  const own = part.split(/^(?=# )/mu).find((text) => text.startsWith(`# ${id}\n`));
  return own === undefined ? "" : `${own.trimEnd()}\n`;
}

/** The runs of the bad and good examples of a rule, in their order. */
interface Runs {
  readonly bad: readonly Run[];
  readonly good: readonly Run[];
}

/** Returns the findings of a rule in each of its own examples. By default, the rule is selected alone. */
export function findingsOf(rule: AnyRule, runs: Runs = runsAlone(rule)): string {
  const { bad, good } = rule.examples();
  const shown = [
    ...bad.map(({ title }, i) => `bad: ${title}\n${findingsIn(rule, runs.bad[i])}`),
    ...good.map(({ title }, i) => `good: ${title}\n${findingsIn(rule, runs.good[i])}`),
  ];
  return `# ${rule.id}\n\n${shown.join("\n")}`;
}

/** Whether the examples of a rule are linted with another file name than on its page: the manifests in them list it. */
export function hasOwnName({ id }: AnyRule): boolean {
  return partOf(id) === "manifest";
}

/** Lints an example of a rule, with the file name on its page if possible: one run then serves both. */
export function lintToRecord(rule: AnyRule, example: Example, options: Partial<LintCrlOptions> = {}): Run {
  return lintExample(rule, example, { ...options, ...(hasOwnName(rule) && { name: "crl" }) });
}

function runsAlone(rule: AnyRule): Runs {
  const lint = (example: Example): Run => lintToRecord(rule, example, { select: selectionOf(rule) });
  const { bad, good } = rule.examples();
  return { bad: bad.map(lint), good: good.map(lint) };
}

function findingsIn(rule: AnyRule, run: Run | undefined): string {
  if (run === undefined) throw new TypeError(`an example of ${rule.id} was not linted`);
  const found = run.findings.filter((finding) => finding.rule === rule.id);
  return [outcome(run, rule), ...found.flatMap((finding) => describe(finding, rule))]
    .map((line) => `  ${line}\n`)
    .join("");
}

function outcome({ rules }: Run, { id }: AnyRule): string {
  const { status, why, count } = rules.find(({ rule }) => rule === id) ?? { status: "not run", count: 0 };
  return [status, ...(why === undefined ? [] : [`(${why})`]), ...(count === 0 ? [] : [`x${count}`])].join(" ");
}

function describe(finding: Finding, rule: AnyRule): readonly string[] {
  const { severity, location, message, count, entries = [], related, cites, notes, help, names } = finding;
  return [
    `${severity} ${place(location)}: ${message}`,
    ...(count === undefined ? [] : [`  count: ${count}`]),
    ...entries.map((entry) => `  entry: ${place(entry)}`),
    ...related.map((other) => `  related: ${other.file} ${place(other)}`),
    ...notes.map((note) => `  note: ${note}`),
    ...(help === rule.fix ? [] : [`  help: ${help}`]),
    `  cites: ${cites.map(({ source, section }) => `${source} ${section}`).join("; ")}`,
    ...(names === undefined ? [] : [`  names: ${JSON.stringify(names)}`]),
  ];
}

function place({ path, offset, length, serial, pem }: Location): string {
  const lines = pem && `lines ${pem.line}:${pem.column}-${pem.endLine}:${pem.endColumn}`;
  return [`${offset}+${length}`, path, serial, lines].filter((part) => part !== undefined && part !== "").join(" ");
}
