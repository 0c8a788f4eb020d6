/** JSON Schema of a config, version 1: made by scripts/schemas.ts, not written by hand. */
export const configJsonSchema = {
  type: "object",
  properties: {
    $schema: {
      type: "string",
      description: "Where this schema is",
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
      description: "Requirements to judge by",
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
      description: "Only these rules: id, part (idp, idp/*) or source:NAME",
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
      description: "Without these rules, or needs:INPUT",
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
      description: "Another severity for rules",
    },
    "all-dates": {
      type: "boolean",
      description: "Also requirements that are not in force on thisUpdate",
    },
    signature: {
      enum: ["verify", "ignore"],
      type: "string",
      description: "ignore: the CRLs are signed with a throw-away key",
    },
    "fail-on": {
      enum: ["error", "warning", "notice", "never"],
      type: "string",
      description: "Lowest severity that fails",
    },
    "fail-on-skipped": {
      type: "boolean",
      description: "A rule that could not be judged fails, too",
    },
    "max-warnings": {
      type: "integer",
      minimum: 0,
      maximum: 999999999,
      description: "More warnings than this fail",
    },
    "max-findings": {
      type: "integer",
      minimum: 0,
      maximum: 999999999,
      description: "Shown per rule and file, the rest is counted; 0 shows all",
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
      },
      required: [],
      additionalProperties: false,
      description: "How far inputs are read; docs/limits.md",
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
      description: "What goes to standard output",
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
      },
      required: [],
      additionalProperties: false,
      description: "Reports into files, besides standard output: FORMAT: FILE",
    },
    quiet: {
      type: "boolean",
      description: "Findings only",
    },
    verbose: {
      type: "boolean",
      description: "Also how every rule ended, and evidence",
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
              "Paths of CRLs, relative to this file: * within a folder's name, ** for any folders, ? and {a,b}",
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
            description: "Files with the CA's certificate, relative to this file",
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
              "Paths of CRLs, relative to this file: * within a folder's name, ** for any folders, ? and {a,b}",
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
      description: "What CRLs cover that do not say so themselves; the first that matches counts",
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
              "Paths of CRLs, relative to this file: * within a folder's name, ** for any folders, ? and {a,b}",
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
        },
        required: ["rule", "reason"],
        additionalProperties: false,
      },
      description: "Findings that are accepted",
    },
    baseline: {
      type: "string",
      pattern: "\\S",
      description: "File that crllint baseline has written",
    },
  },
  required: [],
  additionalProperties: false,
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Configuration of crllint, version 1",
};
