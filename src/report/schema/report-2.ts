import { severities } from "../../rule/report.ts";

type Schema = Readonly<Record<string, unknown>>;

const text = { type: "string" };
const count = { type: "integer", minimum: 0 };
const line = { type: "integer", minimum: 1 };
const bytes = { type: "string", pattern: "^([0-9a-f]{2})*$" };
const digest = { type: "string", pattern: "^[0-9a-f]{64}$" };

function ref(name: string): Schema {
  return { $ref: `#/$defs/${name}` };
}

function listOf(items: Schema): Schema {
  return { type: "array", items };
}

/** Returns the schema of an object. All properties are required, except those in `optional`. */
function object(description: string, required: Schema, optional: Schema = {}): Schema {
  return { description, type: "object", properties: { ...required, ...optional }, required: Object.keys(required) };
}

const location = object(
  "Bytes of a file",
  {
    file: { ...text, description: "Name of the file as it was given, escaped" },
    path: { ...text, description: "ASN.1 path; empty for the whole file" },
    offset: { ...count, description: "Offset of the first byte in the DER, from 0" },
    length: count,
  },
  {
    serial: { ...text, description: "Of an entry: bytes of its serial in hexadecimal, with colons" },
    object: object(
      "For an object that is not the whole file: its position. `offset` of the location counts from its first byte",
      {
        offset: {
          ...count,
          description: "Offset of its first byte in the file, or in the message that was decoded from text",
        },
      },
      { in: { ...text, description: "Container that it was read from: PKCS#7, LDIF and the attribute" } },
    ),
    pem: {
      ...object("For PEM: position of the base64 of the bytes", {
        line,
        column: line,
        endLine: line,
        endColumn: line,
      }),
    },
  },
);

const cite = object(
  "A requirement of a document",
  { source: text, documentId: text, document: { ...text, description: "Name with version" }, section: text },
  { quote: { ...text, description: "Text of the requirement, word for word" }, url: text },
);

const attribute = object(
  "One attribute of an RDN",
  { type: text, oid: text, string: { ...text, description: "ASN.1 string type" }, text, offset: count },
  { undecoded: { const: true, description: "The value is not valid text: `text` is # and the bytes of its TLV" } },
);

const rdn = object("One RDN", {
  index: count,
  offset: count,
  length: count,
  hex: { ...bytes, description: "Bytes of its TLV, at most the first 256" },
  attributes: listOf(ref("attribute")),
});

const excerpt = object("Bytes around the first difference", { path: text, offset: count, hex: bytes });

const names = object("Issuer of the CRL and subject of the CA's certificate, RDN by RDN", {
  difference: { ...text, description: "Kind of the difference, the most specific one: reversed, string-type, ..." },
  differences: listOf(text),
  summary: text,
  firstDifferingByte: { ...count, description: "Index within the Name TLVs" },
  rdns: listOf(
    object(
      "One row of the comparison",
      {
        index: count,
        same: { type: "boolean" },
        mark: { ...text, description: "=, #3 (is the third RDN of the CA's subject), type, text, missing, ..." },
      },
      { foundAt: { ...count, description: "Index in the CA's subject, from 0" }, crl: ref("rdn"), ca: ref("rdn") },
    ),
  ),
  omitted: { ...count, description: "Number of rows that are not listed" },
  excerpt: object("Both sides from the same position of the Names", {
    crl: ref("excerpt"),
    ca: ref("excerpt"),
    differsAt: { ...count, description: "Index in the excerpts of the first byte that differs" },
  }),
});

const finding = object(
  "A violation of a rule, or a finding of crllint about its own work",
  {
    rule: { ...text, description: "Rule id; crllint/... for a finding of crllint about its own work" },
    severity: { enum: severities.toReversed() },
    message: text,
    location: ref("location"),
    related: listOf(ref("location")),
    cites: listOf(ref("cite")),
    notes: listOf(text),
    help: { ...text, description: "Fix" },
  },
  {
    count: { ...count, description: "For a finding about entries: number of violations" },
    entries: { ...listOf(ref("location")), description: "For a finding about entries: the first violations" },
    names: ref("names"),
    suppressed: object(
      "Present if the finding is suppressed: it was accepted, although its rule has failed",
      { reason: text, by: { enum: ["config", "baseline"] } },
      { until: { ...text, description: "Last day of the suppression, YYYY-MM-DD in UTC" } },
    ),
  },
);

const notRun = ["skipped", "not-in-force", "not-applicable", "off"] as const;

const ended = object(
  "How a rule ended on inputs of one kind; without a status it has passed, unless the run of an input names it",
  { rule: text },
  { status: { enum: notRun }, why: text },
);

const outcome = object(
  "How a rule ended",
  {
    rule: text,
    status: { enum: ["passed", "failed", "crashed", ...notRun] },
    count: { ...count, description: "Number of violations, including those without a finding" },
  },
  { why: text },
);

const verdict = { enum: ["pass", "fail", "undecided"] } as const;

const core = object(
  "A core check: the issuer compared with the CA's subject, the signature verified with its key",
  { rule: text, status: { enum: ["made", "left-out", "not-made", "prevented"] } },
  { why: text },
);

const pairing = object(
  "The certificate that is used as that of the issuing CA",
  { by: text, certificate: text, why: text, sameKey: listOf(text) },
  { sha256: digest },
);

const certificate = object(
  "The status of a certificate by RFC 5280 6.3.3, if the run is about one",
  {
    certificate: { ...text, description: "Name of its file" },
    subject: { ...text, description: "RFC 4514 string" },
    serial: text,
    status: { enum: ["good", "revoked", "undetermined"] },
    used: { ...listOf(text), description: "Files of the CRLs that were used" },
    notes: listOf(object("Why clients may see another status", { section: text, why: text, fix: text })),
    unused: listOf(
      object("A CRL that was not used, and the condition that it does not meet", {
        crl: text,
        section: text,
        why: text,
        location: ref("location"),
        related: listOf(ref("location")),
      }),
    ),
    location: ref("location"),
  },
  {
    revocation: object(
      "The entry that lists it",
      { crl: text, entry: { ...count, description: "From 1" }, location: ref("location") },
      { reason: text, date: text },
    ),
    why: { ...text, description: "Why the status is undetermined" },
  },
);

const run = object(
  "The results for one input",
  {
    crl: { ...text, description: "Name of the file as it was given, escaped" },
    form: { enum: ["crl", "tbs", "certificate"], description: "What the run is about" },
    verdict: { ...verdict, description: "Verdict on the input: exit code 0, 1 or 2" },
    judged: {
      type: "boolean",
      description: "Whether the input was read and no core check is missing; if false, the verdict is undecided",
    },
    core: {
      ...listOf(ref("core")),
      description:
        "Results of the core checks, without which no CRL passes; and the checks of what the call expects that it leaves out",
    },
    scope: object("The certificates that the CRL covers", { kind: text, evidence: text }),
    profiles: listOf(text),
    entries: count,
    signature: object(
      "Whether the signature verifies",
      { verdict: { enum: ["valid", "invalid", "not-checked"] } },
      { why: text },
    ),
    findings: listOf(ref("finding")),
    rules: {
      ...listOf(ref("outcome")),
      description: "Rules that failed or crashed; without a kind, all rules",
    },
  },
  {
    sha256: { ...digest, description: "SHA-256 of the DER" },
    facts: object(
      "What the CRL states",
      { size: { ...count, description: "Size of its DER in bytes" } },
      {
        asOf: { ...text, description: "Time that it was linted as of, in ISO 8601" },
        thisUpdate: text,
        nextUpdate: text,
        number: { ...text, description: "cRLNumber in decimal, a long one in hexadecimal" },
        issuer: { ...text, description: "RFC 4514 string" },
        subject: { ...text, description: "Subject of the CA certificate, likewise" },
        algorithm: { ...text, description: "Name of the signature algorithm" },
      },
    ),
    issuerSha256: { ...digest, description: "SHA-256 of the DER of the CRL's issuer" },
    certificate: ref("certificate"),
    kind: { ...count, description: "Position in kinds, from 0: how the rules ended that rules does not name" },
    issuer: { ...text, description: "File of the issuing CA's certificate" },
    pairing: ref("pairing"),
    baselines: object("Baseline Requirements that the profiles apply because of what the CA issues", {
      sources: listOf(text),
      evidence: text,
    }),
  },
);

/**
 * JSON Schema (draft 2020-12) of version 2 of the json report. Within this version, properties and values may be added,
 * so readers must ignore those that they do not know. No property is removed and no type is changed.
 */
export const reportSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "urn:x-crllint:report:2",
  title: "crllint report, version 2",
  ...object(
    "The results of linting certificate revocation lists",
    {
      $schema: { const: "report-2.json" },
      version: { const: 2 },
      tool: object("The software that wrote the report", { name: { const: "crllint" }, version: text }),
      runs: listOf(ref("run")),
      kinds: {
        ...listOf({ ...listOf(ref("ended")), description: "How every rule of the profiles ended" }),
        description: "Kinds of inputs, in the order in which they first appear",
      },
      summary: object(
        "Sums over all runs, without suppressed findings",
        {
          verdict,
          pass: count,
          fail: count,
          undecided: count,
          runs: count,
          notJudged: count,
          errors: count,
          warnings: count,
          notices: count,
        },
        {
          suppressed: { ...count, description: "Number of suppressed findings" },
          why: { ...text, description: "Why the verdict of the call is worse than that of each run, if it is" },
        },
      ),
    },
    {
      shard: object("If only one part of the inputs was linted: its number, and the number of parts", {
        index: line,
        of: line,
      }),
      inputs: object(
        "If directories were given: counts of the files in them. One file may contain both CRLs and certificates",
        {
          files: count,
          directories: { ...count, description: "Number of directories that were searched" },
          crls: { ...count, description: "Number of files with CRLs" },
          certificates: { ...count, description: "Number of files with certificates" },
          unreadable: { ...count, description: "Number of files that cannot be read" },
          neither: {
            type: "object",
            additionalProperties: count,
            description: "Number of files with neither, by kind: text, zip, private-key, ...",
          },
        },
      ),
    },
  ),
  $defs: { run, finding, location, cite, names, rdn, attribute, excerpt, ended, outcome, pairing, core, certificate },
} as const;
