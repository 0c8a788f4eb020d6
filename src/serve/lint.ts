import type { IssuerStore } from "../given/issuer-store.ts";
import type { Run } from "../rule/report.ts";
import { type FileNames, lintAllCrls } from "../library/lint-crl.ts";
import { MisuseError } from "../library/misuse-error.ts";
import type { LintCrlOptions } from "../library/options.ts";
import { reportOf } from "../library/report-of.ts";
import { escapeText } from "../name/escape.ts";
import { parseTime } from "../options/time.ts";
import { options } from "../options/table.ts";
import { libraryNameOf, libraryOptionsFrom } from "../options/values.ts";
import { type Format, loadRenderer } from "../report/formats.ts";
import { renderAll } from "../report/renderer.ts";
import { worstVerdict } from "../rule/verdict.ts";
import { rules } from "../rules/index.ts";
import { type Answer, textAnswer } from "./answer.ts";
import { mediaTypes } from "./media-types.ts";
import { Problem } from "./problem.ts";
import { type LintRequest, readLintRequest } from "./read-request.ts";
import { fileFields, noFiles, type RequestFile, type RequestFiles, type RequestOptions } from "./request.ts";

/** Maximum number of characters of an answer, which is kept in memory as a whole: about 10,000 findings. */
export const maximumAnswer = 2 ** 21;

/**
 * Lints the CRLs of a request to `POST /v1/lint`.
 *
 * @param now current time in seconds since 1970: the time to lint as of, unless the request states one
 * @param issuers store of issuers in which the CA is looked up if the request names no issuer
 * @throws Problem if the request is invalid, but not because of the bytes of the CRL
 */
export async function answerLint(
  contentType: string,
  body: Uint8Array<ArrayBuffer>,
  now: number,
  issuers: IssuerStore | undefined,
): Promise<Answer> {
  const request = await readLintRequest(contentType, body);
  const { failOn = "error", format } = request.options;
  const runs = lintRequest(request, now, issuers);
  const verdict = worstVerdict(runs);
  const text = await writeReport(runs, format ?? "json", failOn);
  const answer =
    format === undefined
      ? textAnswer(
          "application/json",
          `{"ok":${verdict === "pass"},"verdict":"${verdict}","report":${text.trimEnd()}}\n`,
        )
      : textAnswer(mediaTypes[format], text);
  return { ...answer, verdict, headers: { "crllint-verdict": verdict } };
}

/**
 * Lints the CRLs of a parsed request.
 *
 * @throws Problem as `lintForRequest`
 */
export function lintRequest(request: LintRequest, now: number, issuers: IssuerStore | undefined): readonly Run[] {
  return lintForRequest(optionsOf(request, now), issuers, namesOf(request.files));
}

/**
 * Lints the CRLs of a file.
 *
 * @param issuers store of issuers in which the CA is looked up if the options name no issuer
 * @throws Problem if an input to compare with cannot be read, or a pattern matches no rule
 */
export function lintForRequest(
  options: LintCrlOptions,
  issuers: IssuerStore | undefined,
  names: FileNames = {},
): readonly Run[] {
  try {
    return lintAllCrls({ ...options, ...(issuers && { issuers }) }, names);
  } catch (error) {
    if (!(error instanceof MisuseError)) throw error;
    throw new Problem("bad-request", error.naming(fieldOf));
  }
}

/** Names of options in requests, by their names in the library. */
const fields: ReadonlyMap<string, string> = new Map(
  Array.from(options, ([name, option]) => [libraryNameOf(name, option) ?? name, name]),
);

function fieldOf(option: string): string {
  return fields.get(option) ?? option;
}

type FailOn = NonNullable<RequestOptions["failOn"]>;

/** Returns the options of the library for a request. */
function optionsOf({ files, options: given }: LintRequest, now: number): LintCrlOptions {
  const { crl, tbs, ...others } = files;
  const { now: asOf, ...rest } = given;
  const [object] = listOf(tbs ?? crl);
  const name = rest.name ?? object?.name;
  return {
    ...libraryOptionsFrom({ ...rest, ...contentsOf(others), tbs: tbs !== undefined }),
    crl: object?.bytes,
    ...(name !== undefined && { name: escapeText(name) }),
    now: (asOf === undefined ? undefined : parseTime(asOf)) ?? new Date(now * 1000),
  } as object as LintCrlOptions;
}

function listOf(files: RequestFiles[string] | undefined): readonly RequestFile[] {
  return files === undefined || files === noFiles ? [] : files;
}

/** Returns the contents of files in the form that the library accepts: one, or several. */
function contentsOf(files: RequestFiles): object {
  const entries = Object.entries(files).map(([name, list]) => {
    const contents = listOf(list).map(({ bytes }) => bytes);
    return [name, list === noFiles ? list : fileFields[name] === true ? contents : contents[0]];
  });
  return Object.fromEntries(entries) as object;
}

/** Returns the escaped names of files, by the names that the options have in the library. */
function namesOf(files: RequestFiles): FileNames {
  const entries = Object.entries(files).map(([field, list]) => {
    const option = options.get(field);
    const names = listOf(list).map(({ name }) => (name === undefined ? undefined : escapeText(name)));
    return [(option && libraryNameOf(field, option)) ?? field, names];
  });
  return Object.fromEntries(entries) as FileNames;
}

/**
 * Writes a report.
 *
 * @throws Problem if it would be too large
 */
export async function writeReport(runs: readonly Run[], format: Format, failOn: FailOn): Promise<string> {
  return joinWithin(renderAll(await loadRenderer(format), reportOf(runs), { rules, failOn }), maximumAnswer);
}

/**
 * Joins the pieces of an answer.
 *
 * @throws Problem if they have more than `most` characters
 */
export function joinWithin(pieces: Iterable<string>, most: number): string {
  const kept: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    kept.push(piece);
    length += piece.length;
    if (length > most) throw new Problem("answer-too-large", "ask for fewer findings with maxFindings");
  }
  return kept.join("");
}
