import { severities } from "../rule/report.ts";
import { formats } from "../report/formats.ts";
import { reportSchema } from "../report/schema/report-1.ts";
import { profiles } from "../sources/profiles.ts";
import { problemNames, problemPath } from "./problem.ts";

type Schema = Readonly<Record<string, unknown>>;

const levels = severities.toReversed();

/** A reference to one of the schemas below. */
export function refTo(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

function described(schema: Schema, description: string): Schema {
  return { ...schema, description };
}

function oneOrMore(schema: Schema): Schema {
  return { anyOf: [schema, { type: "array", items: schema, minItems: 1 }] };
}

function object(properties: Schema, required: readonly string[] = Object.keys(properties)): Schema {
  return { type: "object", properties, required };
}

const text = { type: "string" };
const count = { type: "integer", minimum: 0 };
const flag = { type: "boolean" };
const pattern = { type: "string", pattern: "^[a-z0-9:/*-]{1,100}$" };
const profile = { enum: Object.keys(profiles), type: "string" };

const options: Schema = {
  name: described(
    { type: "string", maxLength: 1000 },
    "What the CRL is called in the report. Default: the name of its file in a form, else crl",
  ),
  profile: described(oneOrMore(profile), "Requirements to judge by. Default: tls-br"),
  select: described(oneOrMore(pattern), "Only these rules: id, part (idp, idp/*) or source:NAME"),
  ignore: described(oneOrMore(pattern), "Without these rules, or needs:INPUT"),
  severity: described(
    {
      type: "object",
      propertyNames: pattern,
      additionalProperties: { enum: [...levels, "off"], type: "string" },
    },
    "Another severity for these rules. In a form: rule=level, with commas between several",
  ),
  now: described({ type: "string", format: "date-time" }, "The moment to judge at. Default: the server's clock"),
  failOn: described({ enum: [...levels, "never"], type: "string" }, "Lowest severity that fails. Default: error"),
  failOnSkipped: described(flag, "A rule that could not be judged fails, too"),
  signature: described({ enum: ["verify", "ignore"], type: "string" }, "ignore: signed with a throw-away key"),
  scope: described({ enum: ["subscriber", "ca", "both"], type: "string" }, "Default: what the CRL says itself"),
  full: described(flag, "The CRL is full and complete"),
  partitioned: described(flag, "The CRL is one of several partitions (shards)"),
  url: described({ type: "string", format: "uri", maxLength: 8192 }, "Where the CRL is served; nothing is fetched"),
  maxFindings: described(
    { type: "integer", minimum: 0, maximum: 999_999_999 },
    "Findings of one rule that are listed; the rest is counted, and 0 lists all. Default: 20",
  ),
  allDates: described(flag, "Also requirements that are not in force on thisUpdate"),
  format: described(
    { enum: formats, type: "string" },
    "The answer is the report in this format, octet for octet as `crllint --format` writes it. Default: a LintAnswer",
  ),
};

/** Fields that hold files, and what each is; true where it may hold several. */
const files: Readonly<Record<string, readonly [string, boolean]>> = {
  crl: ["The CRL", false],
  tbs: ["In place of crl: a TBSCertList that is not signed yet", false],
  issuer: ["The certificate of the issuing CA, or several of which one may be it", true],
  previous: ["The CRL that this one replaces", false],
  base: ["The complete CRL that a delta CRL updates", false],
  tbsWas: ["What was linted before it was signed", false],
  certs: ["Certificates that the CRL may list", true],
  expectRevoked: ["Certificates that the CRL must list", true],
  expectGood: ["Certificates that the CRL must not list", true],
};

function fileProperties(one: Schema): Schema {
  const several = { type: "array", items: one };
  return Object.fromEntries(
    Object.entries(files).map(([name, [description, isList]]) => {
      const schema = "format" in one ? (isList ? several : one) : isList ? oneOrMore(one) : one;
      return [name, described(schema, description)];
    }),
  );
}

const pkimetalLevels = ["meta", "debug", "info", "notice", "warning", "error", "bug", "fatal"];

const finding = object(
  {
    Linter: { const: "crllint" },
    Field: described(text, "ASN.1 path"),
    Code: described(text, "Id of the rule"),
    Finding: text,
    Severity: { enum: pkimetalLevels },
  },
  ["Linter", "Finding", "Severity"],
);

const requirement = object(
  {
    source: text,
    document: text,
    section: text,
    severity: { enum: levels },
    quote: text,
    from: described(text, "First day in force"),
    to: described(text, "First day not in force any more"),
  },
  ["source", "document", "section", "severity"],
);

/** Everything that goes in and out as JSON or as a form, by name. */
export const schemas: Schema = {
  LintRequest: {
    description: "One of crl and tbs must be there. Files are base64 of DER, PEM or base64; PEM may stand as it is.",
    type: "object",
    properties: { ...fileProperties(text), ...options },
    required: [],
    additionalProperties: false,
  },
  LintForm: {
    description: "As LintRequest. Lists have commas between their items, switches are true or false.",
    type: "object",
    properties: { ...fileProperties({ type: "string", format: "binary" }), ...options },
  },
  LintAnswer: object({
    ok: described(flag, "Whether a gate may go on: the command's exit code would be 0"),
    verdict: described({ enum: ["pass", "fail", "undecided"] }, "Exit codes 0, 1 and 2"),
    report: refTo("Report"),
  }),
  Report: reportSchema,
  RuleList: object({
    version: { const: 1 },
    counts: object({ rules: count, requirements: count }),
    rules: {
      type: "array",
      items: object({
        id: text,
        title: text,
        severity: { enum: levels },
        needs: { type: "array", items: text },
        requirements: { type: "array", items: requirement },
      }),
    },
  }),
  PkimetalRequest: object(
    {
      b64input: described(text, "Base64 or PEM of the CRL or the TBSCertList; b64crl and b64tbscrl are the same"),
      b64issuer: described(text, "Certificate of the issuing CA; may be repeated. pkimetal has no such field"),
      format: { enum: ["json", "text", "html"], default: "json" },
      profile: described(text, "autodetect, rfc5280_crl, rfc5280_arl, tbr_crl, tbr_arl, or a profile of crllint"),
      severity: { enum: pkimetalLevels, default: "meta" },
    },
    ["b64input"],
  ),
  PkimetalFinding: finding,
  PkimetalAnswer: { type: "array", items: refTo("PkimetalFinding") },
  Problem: described(
    object({
      type: { enum: problemNames.map((name) => `${problemPath}${name}`) },
      title: text,
      status: { type: "integer", minimum: 400, maximum: 599 },
      detail: text,
    }),
    "Problem Details (RFC 9457)",
  ),
  Health: object({ status: { enum: ["ok", "stopping"] } }),
};
