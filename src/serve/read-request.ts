import * as v from "valibot";
import { escapeText } from "../name/escape.ts";
import { checkValueCount } from "./count.ts";
import { decodeFile } from "./decode.ts";
import { mediaTypeOf } from "./media-types.ts";
import { Problem, unknownField } from "./problem.ts";
import { readForm, type Sort } from "./read-form.ts";
import {
  fileFields,
  jsonSchema,
  noFiles,
  optionsSchema,
  type RequestFiles,
  type RequestOptions,
  takesNone,
} from "./request.ts";

/** A request to lint a CRL, with a body of either type. */
export interface LintRequest {
  readonly files: RequestFiles;
  readonly options: RequestOptions;
}

/**
 * Reads the body of a request to lint a CRL.
 *
 * @param sort for a form: a field whose files are sorted by their content
 * @throws Problem that names the field and its error
 */
export async function readLintRequest(
  contentType: string,
  body: Uint8Array<ArrayBuffer>,
  sort?: Sort,
): Promise<LintRequest> {
  const isJson = mediaTypeOf(contentType) === "application/json";
  const request = isJson ? readJson(body) : await readFormRequest(contentType, body, sort);
  const { crl, tbs, tbsWas } = request.files as Partial<RequestFiles>;
  if ((crl === undefined) === (tbs === undefined)) throw refuse("give a CRL as crl, or a TBSCertList as tbs");
  if (tbs !== undefined && tbsWas !== undefined) throw refuse("tbsWas is compared with a signed CRL, not with tbs");
  if (request.options.full === true && request.options.partitioned === true) {
    throw refuse("full and partitioned exclude each other");
  }
  return request;
}

async function readFormRequest(
  contentType: string,
  body: Uint8Array<ArrayBuffer>,
  sort: Sort | undefined,
): Promise<LintRequest> {
  const { files, options } = await readForm(contentType, body, sort);
  const { output, issues } = v.safeParse(optionsSchema, options, { abortEarly: true });
  if (issues !== undefined) throw refuseIssue(issues[0]);
  return { files, options: output };
}

/** Returns the problem of an invalid body. */
function refuse(detail: string): Problem {
  return new Problem("bad-request", detail);
}

function readJson(body: Uint8Array): LintRequest {
  checkValueCount(body);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    // The message of the parser would repeat the body.
    throw refuse("the body is not JSON in UTF-8");
  }
  const { output, issues } = v.safeParse(jsonSchema, value, { abortEarly: true });
  if (issues !== undefined) throw refuseIssue(issues[0]);
  const files: Record<string, RequestFiles[string]> = {};
  const options: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(output as Readonly<Record<string, unknown>>)) {
    if (!Object.hasOwn(fileFields, name)) options[name] = field;
    else if (takesNone(name) && field === noFiles) files[name] = noFiles;
    else files[name] = ([field].flat() as readonly string[]).map((text) => ({ bytes: decodeFile(text, name) }));
  }
  return { files, options };
}

/** Returns a problem that names the invalid field and its expected value. */
function refuseIssue(issue: v.BaseIssue<unknown>): Problem {
  const path = v.getDotPath(issue);
  if (path === null) return refuse("the body must be an object");
  const isUnknown = issue.type === "strict_object" && issue.expected === "never";
  if (isUnknown) return unknownField(path);
  return refuse(`${escapeText(path, { max: 60 })} must be ${issue.message}`);
}
