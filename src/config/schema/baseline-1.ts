/** JSON Schema "baseline", version 1. Made by scripts/schemas.ts, not written by hand. */
export const baselineJsonSchema = {
  $id: "urn:x-crllint:baseline:1",
  type: "object",
  properties: {
    $schema: {
      type: "string",
    },
    version: {
      const: 1,
    },
    entries: {
      type: "array",
      items: {
        type: "object",
        properties: {
          rule: {
            type: "string",
            pattern: "\\S",
            description: "Id of the rule",
          },
          path: {
            type: "string",
            description: "ASN.1 path, without the index of an entry",
          },
          issuerSha256: {
            type: "string",
            pattern: "^[0-9a-f]{64}$",
            description: "SHA-256 of the DER of the CRL's issuer",
          },
          sha256: {
            type: "string",
            pattern: "^[0-9a-fA-F]{64}$",
            description: "SHA-256 of the CRL, for a finding that applies to it alone",
          },
          caSha256: {
            type: "string",
            pattern: "^[0-9a-fA-F]{64}$",
            description: "SHA-256 of the CA certificate, for a finding of a core check",
          },
        },
        required: ["rule", "path", "issuerSha256"],
        additionalProperties: false,
      },
      description: "Findings that existed when it was written",
    },
  },
  required: ["version", "entries"],
  additionalProperties: false,
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Baseline of crllint, version 1",
};
