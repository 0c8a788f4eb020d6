import * as v from "valibot";

/** Type of the statements: in-toto Statement v1. */
export const statementType = "https://in-toto.io/Statement/v1";

/** Type of the predicate of the statements. */
export const predicateType = "urn:x-crllint:attestation:1";

const text = v.string("text");
const sha256 = v.pipe(
  v.string("a SHA-256 in hexadecimal"),
  v.regex(/^[0-9a-f]{64}$/, "a SHA-256 in lower-case hexadecimal"),
);
const verdict = v.picklist(["pass", "fail", "undecided"], "pass, fail or undecided");
const level = v.picklist(["error", "warning", "notice"], "error, warning or notice");

const finding = v.object({
  rule: v.pipe(text, v.description("Rule id")),
  severity: level,
  count: v.optional(v.pipe(v.number(), v.description("Number of entries that it is about"))),
  suppressed: v.optional(v.pipe(text, v.description("Why it does not count"))),
});

const result = v.object({
  crl: v.object({
    name: v.pipe(text, v.description("Name of the file")),
    form: v.pipe(v.picklist(["crl", "tbs"]), v.description("tbs: a TBSCertList that was not signed")),
    sha256: v.optional(
      v.pipe(sha256, v.description("Of the DER, or of an input that is not a CRL; absent for one that cannot be read")),
    ),
  }),
  ca: v.optional(
    v.pipe(
      v.object({ name: text, sha256: v.optional(sha256) }),
      v.description("The certificate of the CA that the CRL was compared with"),
    ),
  ),
  verdict,
  judgedAt: v.optional(v.pipe(text, v.description("The time that the CRL was linted as of, in ISO 8601"))),
  profiles: v.array(text),
  documents: v.pipe(
    v.array(v.object({ id: text, name: text, version: text })),
    v.description("The documents whose requirements apply, with the versions that the rules follow"),
  ),
  core: v.pipe(
    v.array(
      v.object({
        rule: text,
        status: v.picklist(["made", "left-out", "not-made", "prevented"]),
        why: v.optional(text),
      }),
    ),
    v.description(
      "How the checks ended without which no CRL passes; and the checks of what the call expected that it left out",
    ),
  ),
  off: v.pipe(v.array(text), v.description("Rules that were switched off")),
  severities: v.pipe(
    v.array(v.object({ rule: text, why: text })),
    v.description("Rules with findings whose severity an option set: errors among them may not have failed the CRL"),
  ),
  findings: v.array(finding),
});

/** A statement, with the fields that are read. Others are ignored, as in-toto requires. */
export const statementSchema = v.object({
  _type: v.literal(statementType, statementType),
  subject: v.array(v.object({ name: text, digest: v.object({ sha256 }) })),
  predicateType: v.literal(predicateType, predicateType),
  predicate: v.object({
    tool: v.object({ name: v.literal("crllint", "crllint"), version: text }),
    ruleSet: v.pipe(
      v.object({ sha256, rules: v.number() }),
      v.description("Digest of all rules with their requirements, and how many there are"),
    ),
    verdict: v.pipe(verdict, v.description("The worst of all results")),
    failOn: v.pipe(
      v.picklist(["error", "warning", "notice", "never"]),
      v.description("The lowest severity that fails a CRL"),
    ),
    results: v.array(result),
  }),
});

/** A statement about CRLs that were linted. */
export type Statement = v.InferOutput<typeof statementSchema>;

/** Result for one CRL in a statement. */
export type StatementResult = Statement["predicate"]["results"][number];
