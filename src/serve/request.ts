import * as v from "valibot";
import { descriptionOf, schemaOf } from "../options/schema.ts";
import { type OptionDefinition, type OptionName, options, type OptionTable } from "../options/table.ts";
import type { Flags } from "../options/values.ts";

type OptionField = {
  [K in OptionName]: OptionTable[K] extends { readonly isServiceField: true } ? K : never;
}[OptionName];

const fields = [...options].filter(([, { isServiceField }]) => isServiceField === true);

/** Fields that contain files, and whether each can contain several. `tbs` is used instead of `crl`. */
export const fileFields: Readonly<Record<string, boolean>> = {
  crl: false,
  tbs: false,
  ...Object.fromEntries(
    fields.flatMap(([name, { library }]) => (library?.holds === undefined ? [] : [[name, library.holds !== "one"]])),
  ),
};

/** Schema of a file: base64 of DER, PEM or base64, or PEM itself. */
const file = v.string("a string of base64 or PEM");
const severalFiles: v.GenericSchema = v.union(
  [file, v.pipe(v.array(file), v.minLength(1, "a list that is not empty"))],
  "a string of base64 or PEM, or a list of them",
);

/** Value of a field that states that there are no files. */
export const noFiles = "none";

/** Whether a field accepts `none`. */
export function takesNone(name: string): boolean {
  return options.get(name)?.library?.holds === "oneOrMore";
}

/** A file of a request. */
export interface RequestFile {
  readonly bytes: Uint8Array;
  /** Unescaped name that the client gives it; undefined for text. */
  readonly name?: string;
}

/** The files in each field, in order, or `none`. */
export type RequestFiles = Readonly<Record<string, readonly RequestFile[] | typeof noFiles>>;

/** Descriptions of fields that differ slightly from the options of the same names. */
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

/** Returns the description of an option for OpenAPI: its help, and its default. */
function describe({ help, default: usual }: OptionDefinition): string {
  const text = descriptionOf(help);
  return usual === undefined
    ? text
    : `${text}${text.endsWith(".") ? "" : "."} Default: ${([usual as string | number | readonly string[]].flat() as readonly unknown[]).join(", ")}`;
}

/**
 * Schemas of the fields that set how a CRL is linted and how the answer is written. They correspond to the command's
 * options of the same names.
 */
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

/** Names of the fields that do not contain files. */
export const optionFields: readonly string[] = Object.keys(settings);

/** Schema of the options of a request, for either type of body. */
export const optionsSchema = v.strictObject(settings);

/** Schema of a JSON body. */
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

/** Options that set how a CRL is linted and how the answer is written. Times are text. */
export type RequestOptions = Readonly<Partial<Record<OptionField, unknown>>> & {
  readonly name?: string;
  readonly now?: string;
  readonly format?: Flags<"lint">["format"];
  readonly failOn?: Flags<"lint">["failOn"];
};
