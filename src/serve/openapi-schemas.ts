import { severities } from "../rule/report.ts";
import { reportSchema } from "../report/schema/report-2.ts";
import { pkimetalLevels, pkimetalProfiles } from "./pkimetal.ts";
import { problemNames, problemPath } from "./problem.ts";
import { fileFields } from "./request.ts";
import { requestSchema } from "./schema/request-1.ts";

type Schema = Readonly<Record<string, unknown>>;

const levels = severities.toReversed();

/** Returns a reference to one of the schemas below. */
export function refTo(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

function described(schema: Schema, description: string): Schema {
  return { ...schema, description };
}

function object(properties: Schema, required: readonly string[] = Object.keys(properties)): Schema {
  return { type: "object", properties, required };
}

const text = { type: "string" };
const count = { type: "integer", minimum: 0 };
const flag = { type: "boolean" };

/** Returns the fields of a request as form fields, with files in binary. */
function formProperties(): Schema {
  const binary = { type: "string", format: "binary" };
  const { properties } = requestSchema;
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => {
      const isList = fileFields[name];
      if (isList === undefined) return [name, schema];
      return [name, described(isList ? { type: "array", items: binary } : binary, schema.description)];
    }),
  );
}

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
    to: described(text, "First day on which the requirement no longer applies"),
  },
  ["source", "document", "section", "severity"],
);

/** All JSON and form bodies of requests and answers, by name. */
export const schemas: Schema = {
  LintRequest: {
    description: "One of crl and tbs must be there. Files are base64 of DER, PEM or base64; PEM needs no base64.",
    ...requestSchema,
  },
  LintForm: {
    description: "As LintRequest. Lists have commas between their items, switches are true or false.",
    type: "object",
    properties: formProperties(),
  },
  LintAnswer: object({
    ok: described(flag, "Whether a gate may open: the command's exit code would be 0"),
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
      profile: described(text, `${Object.keys(pkimetalProfiles).join(", ")}, or a profile of crllint`),
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
