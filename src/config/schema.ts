import * as v from "valibot";
import { largestLimits, limitNames, type Limits } from "../der/limits.ts";
import { severities } from "../rule/report.ts";
import { type Format, formats } from "../report/formats.ts";
import { type ProfileId, profiles } from "../sources/profiles.ts";

// Patterns have no flags, since JSON Schema knows none. Messages say what is wanted; what stands there instead, and
// where, is said by whoever shows them.
const text = v.pipe(v.string(), v.regex(/\S/, "text that is not empty"));
const whole = "a whole number from 0 on";
const count = v.pipe(v.number(), v.integer(whole), v.minValue(0, whole), v.maxValue(999_999_999, "less than 10^9"));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-fA-F]{64}$/, "a SHA-256: 64 hexadecimal digits"));
const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, "a day: 2026-12-31"));

/** One thing, or a list of them. */
function oneOrMore<S extends v.GenericSchema>(item: S) {
  return v.union([item, v.pipe(v.array(item), v.minLength(1, "a list that is not empty"))]);
}

function described<S extends v.GenericSchema>(description: string, schema: S) {
  return v.optional(v.pipe(schema, v.description(description)));
}

function limitSchema(name: keyof Limits) {
  const what = `a whole number from 1 to ${largestLimits[name]}`;
  return v.optional(v.pipe(v.number(), v.integer(what), v.minValue(1, what), v.maxValue(largestLimits[name], what)));
}

const levels = [...severities].toReversed();
const profileIds = Object.keys(profiles) as readonly ProfileId[];
const patterns = oneOrMore(text);
const globs = v.pipe(
  oneOrMore(text),
  v.description("Paths of CRLs, relative to this file: * within a folder's name, ** for any folders, ? and {a,b}"),
);

/** One item of `pairs`. */
export const pairSchema = v.strictObject({
  crl: globs,
  issuer: v.pipe(oneOrMore(text), v.description("Files with the CA's certificate, relative to this file")),
});

/** One item of `scopes`. */
export const scopeSchema = v.strictObject({
  crl: globs,
  scope: described("What the CRL covers", v.picklist(["subscriber", "ca", "both"])),
  completeness: described("Whether it is complete, or one of several partitions", v.picklist(["full", "partitioned"])),
});

/** One item of `suppress`. */
export const suppressionSchema = v.strictObject({
  rule: v.pipe(text, v.description("Id of a rule, a part (idp), or a source (source:mozilla)")),
  reason: v.pipe(text, v.description("Why it is accepted; reports show it")),
  until: described("Last day on which it is accepted, in UTC", day),
  crl: v.optional(globs),
  sha256: described("SHA-256 of the CRL's DER", sha256),
  "issuer-sha256": described("SHA-256 of the DER of the CRL's issuer", sha256),
  "ca-sha256": described("SHA-256 of the CA certificate that the CRL is compared with", sha256),
});

/** What a configuration holds. */
export const configSchema = v.strictObject({
  $schema: described("Where this schema is", v.string()),
  profile: described("Requirements to judge by", oneOrMore(v.picklist(profileIds))),
  select: described("Only these rules: id, part (idp, idp/*) or source:NAME", patterns),
  ignore: described("Without these rules, or needs:INPUT", patterns),
  severity: described("Another severity for rules", v.record(v.string(), v.picklist([...levels, "off"]))),
  "all-dates": described("Also requirements that are not in force on thisUpdate", v.boolean()),
  signature: described("ignore: the CRLs are signed with a throw-away key", v.picklist(["verify", "ignore"])),
  "fail-on": described("Lowest severity that fails", v.picklist([...levels, "never"])),
  "fail-on-skipped": described("A rule that could not be judged fails, too", v.boolean()),
  "max-warnings": described("More warnings than this fail", count),
  "max-findings": described("Shown per rule and file, the rest is counted; 0 shows all", count),
  limits: described(
    "How far inputs are read; docs/limits.md",
    v.strictObject(
      Object.fromEntries(limitNames.map((name) => [name, limitSchema(name)])) as Readonly<
        Record<keyof Limits, ReturnType<typeof limitSchema>>
      >,
    ),
  ),
  format: described("What goes to standard output", v.picklist(formats)),
  reports: described(
    "Reports into files, besides standard output: FORMAT: FILE",
    v.strictObject(
      Object.fromEntries(formats.map((format) => [format, v.optional(text)])) as Readonly<
        Record<Format, v.OptionalSchema<typeof text, undefined>>
      >,
    ),
  ),
  quiet: described("Findings only", v.boolean()),
  verbose: described("Also how every rule ended, and evidence", v.boolean()),
  pairs: described("Which certificate has issued which CRLs; the first that matches counts", v.array(pairSchema)),
  scopes: described(
    "What CRLs cover that do not say so themselves; the first that matches counts",
    v.array(scopeSchema),
  ),
  suppress: described("Findings that are accepted", v.array(suppressionSchema)),
  baseline: described("File that crllint baseline has written", text),
});

/** A configuration as it is written. */
export type WrittenConfig = v.InferOutput<typeof configSchema>;

/** One item of a baseline. */
const knownSchema = v.strictObject({
  rule: v.pipe(text, v.description("Id of the rule")),
  path: v.pipe(v.string(), v.description("ASN.1 path, without the index of an entry")),
  issuerSha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/), v.description("SHA-256 of the DER of the CRL's issuer")),
  sha256: described("SHA-256 of the CRL, if the finding is known of no other", sha256),
  caSha256: described("SHA-256 of the CA certificate, if the finding is on a core check", sha256),
});

/** What `crllint baseline` writes. */
export const baselineSchema = v.strictObject({
  $schema: v.optional(v.string()),
  version: v.literal(1),
  entries: v.pipe(v.array(knownSchema), v.description("Findings that existed when it was written")),
});

/** A baseline as it is written. */
export type WrittenBaseline = v.InferOutput<typeof baselineSchema>;
