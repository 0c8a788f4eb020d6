/** JSON Schema "request", version 1. Made by scripts/schemas.ts, not written by hand. */
export const requestSchema = {
  type: "object",
  properties: {
    crl: {
      type: "string",
      description: "The CRL",
    },
    tbs: {
      type: "string",
      description: "Instead of crl: a TBSCertList that is not signed yet",
    },
    issuer: {
      anyOf: [
        {
          type: "string",
        },
        {
          type: "array",
          items: {
            type: "string",
          },
          minItems: 1,
        },
      ],
      description: "Certificate of the issuing CA. none leaves out the checks of the issuer and the signature",
    },
    previous: {
      type: "string",
      description: "CRL that this CRL replaces",
    },
    base: {
      type: "string",
      description: "Complete CRL that a delta CRL updates",
    },
    certs: {
      anyOf: [
        {
          type: "string",
        },
        {
          type: "array",
          items: {
            type: "string",
          },
          minItems: 1,
        },
      ],
      description: "Certificates in the scope of the CRL: files, bundles, directories",
    },
    expectRevoked: {
      anyOf: [
        {
          type: "string",
        },
        {
          type: "array",
          items: {
            type: "string",
          },
          minItems: 1,
        },
      ],
      description: "Certificates that the CRL must list",
    },
    expectGood: {
      anyOf: [
        {
          type: "string",
        },
        {
          type: "array",
          items: {
            type: "string",
          },
          minItems: 1,
        },
      ],
      description: "Certificates that the CRL must not list",
    },
    tbsWas: {
      type: "string",
      description:
        "What was linted before it was signed: a TBSCertList, or a CRL with a test signature; the CRL must have the same tbsCertList",
    },
    name: {
      type: "string",
      maxLength: 1000,
      description: "Name of the CRL in the report. Default: the name of its file in a form, else crl",
    },
    url: {
      type: "string",
      maxLength: 8192,
      format: "uri",
      description: "URL that the CRL is served from; nothing is fetched",
    },
    scope: {
      enum: ["subscriber", "ca", "both"],
      type: "string",
      description: "Kind of certificates that the CRL covers",
    },
    full: {
      type: "boolean",
      description: "The CRL is full and complete",
    },
    partitioned: {
      type: "boolean",
      description: "The CRL is one of several partitions (shards)",
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
          maxItems: 1000,
        },
      ],
      description: "Requirements to check: tls-br, smime-br, cs-br, etsi, rfc5280 ... Default: tls-br",
    },
    select: {
      anyOf: [
        {
          type: "string",
          pattern: "^[a-z0-9:/*-]{1,100}$",
        },
        {
          type: "array",
          items: {
            type: "string",
            pattern: "^[a-z0-9:/*-]{1,100}$",
          },
          minItems: 1,
          maxItems: 1000,
        },
      ],
      description: "Run only these rules: id, part (idp, idp/*) or source:NAME",
    },
    ignore: {
      anyOf: [
        {
          type: "string",
          pattern: "^[a-z0-9:/*-]{1,100}$",
        },
        {
          type: "array",
          items: {
            type: "string",
            pattern: "^[a-z0-9:/*-]{1,100}$",
          },
          minItems: 1,
          maxItems: 1000,
        },
      ],
      description: "Skip these rules; needs:INPUT (needs:certs) skips rules that need an input",
    },
    severity: {
      type: "object",
      propertyNames: {
        type: "string",
        pattern: "^[a-z0-9:/*-]{1,100}$",
      },
      additionalProperties: {
        enum: ["error", "warning", "notice", "off"],
        type: "string",
      },
      maxProperties: 1000,
      description: "Set the level of rules: error, warning, notice or off",
    },
    allDates: {
      type: "boolean",
      description: "Also check requirements that are not in force on thisUpdate",
    },
    now: {
      type: "string",
      maxLength: 64,
      description:
        "Lint as of this time: 2026-11-23T12:00:00Z, 2026-11-23, or thisUpdate, that of the CRL. Default: the server's clock",
    },
    validFor: {
      type: "string",
      maxLength: 64,
      description: "Fail a CRL that will not be valid for this long: 7d, 24h, 90m, PT24H ...",
    },
    signature: {
      enum: ["verify", "ignore"],
      type: "string",
      description: "Verify, or ignore if the CRL is signed with a test key. Default: verify",
    },
    failOn: {
      enum: ["error", "warning", "notice", "never"],
      type: "string",
      description: "Lowest severity that fails the run. Default: error",
    },
    failOnSkipped: {
      type: "boolean",
      description: "Fail the run if a rule could not be checked",
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
      description: "The answer is the report in this format, as the command writes it. Default: a LintAnswer",
    },
    maxFindings: {
      type: "integer",
      minimum: 0,
      maximum: 999999999,
      description: "Maximum findings shown per rule and file; the rest are counted; 0 shows all. Default: 20",
    },
  },
  required: [],
  additionalProperties: false,
};
