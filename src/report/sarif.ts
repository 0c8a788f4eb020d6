import type { Finding, Location, Run, Suppressed } from "../rule/report.ts";
import { fileUri } from "./file-uri.ts";
import { fingerprintsOf } from "./fingerprint.ts";
import type { Renderer, RenderOptions, ReportHead } from "./renderer.ts";
import { SarifInputs } from "./sarif-inputs.ts";
import { levels, RuleTable } from "./sarif-rules.ts";
import { type Json, JsonParts } from "./serialize.ts";

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
  /** A finding as its result tells it: where nobody reads `suppressions`, it says itself that it does not count. */
  readonly mark: (finding: Finding) => Finding;
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
  // What could not be read has no octets to point at.
  return path === "" && length === 0 ? undefined : { byteOffset: (object?.offset ?? 0) + offset, byteLength: length };
}

/** SARIF 2.1.0, for viewers and archives: every place as exact as it is known. */
export function renderSarif(head: ReportHead, options: RenderOptions): Renderer {
  return writeSarif(head, options, strict);
}

/**
 * A SARIF log with one run for the whole call. Results are written as they come; of each input a few words are kept for
 * the lists behind them, and of the rules their names.
 */
export function writeSarif({ tool }: ReportHead, options: RenderOptions, dialect: SarifDialect): Renderer {
  const { rules: texts = [] } = options;
  const rules = new RuleTable(texts);
  const inputs = new SarifInputs(rules, dialect.spell, options);
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
    *run(judged) {
      rules.add(judged);
      inputs.add(judged);
      for (const result of resultsOf(judged, rules, dialect)) yield* results.item(result);
    },
    *end() {
      yield results.close();
      const driver = { name: tool.name, semanticVersion: tool.version, rules: rules.descriptors(dialect.spell) };
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
    suppressions: suppressionsOf(finding.suppressed),
  };
}

/** All results of a log have this list, or none has (section 3.27.23): an empty one says that it was asked for. */
function suppressionsOf(suppressed: Suppressed | undefined): readonly Json[] {
  if (suppressed === undefined) return [];
  const { reason, until, by } = suppressed;
  return [{ kind: "external", status: "accepted", justification: reason, properties: { by, until } }];
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
