import type {
  CertificateStatus,
  CrlFacts,
  Cite,
  ComparedAttribute,
  ComparedRdn,
  Finding,
  HexExcerpt,
  Location,
  LookedAt,
  NameComparison,
  Run,
} from "../rule/report.ts";
import { Totals } from "./counts.ts";
import { Kinds, type Outcomes } from "./kinds.ts";
import type { Renderer, RenderOptions, ReportHead } from "./renderer.ts";
import { type Json, JsonParts, KeptJson } from "./serialize.ts";

/**
 * Writes JSON, version 2. Within this version, no field is removed and no type is changed. Fields are in the order of
 * this file. Offsets count bytes of the DER, from 0. `findings` is limited by --max-findings; `count` of a rule is not.
 * The outcomes of the rules are written once for each kind of CRL, after the runs: one list per kind is kept until
 * then.
 */
export function renderJson(head: ReportHead, options: RenderOptions): Renderer {
  const { version, tool, shard, inputs } = head;
  const totals = new Totals(options, head);
  const report = new JsonParts("{}");
  const runs = new JsonParts("[]", "  ");
  const kinds = new Kinds();
  const written: Json[] = [];
  return {
    *start() {
      yield report.open();
      yield* report.fields({ $schema: "report-2.json", version, tool: { name: tool.name, version: tool.version } });
      if (shard !== undefined) yield* report.fields({ shard: { index: shard.index, of: shard.of } });
      if (inputs !== undefined) yield* report.fields({ inputs: inputsOf(inputs) });
      yield report.field("runs") + runs.open();
    },
    run(run) {
      totals.add(run);
      const outcomes = kinds.add(run.rules);
      if (outcomes.list !== undefined) written.push(listOf(outcomes.list));
      return runs.item(runOf(run, outcomes));
    },
    *end() {
      yield runs.close();
      yield* report.fields({ kinds: written });
      yield* report.fields({ summary: summaryOf(totals) });
      yield `${report.close()}\n`;
    },
  };
}

/** Returns the fields of the summary. */
export function summaryOf({ verdict, verdicts, runs, notJudged, suppressed, findings, cause }: Totals) {
  const { pass, fail, undecided } = verdicts;
  return {
    verdict,
    pass,
    fail,
    undecided,
    runs,
    notJudged,
    errors: findings.error,
    warnings: findings.warning,
    notices: findings.notice,
    suppressed,
    why: cause,
  };
}

/** Returns the fields about the files that were read. */
export function inputsOf({ files, directories, crls, certificates, unreadable, neither }: LookedAt) {
  return { files, directories, crls, certificates, unreadable, neither };
}

/** Returns the list of a kind. A rule without a status has passed, unless a run of the kind lists it. */
export function listOf(rules: Run["rules"]): Json {
  let list = lists.get(rules);
  if (list === undefined) {
    list = new KeptJson(rules.map(({ rule, status, why }) => (status === "passed" ? { rule } : { rule, status, why })));
    lists.set(rules, list);
  }
  return list;
}

/** Lists of kinds that were written: a service writes the same ones in every response. */
const lists = new WeakMap<Run["rules"], KeptJson>();

/** Returns the fields of a run. */
export function runOf(run: Run, { kind, rules }: Outcomes) {
  const { pairing, scope, signature } = run;
  return {
    crl: run.crl,
    form: run.form,
    certificate: run.certificate && certificateOf(run.certificate),
    sha256: run.sha256,
    issuerSha256: run.issuerSha256,
    facts: run.facts && factsOf(run.facts),
    verdict: run.verdict,
    judged: run.judged,
    core: run.core.map(({ rule, status, why }) => ({ rule, status, why })),
    issuer: pairing?.certificate,
    pairing: pairing && {
      by: pairing.by,
      certificate: pairing.certificate,
      sha256: pairing.sha256,
      why: pairing.why,
      sameKey: pairing.sameKey,
    },
    scope: { kind: scope.kind, evidence: scope.evidence },
    profiles: run.profiles,
    baselines: run.baselines && { sources: run.baselines.sources, evidence: run.baselines.evidence },
    entries: run.entries,
    signature: { verdict: signature.verdict, why: signature.why },
    findings: run.findings.map(findingOf),
    kind,
    rules: rules.map(({ rule, status, why, count }) => ({ rule, status, why, count })),
  };
}

function factsOf({ asOf, thisUpdate, nextUpdate, number, size, issuer, subject, algorithm }: CrlFacts) {
  return { asOf, thisUpdate, nextUpdate, number, size, issuer, subject, algorithm };
}

function certificateOf(found: CertificateStatus) {
  const { certificate, subject, serial, status, revocation, why, used, notes, unused, location } = found;
  return {
    certificate,
    subject,
    serial,
    status,
    revocation: revocation && {
      crl: revocation.crl,
      entry: revocation.entry,
      reason: revocation.reason,
      date: revocation.date,
      location: locationOf(revocation.location),
    },
    why,
    used,
    notes: notes.map(({ section, why: reason, fix }) => ({ section, why: reason, fix })),
    unused: unused.map((each) => ({
      crl: each.crl,
      section: each.section,
      why: each.why,
      location: locationOf(each.location),
      related: each.related.map(locationOf),
    })),
    location: locationOf(location),
  };
}

/** Returns the fields of a finding. */
export function findingOf(finding: Finding) {
  const { rule, severity, message, location, count, entries, related, cites, notes, help, names, suppressed } = finding;
  return {
    rule,
    severity,
    message,
    location: locationOf(location),
    count,
    entries: entries && locationsOf(entries),
    related: related.map(locationOf),
    cites: cites.map(citeOf),
    notes,
    help,
    names: names && namesOf(names),
    suppressed: suppressed && { reason: suppressed.reason, until: suppressed.until, by: suppressed.by },
  };
}

function locationOf({ file, path, offset, length, serial, object, pem }: Location) {
  return {
    file,
    path,
    offset,
    length,
    serial,
    object: object && { offset: object.offset, in: object.in },
    pem: pem && { line: pem.line, column: pem.column, endLine: pem.endLine, endColumn: pem.endColumn },
  };
}

/** Returns the fields of locations. There may be 1,000,000, so each is made when it is written. */
function* locationsOf(locations: readonly Location[]) {
  for (const location of locations) yield locationOf(location);
}

function citeOf({ source, documentId, document, section, quote, url }: Cite) {
  return { source, documentId, document, section, quote, url };
}

function namesOf(names: NameComparison) {
  const { difference, differences, summary, firstDifferingByte, rdns, omitted, excerpt } = names;
  return {
    difference,
    differences,
    summary,
    firstDifferingByte,
    rdns: rdns.map((row, index) => ({
      index,
      same: row.mark === "=",
      mark: row.mark,
      foundAt: row.foundAt,
      crl: row.crl && rdnOf(row.crl),
      ca: row.ca && rdnOf(row.ca),
    })),
    omitted,
    excerpt: { crl: excerptOf(excerpt.crl), ca: excerptOf(excerpt.ca), differsAt: excerpt.differsAt },
  };
}

function rdnOf({ index, offset, length, hex, attributes }: ComparedRdn) {
  return { index, offset, length, hex, attributes: attributes.map(attributeOf) };
}

function attributeOf({ type, oid, string, text, undecoded, offset }: ComparedAttribute) {
  return { type, oid, string, text, undecoded, offset };
}

function excerptOf({ path, offset, hex }: HexExcerpt) {
  return { path, offset, hex };
}
