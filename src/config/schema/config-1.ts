/** JSON Schema "config", version 1. Made by scripts/schemas.ts, not written by hand. */
export const configJsonSchema = {
  $id: "urn:x-crllint:config:1",
  type: "object",
  properties: {
    $schema: {
      type: "string",
      description: "Where this schema is",
    },
    limits: {
      type: "object",
      properties: {
        size: {
          type: "integer",
          minimum: 1,
          maximum: 2147483648,
        },
        blocks: {
          type: "integer",
          minimum: 1,
          maximum: 16777216,
        },
        depth: {
          type: "integer",
          minimum: 1,
          maximum: 256,
        },
        entries: {
          type: "integer",
          minimum: 1,
          maximum: 134217728,
        },
        extensions: {
          type: "integer",
          minimum: 1,
          maximum: 16777216,
        },
        attributes: {
          type: "integer",
          minimum: 1,
          maximum: 16777216,
        },
        value: {
          type: "integer",
          minimum: 1,
          maximum: 16777216,
        },
        names: {
          type: "integer",
          minimum: 1,
          maximum: 16777216,
        },
        oid: {
          type: "integer",
          minimum: 1,
          maximum: 65536,
        },
        candidates: {
          type: "integer",
          minimum: 1,
          maximum: 16777216,
        },
      },
      required: [],
      additionalProperties: false,
      description: "How far inputs are read: depth, entries, extensions ... (docs/limits.md)",
    },
    profile: {
      anyOf: [
        {
          enum: [
            "rfc5280",
            "tls-br",
            "smime-br",
            "cs-br",
            "mozilla",
            "ccadb",
            "chrome",
            "apple",
            "microsoft",
            "etsi",
            "fpki",
            "rpki",
            "icao",
            "matter",
            "gsma",
            "opcua",
            "cnsa",
            "private",
          ],
          type: "string",
        },
        {
          type: "array",
          items: {
            enum: [
              "rfc5280",
              "tls-br",
              "smime-br",
              "cs-br",
              "mozilla",
              "ccadb",
              "chrome",
              "apple",
              "microsoft",
              "etsi",
              "fpki",
              "rpki",
              "icao",
              "matter",
              "gsma",
              "opcua",
              "cnsa",
              "private",
            ],
            type: "string",
          },
          minItems: 1,
        },
      ],
      description: "Requirements to check: tls-br, smime-br, cs-br, etsi, rfc5280 ...",
    },
    select: {
      anyOf: [
        {
          type: "string",
          pattern: "\\S",
        },
        {
          type: "array",
          items: {
            type: "string",
            pattern: "\\S",
          },
          minItems: 1,
        },
      ],
      description: "Run only these rules: id, part (idp, idp/*) or source:NAME",
    },
    ignore: {
      anyOf: [
        {
          type: "string",
          pattern: "\\S",
        },
        {
          type: "array",
          items: {
            type: "string",
            pattern: "\\S",
          },
          minItems: 1,
        },
      ],
      description: "Skip these rules; needs:INPUT (needs:certs) skips rules that need an input",
    },
    severity: {
      type: "object",
      propertyNames: {
        type: "string",
      },
      additionalProperties: {
        enum: ["error", "warning", "notice", "off"],
        type: "string",
      },
      description: "Set the level of rules: error, warning, notice or off",
    },
    "all-dates": {
      type: "boolean",
      description: "Also check requirements that are not in force on thisUpdate",
    },
    now: {
      type: "string",
      maxLength: 64,
      description: "Lint as of this time: 2026-11-23T12:00:00Z, 2026-11-23, or thisUpdate, that of each CRL",
    },
    "valid-for": {
      type: "string",
      maxLength: 64,
      description: "Fail a CRL that will not be valid for this long: 7d, 24h, 90m, PT24H ...",
    },
    signature: {
      enum: ["verify", "ignore"],
      type: "string",
      description: "Verify, or ignore if the CRL is signed with a test key",
    },
    "fail-on": {
      enum: ["error", "warning", "notice", "never"],
      type: "string",
      description: "Lowest severity that fails the run",
    },
    "fail-on-skipped": {
      type: "boolean",
      description: "Fail the run if a rule could not be checked",
    },
    "max-warnings": {
      type: "integer",
      minimum: 0,
      maximum: 999999999,
      description: "Fail the run if there are more than <n> warnings",
    },
    baseline: {
      type: "string",
      pattern: "\\S",
      description: "Findings that do not count: a file that crllint baseline wrote",
    },
    format: {
      enum: [
        "human",
        "compact",
        "json",
        "jsonl",
        "sarif",
        "sarif-github",
        "junit",
        "github",
        "gitlab",
        "markdown",
        "tap",
        "html",
      ],
      type: "string",
      description: "Format of standard output",
    },
    reports: {
      type: "object",
      properties: {
        human: {
          type: "string",
          pattern: "\\S",
        },
        compact: {
          type: "string",
          pattern: "\\S",
        },
        json: {
          type: "string",
          pattern: "\\S",
        },
        jsonl: {
          type: "string",
          pattern: "\\S",
        },
        sarif: {
          type: "string",
          pattern: "\\S",
        },
        "sarif-github": {
          type: "string",
          pattern: "\\S",
        },
        junit: {
          type: "string",
          pattern: "\\S",
        },
        github: {
          type: "string",
          pattern: "\\S",
        },
        gitlab: {
          type: "string",
          pattern: "\\S",
        },
        markdown: {
          type: "string",
          pattern: "\\S",
        },
        tap: {
          type: "string",
          pattern: "\\S",
        },
        html: {
          type: "string",
          pattern: "\\S",
        },
        "in-toto": {
          type: "string",
          pattern: "\\S",
        },
      },
      required: [],
      additionalProperties: false,
      description: "Also write a report to a file",
    },
    "max-findings": {
      type: "integer",
      minimum: 0,
      maximum: 999999999,
      description: "Maximum findings shown per rule and file; the rest are counted; 0 shows all",
    },
    quiet: {
      type: "boolean",
      description: "Show only findings",
    },
    verbose: {
      type: "boolean",
      description: "Also show the outcome of every rule, and evidence",
    },
    pairs: {
      type: "array",
      items: {
        type: "object",
        properties: {
          crl: {
            anyOf: [
              {
                type: "string",
                pattern: "\\S",
              },
              {
                type: "array",
                items: {
                  type: "string",
                  pattern: "\\S",
                },
                minItems: 1,
              },
            ],
            description:
              "Paths of CRLs, relative to this file: * within a directory's name, ** for any directories, ? and {a,b}",
          },
          issuer: {
            anyOf: [
              {
                type: "string",
                pattern: "\\S",
              },
              {
                type: "array",
                items: {
                  type: "string",
                  pattern: "\\S",
                },
                minItems: 1,
              },
            ],
            description:
              "Files with the CA's certificate, relative to this file; none leaves out the checks of issuer and signature",
          },
        },
        required: ["crl", "issuer"],
        additionalProperties: false,
      },
      description: "Which certificate has issued which CRLs; the first that matches counts",
    },
    scopes: {
      type: "array",
      items: {
        type: "object",
        properties: {
          crl: {
            anyOf: [
              {
                type: "string",
                pattern: "\\S",
              },
              {
                type: "array",
                items: {
                  type: "string",
                  pattern: "\\S",
                },
                minItems: 1,
              },
            ],
            description:
              "Paths of CRLs, relative to this file: * within a directory's name, ** for any directories, ? and {a,b}",
          },
          scope: {
            enum: ["subscriber", "ca", "both"],
            type: "string",
            description: "What the CRL covers",
          },
          completeness: {
            enum: ["full", "partitioned"],
            type: "string",
            description: "Whether it is complete, or one of several partitions",
          },
        },
        required: ["crl"],
        additionalProperties: false,
      },
      description: "What CRLs cover, if they do not state it; the first that matches counts",
    },
    suppress: {
      type: "array",
      items: {
        type: "object",
        properties: {
          rule: {
            type: "string",
            pattern: "\\S",
            description: "Id of a rule, a part (idp), or a source (source:mozilla)",
          },
          reason: {
            type: "string",
            pattern: "\\S",
            description: "Why it is accepted; reports show it",
          },
          until: {
            type: "string",
            pattern: "^\\d{4}-\\d{2}-\\d{2}$",
            description: "Last day on which it is accepted, in UTC",
          },
          crl: {
            anyOf: [
              {
                type: "string",
                pattern: "\\S",
              },
              {
                type: "array",
                items: {
                  type: "string",
                  pattern: "\\S",
                },
                minItems: 1,
              },
            ],
            description:
              "Paths of CRLs, relative to this file: * within a directory's name, ** for any directories, ? and {a,b}",
          },
          sha256: {
            type: "string",
            pattern: "^[0-9a-fA-F]{64}$",
            description: "SHA-256 of the CRL's DER",
          },
          "issuer-sha256": {
            type: "string",
            pattern: "^[0-9a-fA-F]{64}$",
            description: "SHA-256 of the DER of the CRL's issuer",
          },
          "ca-sha256": {
            type: "string",
            pattern: "^[0-9a-fA-F]{64}$",
            description: "SHA-256 of the CA certificate that the CRL is compared with",
          },
        },
        required: ["rule", "reason"],
        additionalProperties: false,
      },
      description: "Findings that are accepted",
    },
  },
  required: [],
  additionalProperties: false,
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Configuration of crllint, version 1",
};
