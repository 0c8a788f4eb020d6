import * as v from "valibot";
import {
  type CertificateStatus,
  type Cite,
  type CoreCheck,
  type CrlFacts,
  type Finding,
  type Location,
  type LookedAt,
  type Revocation,
  type RuleOutcome,
  type Run,
  severities,
  type StatusNote,
  type UnusedCrl,
} from "../rule/report.ts";
import { outcomesOf } from "./kinds.ts";
import { escapeLine } from "./escape-line.ts";

/** Text that is escaped for a line of a report. Text that crllint wrote is not changed. */
const text = v.pipe(v.string(), v.transform(escapeLine));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const texts = v.array(text);
const runVerdict = v.picklist(["pass", "fail", "undecided"]);

/** A schema for every field of a type: the compiler finds a missing field. */
type Fields<T> = { readonly [Name in keyof Required<T>]: v.GenericSchema };

const location = v.object({
  file: text,
  path: text,
  offset: count,
  length: count,
  serial: v.optional(text),
  object: v.optional(v.object({ offset: count, in: v.optional(text) })),
  pem: v.optional(v.object({ line: count, column: count, endLine: count, endColumn: count })),
} satisfies Fields<Location>);

const cite = v.object({
  source: text,
  documentId: text,
  document: text,
  section: text,
  quote: v.optional(text),
  url: v.optional(text),
} satisfies Fields<Cite>);

const rdn = v.object({
  index: count,
  offset: count,
  length: count,
  hex: text,
  attributes: v.array(
    v.object({ type: text, oid: text, string: text, text, offset: count, undecoded: v.optional(v.literal(true)) }),
  ),
});

const excerpt = v.object({ path: text, offset: count, hex: text });

const names = v.object({
  difference: text,
  differences: texts,
  summary: text,
  firstDifferingByte: count,
  rdns: v.array(v.object({ mark: text, foundAt: v.optional(count), crl: v.optional(rdn), ca: v.optional(rdn) })),
  omitted: count,
  excerpt: v.object({ crl: excerpt, ca: excerpt, differsAt: count }),
});

const finding = v.object({
  rule: text,
  severity: v.picklist(severities),
  message: text,
  location,
  count: v.optional(count),
  entries: v.optional(v.array(location)),
  related: v.array(location),
  cites: v.array(cite),
  notes: texts,
  help: text,
  names: v.optional(names),
  suppressed: v.optional(v.object({ reason: text, until: v.optional(text), by: v.picklist(["config", "baseline"]) })),
} satisfies Fields<Finding>);

const notRun = ["skipped", "not-in-force", "not-applicable", "off"] as const;

const outcome = v.object({
  rule: text,
  status: v.picklist(["passed", "failed", "crashed", ...notRun]),
  why: v.optional(text),
  count,
} satisfies Fields<RuleOutcome>);

const kind = v.array(
  v.pipe(
    v.object({ rule: text, status: v.optional(v.picklist(notRun)), why: v.optional(text) }),
    v.transform(({ status = "passed", ...each }) => ({ ...each, status, count: 0 })),
  ),
);

const certificate = v.object({
  certificate: text,
  subject: text,
  serial: text,
  status: v.picklist(["good", "revoked", "undetermined"]),
  revocation: v.optional(
    v.object({
      crl: text,
      entry: count,
      reason: v.optional(text),
      date: v.optional(text),
      location,
    } satisfies Fields<Revocation>),
  ),
  why: v.optional(text),
  used: texts,
  notes: v.array(v.object({ section: text, why: text, fix: text } satisfies Fields<StatusNote>)),
  unused: v.array(
    v.object({ crl: text, section: text, why: text, location, related: v.array(location) } satisfies Fields<UnusedCrl>),
  ),
  location,
} satisfies Fields<CertificateStatus>);

const run = v.object({
  crl: text,
  form: v.picklist(["crl", "tbs", "certificate"]),
  certificate: v.optional(certificate),
  sha256: v.optional(text),
  issuerSha256: v.optional(text),
  facts: v.optional(
    v.object({
      asOf: v.optional(text),
      thisUpdate: v.optional(text),
      nextUpdate: v.optional(text),
      number: v.optional(text),
      size: count,
      issuer: v.optional(text),
      subject: v.optional(text),
      algorithm: v.optional(text),
    } satisfies Fields<CrlFacts>),
  ),
  verdict: runVerdict,
  judged: v.boolean(),
  core: v.array(
    v.object({
      rule: text,
      status: v.picklist(["made", "left-out", "not-made", "prevented"]),
      why: v.optional(text),
    } satisfies Fields<CoreCheck>),
  ),
  pairing: v.optional(
    v.object({
      by: v.picklist(["only-certificate", "signature", "aki", "option", "name"]),
      certificate: text,
      sha256: v.optional(text),
      why: text,
      sameKey: texts,
    }),
  ),
  scope: v.object({ kind: v.picklist(["subscriber", "ca", "both", "timestamp", "unknown"]), evidence: text }),
  profiles: texts,
  baselines: v.optional(v.object({ sources: texts, evidence: text })),
  entries: count,
  signature: v.object({ verdict: v.picklist(["valid", "invalid", "not-checked"]), why: v.optional(text) }),
  findings: v.array(finding),
  kind: v.optional(count),
  rules: v.array(outcome),
} satisfies Fields<Run> & { readonly kind: v.GenericSchema });

/**
 * Reads a run of a json report of version 2. Ids of rules, sources and profiles are not checked, because another
 * release may have others.
 *
 * @param kinds the kinds of its report
 * @returns undefined if it is not a run, or its kind is not in the report
 */
export function readRun(json: unknown, kinds: ReadHead["kinds"]): Run | undefined {
  const result = v.safeParse(run, json, { abortEarly: true });
  if (!result.success) return undefined;
  const { kind: number, ...read } = result.output;
  if (number === undefined) return read as Run;
  const list = kinds[number] as Run["rules"] | undefined;
  return list && ({ ...read, rules: outcomesOf(list, read.rules as Run["rules"]) } as Run);
}

const head = v.object({
  version: v.literal(2),
  tool: v.object({ name: v.literal("crllint"), version: text }),
  shard: v.optional(v.object({ index: count, of: v.pipe(count, v.minValue(1)) })),
  inputs: v.optional(
    v.object({
      files: count,
      directories: count,
      crls: count,
      certificates: count,
      unreadable: count,
      neither: v.record(text, count),
    } satisfies Fields<LookedAt>),
  ),
  runs: v.pipe(v.array(v.unknown()), v.length(0)),
  kinds: v.array(kind),
  summary: v.object({ runs: count, fail: count, undecided: count, verdict: runVerdict, why: v.optional(text) }),
});

/** The fields of a json report without its runs. */
export type ReadHead = v.InferOutput<typeof head>;

/** Reads a json report of version 2 whose runs were removed; undefined if it is not one. */
export function readHead(json: unknown): ReadHead | undefined {
  const result = v.safeParse(head, json, { abortEarly: true });
  return result.success ? result.output : undefined;
}
