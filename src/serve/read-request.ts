import * as v from "valibot";
import { escapeText } from "../name/escape.ts";
import { decodeFile } from "./decode.ts";
import { mediaTypeOf } from "./media-types.ts";
import { Problem } from "./problem.ts";
import { readForm } from "./read-form.ts";
import { type FileField, fileFields, jsonSchema, optionsSchema, type RequestOptions } from "./request.ts";

/** A request to judge a CRL, whatever its body was like. */
export interface LintRequest {
  /** Octets of each field that holds files; those of a field that may hold several in their order. */
  readonly files: Readonly<Partial<Record<FileField, readonly Uint8Array[]>>>;
  readonly options: RequestOptions;
}

/**
 * Reads the body of a request to judge a CRL.
 *
 * @throws Problem that names the field and what is wrong with it
 */
export async function readLintRequest(contentType: string, body: Uint8Array<ArrayBuffer>): Promise<LintRequest> {
  const request =
    mediaTypeOf(contentType) === "application/json" ? readJson(body) : await readFormRequest(contentType, body);
  const { crl, tbs, tbsWas } = request.files;
  if ((crl === undefined) === (tbs === undefined)) throw refuse("give a CRL as crl, or a TBSCertList as tbs");
  if (tbs !== undefined && tbsWas !== undefined) throw refuse("tbsWas is compared with a signed CRL, not with tbs");
  if (request.options.full === true && request.options.partitioned === true) {
    throw refuse("full and partitioned exclude each other");
  }
  return request;
}

async function readFormRequest(contentType: string, body: Uint8Array<ArrayBuffer>): Promise<LintRequest> {
  const { files, options } = await readForm(contentType, body);
  const { output, issues } = v.safeParse(optionsSchema, options, { abortEarly: true });
  if (issues !== undefined) throw refuseIssue(issues[0]);
  return { files, options: output };
}

/** A body that cannot be followed. */
function refuse(detail: string): Problem {
  return new Problem("bad-request", detail);
}

function readJson(body: Uint8Array): LintRequest {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    // What the parser says repeats the body.
    throw refuse("the body is no JSON in UTF-8");
  }
  const { output, issues } = v.safeParse(jsonSchema, value, { abortEarly: true });
  if (issues !== undefined) throw refuseIssue(issues[0]);
  const files: Partial<Record<FileField, readonly Uint8Array[]>> = {};
  const options: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(output as Readonly<Record<string, unknown>>)) {
    if (!Object.hasOwn(fileFields, name)) options[name] = field;
    else files[name as FileField] = ([field].flat() as readonly string[]).map((text) => decodeFile(text, name));
  }
  return { files, options };
}

/** Says where in the body something is wrong, and what must stand there. */
function refuseIssue(issue: v.BaseIssue<unknown>): Problem {
  const path = v.getDotPath(issue);
  if (path === null) return refuse("the body must be an object");
  const isUnknown = issue.type === "strict_object" && issue.expected === "never";
  if (isUnknown) return refuse(`there is no field "${escapeText(path, { max: 60 })}"`);
  // Without words of its own an issue repeats what was given.
  const message = /^(?:must|is) /u.test(issue.message)
    ? issue.message
    : `must be ${issue.expected ?? "something else"}`;
  return refuse(`${escapeText(path, { max: 60 })} ${message}`);
}
