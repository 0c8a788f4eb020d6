import { ValueError, valueFromText } from "../options/from-text.ts";
import { options } from "../options/table.ts";
import type { OptionType } from "../options/type.ts";
import { formatCount } from "../rule/format-count.ts";
import { checkFieldCount, checkPartCount, maximumText, notAForm } from "./count.ts";
import { decodeFile } from "./decode.ts";
import { mediaTypeOf } from "./media-types.ts";
import { Problem, unknownField } from "./problem.ts";
import { fileFields, noFiles, optionFields, type RequestFile, type RequestFiles, takesNone } from "./request.ts";

/** Content of a form whose options have not been checked. */
export interface FormContent {
  readonly files: RequestFiles;
  /** Options in the types of their fields, converted from the text of the form. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** Maximum number of characters in a file name; the rest is cut. */
const maximumName = 1000;

type Value = NonNullable<ReturnType<FormData["get"]>>;

/**
 * Reads a form.
 *
 * @throws Problem if it is not of the type that its header states, or has too many fields
 */
export async function parseForm(contentType: string, body: Uint8Array<ArrayBuffer>): Promise<FormData> {
  if (mediaTypeOf(contentType) === "multipart/form-data") checkPartCount(body);
  else checkFieldCount(body);
  try {
    return await new Response(body, { headers: { "content-type": contentType } }).formData();
  } catch {
    throw notAForm();
  }
}

/**
 * Reads a form as browsers and curl send it.
 *
 * @param sort name of a field whose files are sorted by their content, and the function that sorts them; default: there
 * is none
 * @throws Problem if it is not a form, or has a file in a text field, or several files in a field for one file
 */
export async function readForm(contentType: string, body: Uint8Array<ArrayBuffer>, sort?: Sort): Promise<FormContent> {
  const form = await parseForm(contentType, body);
  const files: Record<string, RequestFiles[string]> = {};
  const options: Record<string, unknown> = {};
  let unsorted: readonly RequestFile[] = [];
  for (const [name, values] of groupByName(form, sort?.field)) {
    if (name === sort?.field) unsorted = await filesOf(values, name);
    else if (takesNone(name) && values.length === 1 && values[0] === noFiles) files[name] = noFiles;
    else if (Object.hasOwn(fileFields, name)) files[name] = await filesOf(values, name);
    else options[name] = optionOf(name, values);
  }
  return { files: { ...files, ...sort?.by(unsorted) }, options };
}

/** A field for files of any kind. */
export interface Sort {
  readonly field: string;
  /** @throws Problem if there is no CRL, or more than one */
  readonly by: (files: readonly RequestFile[]) => RequestFiles;
}

/**
 * Groups the values of a form by field. Of the form of a browser, which also sends fields that were not filled in, these
 * are omitted. A program that sends an empty field has lost its value.
 *
 * @param further name of the field for files of any kind, which only the form of a browser has
 * @throws Problem if there is no field of a name, or a field is empty
 */
function groupByName(form: FormData, further: string | undefined): ReadonlyMap<string, readonly Value[]> {
  const fields = new Map<string, Value[]>();
  for (const [name, value] of form) {
    const isEmpty = typeof value === "string" ? value === "" : !isChosen(value);
    if (isEmpty && further !== undefined) continue;
    if (!Object.hasOwn(fileFields, name) && !optionFields.includes(name) && name !== further) throw unknownField(name);
    if (value === "") throw new Problem("bad-request", `${name} is empty`);
    const list = fields.get(name);
    if (list === undefined) fields.set(name, [value]);
    else list.push(value);
  }
  return fields;
}

/** Whether a file was chosen. If none was, browsers send a file without a name and without bytes. */
function isChosen(file: Exclude<Value, string>): boolean {
  return file.size > 0 || file.name !== "";
}

async function filesOf(values: readonly Value[], name: string): Promise<readonly RequestFile[]> {
  if (values.length > 1 && fileFields[name] === false) {
    throw new Problem("bad-request", `${name} is given ${values.length} times`);
  }
  const files: RequestFile[] = [];
  for (const value of values) {
    if (value === noFiles && takesNone(name))
      throw new Problem("bad-request", `${name} is given both as ${noFiles} and as a file`);
    if (typeof value === "string") files.push({ bytes: decodeFile(value, name) });
    else if (value.size === 0) throw new Problem("bad-request", `${name} is an empty file`);
    else files.push({ bytes: new Uint8Array(await value.arrayBuffer()), name: value.name.slice(0, maximumName) });
  }
  return files;
}

/**
 * Returns the value of an option from its text, which has the form used on the command line. If there are several
 * texts, the last one counts.
 */
function optionOf(name: string, values: readonly Value[]): unknown {
  const texts = values.filter((value) => typeof value === "string");
  if (texts.length < values.length) {
    throw new Problem("bad-request", `"${name}" is not a field for a file`);
  }
  if (texts.some((text) => text.length > maximumText)) {
    throw new Problem("body-too-large", `${name} has more than ${formatCount(maximumText)} characters`);
  }
  const type = options.get(name)?.type;
  const last = texts.at(-1) ?? "";
  if (type === undefined || !readFromText.has(type.kind)) return last;
  const isList = type.kind === "list" || type.kind === "table";
  try {
    return valueFromText(type, isList ? texts.join(",") : last);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    // The later check of all fields reports the expected value.
    return last;
  }
}

/** Types whose values are not text in JSON. */
const readFromText: ReadonlySet<OptionType["kind"]> = new Set(["switch", "number", "list", "table"]);
