import * as v from "valibot";
import { descriptionOf, keysExpected, oneOrMore, schemaOf, textSchema as text } from "../options/schema.ts";
import { options, optionTable } from "../options/table.ts";

// Patterns have no flags, since JSON Schema has none. Messages state what is expected; check-shape.ts adds the value
// found, and its place.
const sha256 = v.pipe(v.string("text"), v.regex(/^[0-9a-fA-F]{64}$/, "a SHA-256: 64 hexadecimal digits"));
const day = v.pipe(v.string("text"), v.regex(/^\d{4}-\d{2}-\d{2}$/, "a day: 2026-12-31"));

function described<S extends v.GenericSchema>(description: string, schema: S) {
  return v.optional(v.pipe(schema, v.description(description)));
}

const globs = v.pipe(
  oneOrMore(text, "text or a list"),
  v.description(
    "Paths of CRLs, relative to this file: * within a directory's name, ** for any directories, ? and {a,b}",
  ),
);

/** Value of `issuer` if there is no certificate of the CA. */
export const noIssuer = "none";

/** One item of `pairs`. */
export const pairSchema = v.strictObject(
  {
    crl: globs,
    issuer: v.pipe(
      oneOrMore(text, "text or a list"),
      v.description(
        "Files with the CA's certificate, relative to this file; none leaves out the checks of issuer and signature",
      ),
    ),
  },
  keysExpected,
);

const completeness = v.picklist(optionTable.completeness.type.choices);

/** One item of `scopes`. */
export const scopeSchema = v.strictObject(
  {
    crl: globs,
    scope: described("What the CRL covers", v.picklist(optionTable.scope.type.choices)),
    completeness: described("Whether it is complete, or one of several partitions", completeness),
  },
  keysExpected,
);

/** One item of `suppress`. */
export const suppressionSchema = v.strictObject(
  {
    rule: v.pipe(text, v.description("Id of a rule, a part (idp), or a source (source:mozilla)")),
    reason: v.pipe(text, v.description("Why it is accepted; reports show it")),
    until: described("Last day on which it is accepted, in UTC", day),
    crl: v.optional(globs),
    sha256: described("SHA-256 of the CRL's DER", sha256),
    "issuer-sha256": described("SHA-256 of the DER of the CRL's issuer", sha256),
    "ca-sha256": described("SHA-256 of the CA certificate that the CRL is compared with", sha256),
  },
  keysExpected,
);

/** Schemas of the options that a configuration may set, by their keys. */
const settings = Object.fromEntries(
  [...options.values()].flatMap(({ configuration, help, type }) => {
    if (configuration === undefined) return [];
    return [[configuration, described(descriptionOf(help), schemaOf(type, "configuration"))] as const];
  }),
);

/** Schema of a configuration. */
export const configSchema = v.strictObject(
  {
    $schema: described("Where this schema is", v.string("text")),
    ...settings,
    pairs: described(
      "Which certificate has issued which CRLs; the first that matches counts",
      v.array(pairSchema, "a list"),
    ),
    scopes: described(
      "What CRLs cover, if they do not state it; the first that matches counts",
      v.array(scopeSchema, "a list"),
    ),
    suppress: described("Findings that are accepted", v.array(suppressionSchema, "a list")),
  },
  keysExpected,
);

/** A configuration as it is written: options by their keys, and settings that only a configuration has. */
export interface WrittenConfig {
  readonly [key: string]: unknown;
  readonly pairs?: readonly v.InferOutput<typeof pairSchema>[];
  readonly scopes?: readonly v.InferOutput<typeof scopeSchema>[];
  readonly suppress?: readonly v.InferOutput<typeof suppressionSchema>[];
}

/** One item of a baseline. */
const knownSchema = v.strictObject(
  {
    rule: v.pipe(text, v.description("Id of the rule")),
    path: v.pipe(v.string("text"), v.description("ASN.1 path, without the index of an entry")),
    issuerSha256: v.pipe(
      v.string("text"),
      v.regex(/^[0-9a-f]{64}$/, "a SHA-256: 64 hexadecimal digits"),
      v.description("SHA-256 of the DER of the CRL's issuer"),
    ),
    sha256: described("SHA-256 of the CRL, for a finding that applies to it alone", sha256),
    caSha256: described("SHA-256 of the CA certificate, for a finding of a core check", sha256),
  },
  keysExpected,
);

/** Schema of a baseline. */
export const baselineSchema = v.strictObject(
  {
    $schema: v.optional(v.string("text")),
    version: v.literal(1, "1"),
    entries: v.pipe(v.array(knownSchema, "a list"), v.description("Findings that existed when it was written")),
  },
  keysExpected,
);

/** A baseline as it is written. */
export type WrittenBaseline = v.InferOutput<typeof baselineSchema>;
