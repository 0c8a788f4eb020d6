import type { Finding, Location, Run, Suppressed } from "../rule/report.ts";
import { fileUri } from "./file-uri.ts";
import { fingerprintsOf } from "./fingerprint.ts";
import type { Renderer, RenderOptions, ReportHead } from "./renderer.ts";
import { SarifInputs } from "./sarif-inputs.ts";
import { levels, RuleTable } from "./sarif-rules.ts";
import { type Json, JsonParts } from "./serialize.ts";

/** Properties of SARIF that depend on the software that reads it. */
export interface SarifDialect {
  /** Escapes a message: `{` and `}` may have to be doubled. */
  readonly escape: (text: string) => string;
  /** Returns the position of a place in an artifact. */
  readonly place: (location: Location) => { readonly region?: Json | undefined; readonly annotations?: Json };
  /** Maximum number of places that are listed for one result. */
  readonly maximumPlaces: number;
  /** Returns values that identify a result in the next log. */
  readonly fingerprints: (fingerprint: string) => Readonly<Record<string, string>>;
  /**
   * Returns a finding as its result shows it: if `suppressions` is ignored, the message states that it is suppressed.
   */
  readonly mark: (finding: Finding) => Finding;
}

/**
 * Strict SARIF 2.1.0. Regions of DER are binary: section 3.30.11 counts from the start of the artifact, and section
 * 3.30.4 forbids lines in such a region. Regions of PEM are lines and columns, with the bytes of the DER as a property.
 */
export const strict: SarifDialect = {
  // Section 3.11.5: `{0}` in a message is a placeholder for an argument.
  escape: (text) => text.replace(/[{}]/gu, "$&$&"),
  place: (location) => ({ region: regionOf(location) }),
  maximumPlaces: Number.POSITIVE_INFINITY,
  fingerprints: (fingerprint) => ({ "crllint/v1": fingerprint }),
  mark: (finding) => finding,
};

function regionOf({ path, offset, length, object, pem }: Location): Json | undefined {
  if (pem !== undefined) {
    return {
      startLine: pem.line,
      startColumn: pem.column,
      endLine: pem.endLine,
      endColumn: pem.endColumn,
      properties: { der: { start: offset, end: offset + length } },
    };
  }
  // An unreadable file has no bytes to show.
  return path === "" && length === 0 ? undefined : { byteOffset: (object?.offset ?? 0) + offset, byteLength: length };
}

/** Writes SARIF 2.1.0 for viewers and archives, with the exact position of every place. */
export function renderSarif(head: ReportHead, options: RenderOptions): Renderer {
  return writeSarif(head, options, strict);
}

/**
 * Writes a SARIF log with one run for the whole call. Results are written immediately. For the lists after the results,
 * a short record of each input and the ids of the rules are kept.
 */
export function writeSarif(head: ReportHead, options: RenderOptions, dialect: SarifDialect): Renderer {
  const { tool } = head;
  const { rules: texts = [] } = options;
  const rules = new RuleTable(texts);
  const inputs = new SarifInputs(rules, dialect.escape, options, head);
  const [log, runs, run, results] = [
    new JsonParts("{}"),
    new JsonParts("[]", "  "),
    new JsonParts("{}", "    "),
    new JsonParts("[]", "      "),
  ];
  return {
    *start() {
      yield log.open();
      yield* log.fields({ $schema: schema, version: "2.1.0" });
      yield log.field("runs") + runs.open() + runs.next() + run.open() + run.field("results") + results.open();
    },
    *run(each) {
      rules.add(each);
      inputs.add(each);
      for (const result of resultsOf(each, rules, dialect)) yield* results.item(result);
    },
    *end() {
      yield results.close();
      const driver = { name: tool.name, semanticVersion: tool.version, rules: rules.descriptors(dialect.escape) };
      yield* run.fields({ columnKind: "utf16CodeUnits", tool: { driver }, ...inputs.fields() });
      yield `${run.close()}${runs.close()}${log.close()}\n`;
    },
  };
}

const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

function* resultsOf(run: Run, rules: RuleTable, dialect: SarifDialect): Iterable<Json> {
  const fingerprints = fingerprintsOf(run);
  for (const finding of run.findings) {
    yield resultOf(dialect.mark(finding), rules.indexOf(finding.rule), fingerprints.get(finding) ?? "", dialect);
  }
}

function resultOf(finding: Finding, ruleIndex: number, fingerprint: string, dialect: SarifDialect): Json {
  const { rule, severity, message, location, count, related, help } = finding;
  // Section 3.27.12: a result lists all locations that must be changed to fix it, here every entry.
  const places = finding.entries?.length ? finding.entries : [location];
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: dialect.escape(sentences(message, help)) },
    occurrenceCount: count === undefined || count < 1 ? undefined : count,
    locations: locationsOf(places, dialect),
    relatedLocations: related.map((place, i) => ({ id: i + 1, ...locationOf(place, dialect) })),
    partialFingerprints: dialect.fingerprints(fingerprint),
    suppressions: suppressionsOf(finding.suppressed),
  };
}

/**
 * Returns the suppressions of a result. The list is never omitted: all results must have it, or none (section 3.27.23).
 */
function suppressionsOf(suppressed: Suppressed | undefined): readonly Json[] {
  if (suppressed === undefined) return [];
  const { reason, until, by } = suppressed;
  return [{ kind: "external", status: "accepted", justification: reason, properties: { by, until } }];
}

/** Returns message and help as sentences, escaped so viewers do not treat a part of them as a link (section 3.11.6). */
function sentences(message: string, help: string): string {
  return `${message}.${help === "" ? "" : ` Help: ${help}.`}`.replaceAll("](", String.raw`]\u{28}`);
}

/** Returns the locations of places. There may be 1,000,000, so each is made when it is written. */
function* locationsOf(places: readonly Location[], dialect: SarifDialect): Iterable<Json> {
  let count = 0;
  for (const place of places) {
    if (count === dialect.maximumPlaces) return;
    count += 1;
    yield locationOf(place, dialect);
  }
}

function locationOf(location: Location, { place, escape }: SarifDialect) {
  const { file, path, serial } = location;
  const { region, annotations } = place(location);
  return {
    physicalLocation: { artifactLocation: { uri: fileUri(file) }, region },
    ...(path === "" ? {} : { logicalLocations: [{ fullyQualifiedName: path, kind: "member" }] }),
    ...(path === "" ? {} : { message: { text: escape(serial === undefined ? path : `${path}, serial ${serial}`) } }),
    annotations,
  };
}
