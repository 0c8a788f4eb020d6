import type { IssuerStore } from "../given/issuer-store.ts";
import { escapeText } from "../name/escape.ts";
import type { Finding, Run } from "../rule/report.ts";
import { worstVerdict } from "../rule/verdict.ts";
import { escapeLine } from "../report/escape-line.ts";
import { isProfile, type ProfileId } from "../sources/profiles.ts";
import { version } from "../version.ts";
import { type Answer, jsonAnswer, textAnswer } from "./answer.ts";
import { decodeFile } from "./decode.ts";
import { lintForRequest, writeReport } from "./lint.ts";
import { mediaTypeOf, mediaTypes } from "./media-types.ts";
import { Problem } from "./problem.ts";
import { parseForm } from "./read-form.ts";

/** pkimetal's names of severities, lowest first. */
export const pkimetalLevels = ["meta", "debug", "info", "notice", "warning", "error", "bug", "fatal"] as const;

type Level = (typeof pkimetalLevels)[number];

/** Profiles for pkimetal's profiles of CRLs. crllint's own profiles keep their names. */
export const pkimetalProfiles: Readonly<Record<string, ProfileId>> = {
  autodetect: "tls-br",
  rfc5280_crl: "rfc5280",
  rfc5280_arl: "rfc5280",
  tbr_crl: "tls-br",
  tbr_arl: "tls-br",
};

/** A finding in pkimetal's answers. */
export interface PkimetalFinding {
  readonly Linter: "crllint";
  /** ASN.1 path. */
  readonly Field?: string;
  /** Id of the rule. */
  readonly Code?: string;
  readonly Finding: string;
  readonly Severity: Level;
}

/** The two request paths of pkimetal that are about CRLs, with pkimetal's name for the input of each. */
export const pkimetalInputs = { "/lintcrl": "b64crl", "/linttbscrl": "b64tbscrl" } as const;

/** Path of a request of pkimetal. */
export type PkimetalPath = keyof typeof pkimetalInputs;

/** Content of a request. */
export interface PkimetalRequest {
  readonly path: PkimetalPath;
  readonly query: string;
  readonly contentType: string;
  readonly accept: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/**
 * Lints the CRLs of a request as pkimetal does. As in pkimetal, an error in the request is also a finding, of severity
 * fatal, with status 200 and in pkimetal's words.
 *
 * @param now time to lint as of, in seconds since 1970
 * @param issuers store of issuers in which the CA is looked up if the request names no issuer
 * @throws Problem if the requested format does not exist
 */
export async function answerPkimetal(
  request: PkimetalRequest,
  now: number,
  issuers: IssuerStore | undefined,
): Promise<Answer> {
  const form = await readForm(request);
  const format = formatOf(form.text("format"), request.accept);
  try {
    const least = pkimetalLevels.find((level) => level === (form.text("severity") ?? "meta"));
    if (least === undefined) throw new Problem("bad-request", "Unrecognised severity");
    const profile = profileOf(form.text("profile"));
    const runs = lintForRequest({ ...form.inputs(), profile, now: new Date(now * 1000) }, issuers);
    const verdict = worstVerdict(runs);
    const answer = format === "html" ? await htmlOf(runs) : write(findingsOf(runs, profile), least, format);
    return { ...answer, verdict, headers: { "crllint-verdict": verdict } };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return write([finding("fatal", error.details.detail)], "meta", format);
  }
}

interface Form {
  text(name: string): string | undefined;
  inputs(): { readonly crl: Uint8Array; readonly form: "crl" | "tbs"; readonly issuer?: readonly Uint8Array[] };
}

/** Reads the fields of the body. A field that the body does not have is read from the query. */
async function readForm({ path, query, contentType, body }: PkimetalRequest): Promise<Form> {
  const type = mediaTypeOf(contentType);
  const isForm = type === "application/x-www-form-urlencoded" || type === "multipart/form-data";
  const fields = isForm ? await parseForm(contentType, body) : new FormData();
  const given = new URLSearchParams(query);
  const all = (name: string): readonly string[] => {
    const texts = fields.getAll(name).filter((value) => typeof value === "string");
    return (texts.length > 0 ? texts : given.getAll(name)).filter((text) => text !== "");
  };
  return {
    text: (name) => all(name)[0],
    inputs: () => {
      const name = all(pkimetalInputs[path]).length > 0 ? pkimetalInputs[path] : "b64input";
      const text = all(name)[0];
      if (isForm && text === undefined) throw new Problem("bad-request", "Unrecognised input: b64input is missing");
      const issuer = all("b64issuer").map((certificate) => decodeFile(certificate, "b64issuer"));
      return {
        crl: text === undefined ? body : decodeFile(text, name),
        form: path === "/linttbscrl" ? "tbs" : "crl",
        ...(issuer.length > 0 && { issuer }),
      };
    },
  };
}

function formatOf(asked: string | undefined, accept: string): "json" | "text" | "html" {
  const format = asked ?? (accept === "text/html" ? "html" : accept === "text/plain" ? "text" : "json");
  if (format === "json" || format === "text" || format === "html") return format;
  throw new Problem("bad-request", "format must be json, text or html");
}

function profileOf(asked = "autodetect"): ProfileId {
  if (Object.hasOwn(pkimetalProfiles, asked)) return pkimetalProfiles[asked] ?? "tls-br";
  if (isProfile(asked)) return asked;
  throw new Problem("bad-request", `Unrecognised profile: "${escapeText(asked, { max: 60 })}"`);
}

function finding(level: Level, text: string, of: Pick<PkimetalFinding, "Field" | "Code"> = {}): PkimetalFinding {
  return { Linter: "crllint", ...of, Finding: text, Severity: level };
}

/** Returns the findings, highest severity first, after a line that names the profile. */
export function findingsOf(runs: readonly Run[], profile: string): readonly PkimetalFinding[] {
  const head = finding("meta", `Profile: ${profile}; Version: ${version}`);
  const found = runs.flatMap((run, i) =>
    run.findings.map((item) =>
      finding(levelOf(item, run), `${runs.length > 1 ? `CRL ${i + 1} of ${runs.length}: ` : ""}${textOf(item)}`, {
        ...(item.location.path !== "" && { Field: item.location.path }),
        Code: item.rule,
      }),
    ),
  );
  return [head, ...found.sort((a, b) => pkimetalLevels.indexOf(b.Severity) - pkimetalLevels.indexOf(a.Severity))];
}

/**
 * Returns pkimetal's level for a finding. A failure to lint is not a defect of the CRL: pkimetal has its two highest
 * severities for that.
 */
function levelOf({ rule, severity }: Finding, { judged }: Run): Level {
  if (severity !== "error" || judged) return severity;
  if (rule === "crllint/rule-crashed") return "bug";
  return rule.startsWith("crllint/") || rule === "input/not-a-crl" ? "fatal" : severity;
}

function textOf({ message, cites }: Finding): string {
  const [cite] = cites;
  return cite === undefined ? message : `${message} (${cite.document} ${cite.section})`;
}

function write(findings: readonly PkimetalFinding[], least: Level, format: "json" | "text" | "html"): Answer {
  const shown = findings.filter(({ Severity }) => pkimetalLevels.indexOf(Severity) >= pkimetalLevels.indexOf(least));
  if (format !== "text") return jsonAnswer(shown);
  const lines = shown.map(({ Linter, Field, Finding: text, Severity }) => {
    const where = Field === undefined ? "" : `${Field}: `;
    return `${Linter}\t${Severity.toUpperCase()}\t${escapeLine(where + text)}\n`;
  });
  return textAnswer("text/plain; charset=utf-8", lines.join(""));
}

async function htmlOf(runs: readonly Run[]): Promise<Answer> {
  return textAnswer(mediaTypes.html, await writeReport(runs, "html", "error"));
}
