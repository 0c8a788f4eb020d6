import * as v from "valibot";
import { descriptionOf, schemaOf } from "../options/schema.ts";
import { type OptionDefinition, type OptionName, options, type OptionTable } from "../options/table.ts";
import type { Flags } from "../options/values.ts";

type OptionField = {
  [K in OptionName]: OptionTable[K] extends { readonly isServiceField: true } ? K : never;
}[OptionName];

const fields = [...options].filter(([, { isServiceField }]) => isServiceField === true);

/** Fields that hold files, and whether each may hold several; `tbs` is there instead of `crl`. */
export const fileFields: Readonly<Record<string, boolean>> = {
  crl: false,
  tbs: false,
  ...Object.fromEntries(
    fields.flatMap(([name, { library }]) => (library?.holds === undefined ? [] : [[name, library.holds !== "one"]])),
  ),
};

/** Base64 of a file in DER, PEM or base64, or PEM as it is. */
const file = v.string("a string of base64 or PEM");
const severalFiles: v.GenericSchema = v.union(
  [file, v.pipe(v.array(file), v.minLength(1, "a list that is not empty"))],
  "a string of base64 or PEM, or a list of them",
);

/** The text that a field takes instead of files, if it says that there are none. */
export const noFiles = "none";

/** Whether a field takes `none`. */
export function takesNone(name: string): boolean {
  return options.get(name)?.library?.holds === "oneOrMore";
}

/** A file of a request. */
export interface RequestFile {
  readonly bytes: Uint8Array;
  /** As the client calls it, not escaped; undefined for text. */
  readonly name?: string;
}

/** The files in each field, in their order, or `none` where a field says that there are none. */
export type RequestFiles = Readonly<Record<string, readonly RequestFile[] | typeof noFiles>>;

/** What is said of fields that are not quite as the options of the same names. */
const ownHelp: Readonly<Record<string, string>> = {
  crl: "The CRL",
  tbs: "Instead of crl: a TBSCertList that is not signed yet",
  issuer: "Certificate of the issuing CA. none leaves out the checks of the issuer and the signature",
  now: "Lint as of this time: 2026-11-23T12:00:00Z, 2026-11-23, or thisUpdate, that of the CRL. Default: the server's clock",
  format: "The answer is the report in this format, as the command writes it. Default: a LintAnswer",
};

function described(description: string, schema: v.GenericSchema): v.GenericSchema {
  return v.optional(v.pipe(schema, v.description(description)));
}

/** What the description of the service says of an option: its help, and its default. */
function describe({ help, default: usual }: OptionDefinition): string {
  const text = descriptionOf(help);
  return usual === undefined
    ? text
    : `${text}${text.endsWith(".") ? "" : "."} Default: ${([usual as string | number | readonly string[]].flat() as readonly unknown[]).join(", ")}`;
}

/** How a CRL is linted, and how the answer is written: as the options of the command with the same names. */
const settings: Readonly<Record<string, v.GenericSchema>> = {
  name: described(
    "Name of the CRL in the report. Default: the name of its file in a form, else crl",
    v.pipe(v.string("text"), v.maxLength(1000, "text of at most 1,000 characters")),
  ),
  ...Object.fromEntries(
    fields
      .filter(([name]) => !Object.hasOwn(fileFields, name))
      .map(([name, option]) => [name, described(ownHelp[name] ?? describe(option), schemaOf(option.type, "request"))]),
  ),
};

/** Names of the fields that do not hold files. */
export const optionFields: readonly string[] = Object.keys(settings);

/** Options of a request, for either type of body. */
export const optionsSchema = v.strictObject(settings);

/** A body of JSON. */
export const jsonSchema = v.strictObject({
  ...Object.fromEntries(
    Object.entries(fileFields).map(([name, isList]) => {
      const option = options.get(name);
      const help = ownHelp[name] ?? (option === undefined ? name : describe(option));
      return [name, described(help, isList ? severalFiles : file)];
    }),
  ),
  ...settings,
});

/** How a CRL is linted, and how the answer is written. Times are text. */
export type RequestOptions = Readonly<Partial<Record<OptionField, unknown>>> & {
  readonly name?: string;
  readonly now?: string;
  readonly format?: Flags<"lint">["format"];
  readonly failOn?: Flags<"lint">["failOn"];
};
