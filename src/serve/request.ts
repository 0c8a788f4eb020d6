import * as v from "valibot";
import { parseMoment } from "../options/moment.ts";
import { severities } from "../rule/report.ts";
import { type Format, formats } from "../report/formats.ts";
import { type ProfileId, profiles } from "../sources/profiles.ts";

const levels = severities.toReversed();

/** A rule, a part, a source or an input, as `--select` takes it. */
const pattern = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9:/*-]{1,100}$/u, "must be a rule's id, a part, source:NAME or needs:INPUT"),
);

const profile = v.picklist(
  Object.keys(profiles) as [ProfileId, ...ProfileId[]],
  "must be a profile: rfc5280, tls-br, mozilla, ...",
);

/** One or several; one may stand without a list around it. */
function oneOrMore<T extends v.GenericSchema>(item: T) {
  return v.union([item, v.pipe(v.array(item), v.minLength(1, "must not be empty"))]);
}

/** How a CRL is judged, and how the answer is written: as the options of `crllint lint` of the same names. */
const options = {
  name: v.optional(v.pipe(v.string(), v.maxLength(1000, "must not have more than 1,000 characters"))),
  profile: v.optional(oneOrMore(profile)),
  select: v.optional(oneOrMore(pattern)),
  ignore: v.optional(oneOrMore(pattern)),
  severity: v.optional(
    v.record(pattern, v.picklist([...levels, "off"], "must be error, warning, notice or off for each rule")),
  ),
  now: v.optional(
    v.pipe(
      v.string(),
      v.check((text) => parseMoment(text) !== undefined, "must be a time of RFC 3339: 2026-11-23T12:00:00Z"),
    ),
  ),
  failOn: v.optional(v.picklist([...levels, "never"], "must be error, warning, notice or never")),
  failOnSkipped: v.optional(v.boolean("must be true or false")),
  signature: v.optional(v.picklist(["verify", "ignore"], "must be verify or ignore")),
  scope: v.optional(v.picklist(["subscriber", "ca", "both"], "must be subscriber, ca or both")),
  full: v.optional(v.boolean("must be true or false")),
  partitioned: v.optional(v.boolean("must be true or false")),
  url: v.optional(v.pipe(v.string(), v.url("must be an absolute URL"), v.maxLength(8192, "is too long"))),
  maxFindings: v.optional(
    v.pipe(
      v.number("must be a number"),
      v.integer("must be a whole number"),
      v.minValue(0, "must not be negative"),
      v.maxValue(999_999_999, "is too large"),
    ),
  ),
  allDates: v.optional(v.boolean("must be true or false")),
  format: v.optional(v.picklist(formats as [Format, ...Format[]], `must be one of ${formats.join(", ")}`)),
};

/** Base64 of a file in DER, PEM or base64, or PEM as it stands. */
const file = v.string("must be a string of base64 or PEM");
const severalFiles = oneOrMore(file);

/** Fields of a request that hold files, and whether each may hold several. */
export const fileFields = {
  crl: false,
  tbs: false,
  issuer: true,
  previous: false,
  base: false,
  tbsWas: false,
  certs: true,
  expectRevoked: true,
  expectGood: true,
} as const satisfies Readonly<Record<string, boolean>>;

/** Name of a field that holds files. */
export type FileField = keyof typeof fileFields;

/** Names of the fields that are no files. */
export const optionFields = Object.keys(options);

/** Options of a request, whatever its body is like. */
export const optionsSchema = v.strictObject(options);

/** How a CRL is to be judged, and how the answer is to be written. */
export type RequestOptions = v.InferOutput<typeof optionsSchema>;

/** A body of JSON. */
export const jsonSchema = v.strictObject({
  crl: v.optional(file),
  tbs: v.optional(file),
  issuer: v.optional(severalFiles),
  previous: v.optional(file),
  base: v.optional(file),
  tbsWas: v.optional(file),
  certs: v.optional(severalFiles),
  expectRevoked: v.optional(severalFiles),
  expectGood: v.optional(severalFiles),
  ...options,
});
