import { escapeText } from "../name/escape.ts";
import { decodeFile } from "./decode.ts";
import { Problem } from "./problem.ts";
import { type FileField, fileFields, optionFields } from "./request.ts";

/** What a form holds, before its options are checked. */
export interface FormContent {
  readonly files: Readonly<Partial<Record<FileField, readonly Uint8Array[]>>>;
  /** Options as their fields take them, from the text that a form has; the name of the CRL is that of its file. */
  readonly options: Readonly<Record<string, unknown>>;
}

type Value = NonNullable<ReturnType<FormData["get"]>>;

/**
 * Reads a form.
 *
 * @throws Problem where it is none of the type that its header states
 */
export async function parseForm(contentType: string, body: Uint8Array<ArrayBuffer>): Promise<FormData> {
  try {
    return await new Response(body, { headers: { "content-type": contentType } }).formData();
  } catch {
    throw new Problem("bad-request", "the body is no form of the type that its header states");
  }
}

/**
 * Reads a form as browsers and curl send it.
 *
 * @throws Problem where it is none, holds a file where none belongs, or several where one does
 */
export async function readForm(contentType: string, body: Uint8Array<ArrayBuffer>): Promise<FormContent> {
  const form = await parseForm(contentType, body);
  const files: Partial<Record<FileField, readonly Uint8Array[]>> = {};
  const options: Record<string, unknown> = {};
  for (const name of new Set(form.keys())) {
    // What was not filled in is sent, too.
    const values = form.getAll(name).filter((value) => (typeof value === "string" ? value !== "" : isChosen(value)));
    if (values.length === 0) continue;
    if (Object.hasOwn(fileFields, name)) files[name as FileField] = await octetsOf(values, name as FileField);
    else options[name] = optionOf(name, values);
  }
  const name = fileNameOf(form);
  return { files, options: name === undefined ? options : { name, ...options } };
}

/** Browsers send a file without a name and without octets where none was chosen. */
function isChosen(file: Exclude<Value, string>): boolean {
  return file.size > 0 || file.name !== "";
}

function fileNameOf(form: FormData): string | undefined {
  const file = [form.get("crl"), form.get("tbs")].find(
    (value) => value !== null && typeof value !== "string" && isChosen(value),
  );
  return file === undefined || file === null || typeof file === "string" ? undefined : file.name.slice(0, 1000);
}

async function octetsOf(values: readonly Value[], name: FileField): Promise<readonly Uint8Array[]> {
  if (values.length > 1 && !fileFields[name]) {
    throw new Problem("bad-request", `${name} is given ${values.length} times`);
  }
  const octets: Uint8Array[] = [];
  for (const value of values) {
    if (typeof value === "string") octets.push(decodeFile(value, name));
    else if (value.size === 0) throw new Problem("bad-request", `${name} is an empty file`);
    else octets.push(new Uint8Array(await value.arrayBuffer()));
  }
  return octets;
}

/** An option, from the text that is given for it on the command line. Where several are given, the last counts. */
function optionOf(name: string, values: readonly Value[]): unknown {
  const texts = values.filter((value) => typeof value === "string");
  if (texts.length < values.length) {
    throw new Problem("bad-request", `"${escapeText(name, { max: 60 })}" is no field for a file`);
  }
  if (!optionFields.includes(name)) return texts;
  const last = texts.at(-1) ?? "";
  const list = texts.flatMap((text) => text.split(",").map((item) => item.trim())).filter((item) => item !== "");
  switch (name) {
    case "profile":
    case "select":
    case "ignore":
      return list;
    case "severity":
      return Object.fromEntries(list.map((item) => item.split("=", 2)));
    case "failOnSkipped":
    case "full":
    case "partitioned":
    case "allDates":
      return switches.get(last) ?? last;
    case "maxFindings":
      return /^\d{1,9}$/u.test(last) ? Number(last) : last;
    default:
      return last;
  }
}

/** What a switch may say; a box that is ticked says `on`. */
const switches: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["on", true],
  ["false", false],
  ["0", false],
]);
