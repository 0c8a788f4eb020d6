import type { Run } from "../rule/report.ts";
import { lintCrl } from "../library/lint-crl.ts";
import type { LintCrlOptions } from "../library/options.ts";
import { reportOf } from "../library/report-of.ts";
import { escapeText } from "../name/escape.ts";
import { type Format, loadRenderer } from "../report/formats.ts";
import { renderAll } from "../report/renderer.ts";
import { rules } from "../rules/index.ts";
import { type Answer, textAnswer } from "./answer.ts";
import { mediaTypes } from "./media-types.ts";
import { Problem } from "./problem.ts";
import { type LintRequest, readLintRequest } from "./read-request.ts";
import type { RequestOptions } from "./request.ts";

/** Most characters of an answer, which is held in whole: some 10,000 findings. */
const maximumAnswer = 2 ** 21;

/**
 * Judges the CRL of a request to `POST /v1/lint`.
 *
 * @param now the clock, in seconds since 1970: the moment to judge at where the request names none
 * @throws Problem where the request cannot be followed; never on what the octets of the CRL hold
 */
export async function answerLint(contentType: string, body: Uint8Array<ArrayBuffer>, now: number): Promise<Answer> {
  const request = await readLintRequest(contentType, body);
  const { failOn = "error", format } = request.options;
  const run = judge(optionsOf(request, now));
  const { verdict } = run;
  const text = await writeReport(run, format ?? "json", failOn);
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
 * Judges a CRL.
 *
 * @throws Problem where what it is to be judged with cannot be read, or a pattern matches no rule
 */
export function judge(options: LintCrlOptions): Run {
  try {
    return lintCrl(options);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Problem("bad-request", escapeText(error.message));
  }
}

type FailOn = NonNullable<RequestOptions["failOn"]>;

/** What the library is to do for a request. */
function optionsOf({ files, options }: LintRequest, now: number): LintCrlOptions {
  const { name, profile, select, ignore, format: _, full, partitioned, ...alike } = options;
  const { crl = [], tbs = [], issuer, previous, base, certs, expectRevoked, expectGood, tbsWas } = files;
  const completeness = full === true ? "full" : partitioned === true ? "partitioned" : undefined;
  return defined({
    ...alike,
    crl: crl[0] ?? tbs[0] ?? new Uint8Array(0),
    form: tbs.length > 0 ? "tbs" : "crl",
    issuer,
    previous: previous?.[0],
    base: base?.[0],
    tbsWas: tbsWas?.[0],
    certificates: certs,
    expectRevoked,
    expectGood,
    name: name === undefined ? undefined : escapeText(name),
    profile,
    select: select === undefined ? undefined : [select].flat(),
    ignore: ignore === undefined ? undefined : [ignore].flat(),
    completeness,
    now: new Date(options.now ?? now * 1000),
  });
}

/** Without the fields that hold nothing. */
function defined<T extends object>(options: T): { [K in keyof T]-?: Exclude<T[K], undefined> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]-?: Exclude<T[K], undefined> };
}

/**
 * Writes a report on one CRL.
 *
 * @throws Problem where it would be too large
 */
export async function writeReport(run: Run, format: Format, failOn: FailOn): Promise<string> {
  return joinWithin(renderAll(await loadRenderer(format), reportOf([run]), { rules, failOn }), maximumAnswer);
}

/**
 * Joins the pieces of an answer.
 *
 * @throws Problem where they are more than `most` characters
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
