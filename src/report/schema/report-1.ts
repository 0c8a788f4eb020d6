import { severities } from "../../rule/report.ts";

type Schema = Readonly<Record<string, unknown>>;

const text = { type: "string" };
const count = { type: "integer", minimum: 0 };
const line = { type: "integer", minimum: 1 };
const octets = { type: "string", pattern: "^([0-9a-f]{2})*$" };
const digest = { type: "string", pattern: "^[0-9a-f]{64}$" };

function ref(name: string): Schema {
  return { $ref: `#/$defs/${name}` };
}

function listOf(items: Schema): Schema {
  return { type: "array", items };
}

/** An object of which all properties are there but those in `optional`. */
function object(description: string, required: Schema, optional: Schema = {}): Schema {
  return { description, type: "object", properties: { ...required, ...optional }, required: Object.keys(required) };
}

const location = object(
  "Octets of a file",
  {
    file: { ...text, description: "Its name as it was given, escaped" },
    path: { ...text, description: "ASN.1 path; empty for the whole" },
    offset: { ...count, description: "First octet in the DER, from 0" },
    length: count,
  },
  {
    serial: { ...text, description: "Of an entry: octets of its serial in hexadecimal, with colons" },
    object: object(
      "For an object that is not the whole of its file: where it is. `offset` of the location counts from its first byte",
      {
        offset: {
          ...count,
          description: "First byte of it: in the file, or in the message that was decoded from text",
        },
      },
      { in: { ...text, description: "What it was taken out of: PKCS#7, LDIF and the attribute" } },
    ),
    pem: {
      ...object("For PEM: where the base64 of the octets stands", {
        line,
        column: line,
        endLine: line,
        endColumn: line,
      }),
    },
  },
);

const cite = object(
  "What a document demands",
  { source: text, documentId: text, document: { ...text, description: "With its version" }, section: text },
  { quote: { ...text, description: "Word for word" }, url: text },
);

const attribute = object(
  "One attribute of an RDN",
  { type: text, oid: text, string: { ...text, description: "ASN.1 string type" }, text, offset: count },
  { undecoded: { const: true, description: "The value spells no text: `text` is # and the octets of its TLV" } },
);

const rdn = object("One RDN", {
  index: count,
  offset: count,
  length: count,
  hex: { ...octets, description: "Octets of its TLV, the first 256" },
  attributes: listOf(ref("attribute")),
});

const excerpt = object("Octets around the first difference", { path: text, offset: count, hex: octets });

const names = object("Issuer of the CRL and subject of the CA, RDN by RDN", {
  difference: { ...text, description: "The kind that says most: reversed, string-type, ..." },
  differences: listOf(text),
  summary: text,
  firstDifferingByte: { ...count, description: "Index within the Name TLVs" },
  rdns: listOf(
    object(
      "One row of the comparison",
      {
        index: count,
        same: { type: "boolean" },
        mark: { ...text, description: "=, #3 (stands there at the third place), type, text, missing, ..." },
      },
      { foundAt: { ...count, description: "Place on the CA's side, from 0" }, crl: ref("rdn"), ca: ref("rdn") },
    ),
  ),
  omitted: { ...count, description: "Rows that are not listed" },
  excerpt: object("Both sides from the same place of the Names", {
    crl: ref("excerpt"),
    ca: ref("excerpt"),
    differsAt: { ...count, description: "Index of the first octet that differs within the excerpts" },
  }),
});

const finding = object(
  "One thing that is wrong",
  {
    rule: { ...text, description: "Its id; crllint/... for what the tool says of its own work" },
    severity: { enum: severities.toReversed() },
    message: text,
    location: ref("location"),
    related: listOf(ref("location")),
    cites: listOf(ref("cite")),
    notes: listOf(text),
    help: { ...text, description: "What to do" },
  },
  {
    count: { ...count, description: "Of findings about entries: how many there are" },
    entries: { ...listOf(ref("location")), description: "The first of them" },
    names: ref("names"),
    suppressed: object(
      "Set where it does not count: it was accepted, although its rule has failed",
      { reason: text, by: { enum: ["config", "baseline"] } },
      { until: { ...text, description: "Last day of that, YYYY-MM-DD in UTC" } },
    ),
  },
);

const outcome = object(
  "How a rule ended",
  {
    rule: text,
    status: { enum: ["passed", "failed", "skipped", "not-in-force", "not-applicable", "crashed", "off"] },
    count: { ...count, description: "Violations, also those that are not listed" },
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
  "The certificate taken for the issuing CA's",
  { by: text, certificate: text, why: text, sameKey: listOf(text) },
  { sha256: digest },
);

const run = object(
  "Everything about one input",
  {
    crl: { ...text, description: "Name of the file as it was given, escaped" },
    form: { enum: ["crl", "tbs"] },
    verdict: { ...verdict, description: "What it means for a gate: exit code 0, 1 or 2" },
    judged: {
      type: "boolean",
      description: "Whether it was read and no core check is missing; if false, it is undecided",
    },
    core: { ...listOf(ref("core")), description: "How the checks ended without which no CRL passes" },
    scope: object("What the CRL covers", { kind: text, evidence: text }),
    profiles: listOf(text),
    entries: count,
    signature: object("Whether it verifies", { verdict: { enum: ["valid", "invalid", "not-checked"] } }, { why: text }),
    findings: listOf(ref("finding")),
    rules: { ...listOf(ref("outcome")), description: "Every rule of the profiles" },
  },
  {
    sha256: { ...digest, description: "Of the DER" },
    issuerSha256: { ...digest, description: "Of the DER of its issuer" },
    issuer: { ...text, description: "File of the issuing CA's certificate" },
    pairing: ref("pairing"),
    baselines: object("Baseline Requirements that the profiles apply because of what the CA issues", {
      sources: listOf(text),
      evidence: text,
    }),
  },
);

/**
 * JSON Schema (draft 2020-12) of version 1 of the json report. Within it properties and values may be added, so that
 * readers must pass over those that they do not know; none is taken away or given another type.
 */
export const reportSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "report-1.json",
  title: "crllint report, version 1",
  ...object(
    "What crllint found in certificate revocation lists",
    {
      $schema: { const: "report-1.json" },
      version: { const: 1 },
      tool: object("What wrote it", { name: { const: "crllint" }, version: text }),
      runs: listOf(ref("run")),
      summary: object(
        "Sums over all runs, without what is suppressed",
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
        { suppressed: { ...count, description: "Findings that do not count" } },
      ),
    },
    {
      shard: object("Where one part of the inputs was judged: which, of how many", { index: line, of: line }),
      inputs: object(
        "Where directories were given: the files that were looked at; one may hold both CRLs and certificates",
        {
          files: count,
          directories: { ...count, description: "Directories that were given, and walked" },
          crls: { ...count, description: "Files with CRLs" },
          certificates: { ...count, description: "Files with certificates" },
          unreadable: { ...count, description: "Files that cannot be read" },
          neither: {
            type: "object",
            additionalProperties: count,
            description: "Files with neither, by what they are: text, zip, private-key, ...",
          },
        },
      ),
    },
  ),
  $defs: { run, finding, location, cite, names, rdn, attribute, excerpt, outcome, pairing, core },
} as const;
