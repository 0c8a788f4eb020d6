/** JSON Schema "attestation", version 1. Made by scripts/schemas.ts, not written by hand. */
export const attestationSchema = {
  $id: "urn:x-crllint:attestation:1",
  type: "object",
  properties: {
    _type: {
      const: "https://in-toto.io/Statement/v1",
    },
    subject: {
      type: "array",
      items: {
        type: "object",
        properties: {
          name: {
            type: "string",
          },
          digest: {
            type: "object",
            properties: {
              sha256: {
                type: "string",
                pattern: "^[0-9a-f]{64}$",
              },
            },
            required: ["sha256"],
          },
        },
        required: ["name", "digest"],
      },
    },
    predicateType: {
      const: "urn:x-crllint:attestation:1",
    },
    predicate: {
      type: "object",
      properties: {
        tool: {
          type: "object",
          properties: {
            name: {
              const: "crllint",
            },
            version: {
              type: "string",
            },
          },
          required: ["name", "version"],
        },
        ruleSet: {
          type: "object",
          properties: {
            sha256: {
              type: "string",
              pattern: "^[0-9a-f]{64}$",
            },
            rules: {
              type: "number",
            },
          },
          required: ["sha256", "rules"],
          description: "Digest of all rules with their requirements, and how many there are",
        },
        verdict: {
          enum: ["pass", "fail", "undecided"],
          type: "string",
          description: "The worst of all results",
        },
        failOn: {
          enum: ["error", "warning", "notice", "never"],
          type: "string",
          description: "The lowest severity that fails a CRL",
        },
        results: {
          type: "array",
          items: {
            type: "object",
            properties: {
              crl: {
                type: "object",
                properties: {
                  name: {
                    type: "string",
                    description: "Name of the file",
                  },
                  form: {
                    enum: ["crl", "tbs"],
                    type: "string",
                    description: "tbs: a TBSCertList that was not signed",
                  },
                  sha256: {
                    type: "string",
                    pattern: "^[0-9a-f]{64}$",
                    description: "Of the DER, or of an input that is not a CRL; absent for one that cannot be read",
                  },
                },
                required: ["name", "form"],
              },
              ca: {
                type: "object",
                properties: {
                  name: {
                    type: "string",
                  },
                  sha256: {
                    type: "string",
                    pattern: "^[0-9a-f]{64}$",
                  },
                },
                required: ["name"],
                description: "The certificate of the CA that the CRL was compared with",
              },
              verdict: {
                enum: ["pass", "fail", "undecided"],
                type: "string",
              },
              judgedAt: {
                type: "string",
                description: "The time that the CRL was linted as of, in ISO 8601",
              },
              profiles: {
                type: "array",
                items: {
                  type: "string",
                },
              },
              documents: {
                type: "array",
                items: {
                  type: "object",
                  properties: {
                    id: {
                      type: "string",
                    },
                    name: {
                      type: "string",
                    },
                    version: {
                      type: "string",
                    },
                  },
                  required: ["id", "name", "version"],
                },
                description: "The documents whose requirements apply, with the versions that the rules follow",
              },
              core: {
                type: "array",
                items: {
                  type: "object",
                  properties: {
                    rule: {
                      type: "string",
                    },
                    status: {
                      enum: ["made", "left-out", "not-made", "prevented"],
                      type: "string",
                    },
                    why: {
                      type: "string",
                    },
                  },
                  required: ["rule", "status"],
                },
                description:
                  "How the checks ended without which no CRL passes; and the checks of what the call expected that it left out",
              },
              off: {
                type: "array",
                items: {
                  type: "string",
                },
                description: "Rules that were switched off",
              },
              severities: {
                type: "array",
                items: {
                  type: "object",
                  properties: {
                    rule: {
                      type: "string",
                    },
                    why: {
                      type: "string",
                    },
                  },
                  required: ["rule", "why"],
                },
                description:
                  "Rules with findings whose severity an option set: errors among them may not have failed the CRL",
              },
              findings: {
                type: "array",
                items: {
                  type: "object",
                  properties: {
                    rule: {
                      type: "string",
                      description: "Rule id",
                    },
                    severity: {
                      enum: ["error", "warning", "notice"],
                      type: "string",
                    },
                    count: {
                      type: "number",
                      description: "Number of entries that it is about",
                    },
                    suppressed: {
                      type: "string",
                      description: "Why it does not count",
                    },
                  },
                  required: ["rule", "severity"],
                },
              },
            },
            required: ["crl", "verdict", "profiles", "documents", "core", "off", "severities", "findings"],
          },
        },
      },
      required: ["tool", "ruleSet", "verdict", "failOn", "results"],
    },
  },
  required: ["_type", "subject", "predicateType", "predicate"],
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Statement of in-toto about CRLs that crllint has linted, version 1",
};
