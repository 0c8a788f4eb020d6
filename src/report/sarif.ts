import type { Finding, Location, Report, RuleStatus, Run } from "../lint/report.ts";
import { fileUri } from "./file-uri.ts";
import { fingerprintsOf } from "./fingerprint.ts";
import type { RenderOptions } from "./renderer.ts";
import { levels, RuleTable } from "./sarif-rules.ts";
import { type Json, serialize } from "./serialize.ts";

/** What readers of SARIF do not agree on. */
export interface SarifDialect {
  /** A message as it is written: `{` and `}` may have to be doubled. */
  readonly spell: (text: string) => string;
  /** Where in an artefact a place is. */
  readonly place: (location: Location) => { readonly region?: Json | undefined; readonly annotations?: Json };
  /** Most places of one result that are listed. */
  readonly maximumPlaces: number;
  /** By what a result is recognised in the next log. */
  readonly fingerprints: (fingerprint: string) => Readonly<Record<string, string>>;
}

/**
 * SARIF 2.1.0, to the letter: regions of DER are binary (section 3.30.11 counts from the start of the artefact, and
 * forbids lines beside octets, 3.30.4), those of PEM are lines and columns, with the octets of the DER as a property.
 */
export const strict: SarifDialect = {
  // Section 3.11.5: in a message `{0}` stands for an argument.
  spell: (text) => text.replace(/[{}]/gu, "$&$&"),
  place: (location) => ({ region: regionOf(location) }),
  maximumPlaces: Number.POSITIVE_INFINITY,
  fingerprints: (fingerprint) => ({ "crllint/v1": fingerprint }),
};

function regionOf({ path, offset, length, pem }: Location): Json | undefined {
  if (pem !== undefined) {
    return {
      startLine: pem.line,
      startColumn: pem.column,
      endLine: pem.endLine,
      endColumn: pem.endColumn,
      properties: { der: { start: offset, end: offset + length } },
    };
  }
  // What could not be read has no octets to point at.
  return path === "" && length === 0 ? undefined : { byteOffset: offset, byteLength: length };
}

/** SARIF 2.1.0, for viewers and archives: every place as exact as it is known. */
export function renderSarif(report: Report, options: RenderOptions): Iterable<string> {
  return writeSarif(report, options, strict);
}

/** A SARIF log with one run for the whole call. */
export function* writeSarif({ tool, runs }: Report, options: RenderOptions, dialect: SarifDialect): Iterable<string> {
  const rules = new RuleTable(runs, options.rules ?? []);
  const names = [...new Set(runs.map(({ crl }) => crl))];
  yield* serialize({
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: tool.name, semanticVersion: tool.version, rules: rules.descriptors(dialect.spell) },
        },
        invocations: [
          {
            executionSuccessful: runs.every(({ judged }) => judged),
            toolExecutionNotifications: runs.flatMap((run) => [...notificationsOf(run, rules, dialect)]),
          },
        ],
        artifacts: names.map((name) => ({ location: { uri: fileUri(name) }, roles: ["analysisTarget"] })),
        results: resultsOf(runs, rules, dialect),
        columnKind: "utf16CodeUnits",
        properties: { inputs: runs.map(inputOf) },
      },
    ],
  });
  yield "\n";
}

function* resultsOf(runs: readonly Run[], rules: RuleTable, dialect: SarifDialect): Iterable<Json> {
  for (const run of runs) {
    const fingerprints = fingerprintsOf(run);
    for (const finding of run.findings) {
      yield resultOf(finding, rules.indexOf(finding.rule), fingerprints.get(finding) ?? "", dialect);
    }
  }
}

function resultOf(finding: Finding, ruleIndex: number, fingerprint: string, dialect: SarifDialect): Json {
  const { rule, severity, message, location, count, related, help } = finding;
  // Each of the entries has to be mended: section 3.27.12 then lists them all.
  const places = finding.entries?.length ? finding.entries : [location];
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: dialect.spell(sentences(message, help)) },
    occurrenceCount: count === undefined || count < 1 ? undefined : count,
    locations: locationsOf(places, dialect),
    relatedLocations: related.map((place, i) => ({ id: i + 1, ...locationOf(place, dialect) })),
    partialFingerprints: dialect.fingerprints(fingerprint),
  };
}

/** The message and what to do, in a form in which no viewer takes a part of it for a link (section 3.11.6). */
function sentences(message: string, help: string): string {
  return `${message}.${help === "" ? "" : ` Help: ${help}.`}`.replaceAll("](", String.raw`]\u{28}`);
}

/** There may be a million: each is made when it is written. */
function* locationsOf(places: readonly Location[], dialect: SarifDialect): Iterable<Json> {
  let count = 0;
  for (const place of places) {
    if (count === dialect.maximumPlaces) return;
    count += 1;
    yield locationOf(place, dialect);
  }
}

function locationOf(location: Location, { place, spell }: SarifDialect) {
  const { file, path, serial } = location;
  const { region, annotations } = place(location);
  return {
    physicalLocation: { artifactLocation: { uri: fileUri(file) }, region },
    ...(path === "" ? {} : { logicalLocations: [{ fullyQualifiedName: path, kind: "member" }] }),
    ...(path === "" ? {} : { message: { text: spell(serial === undefined ? path : `${path}, serial ${serial}`) } }),
    annotations,
  };
}

/** What was not judged: inputs as a whole, rules that crashed, and rules that lacked something. */
function* notificationsOf(run: Run, rules: RuleTable, { spell }: SarifDialect): Iterable<Json> {
  const locations = [{ physicalLocation: { artifactLocation: { uri: fileUri(run.crl) } } }];
  const about = (rule: string) => ({ locations, associatedRule: { id: rule, index: rules.indexOf(rule) } });
  const [cause] = run.judged ? [] : run.findings.filter(({ severity }) => severity === "error");
  if (cause !== undefined) {
    const text = `this input was not judged: ${cause.message}.`;
    yield { level: "error", message: { text: spell(text) }, ...about(cause.rule) };
  }
  for (const { rule, status, why } of run.rules) {
    if (status !== "crashed" && status !== "skipped") continue;
    const text = `${rule} ${status === "crashed" ? status : "was skipped"}${why === undefined ? "" : `: ${why}`}.`;
    yield { level: status === "crashed" ? "error" : "note", message: { text: spell(text) }, ...about(rule) };
  }
}

/** What auditors ask for and SARIF has no place for: what was linted, with what, and how every rule ended. */
function inputOf({ crl, form, sha256, judged, entries, pairing, rules }: Run): Json {
  const outcomes = new Map<RuleStatus, string[]>();
  for (const { rule, status } of rules) outcomes.set(status, [...(outcomes.get(status) ?? []), rule]);
  return {
    crl,
    form,
    sha256,
    judged,
    entries,
    issuer: pairing && { file: pairing.certificate, sha256: pairing.sha256, why: pairing.why },
    outcomes: Object.fromEntries(outcomes),
  };
}
