import type { IssuerStore } from "../given/issuer-store.ts";
import { reportOf } from "../library/report-of.ts";
import { type HtmlFrame, renderHtml } from "../report/html.ts";
import { type Markup, markup } from "../report/markup.ts";
import { renderAll } from "../report/renderer.ts";
import { worstVerdict } from "../rule/verdict.ts";
import { rules } from "../rules/index.ts";
import { type Answer, textAnswer } from "./answer.ts";
import { dataUrl, iconLink } from "./icon.ts";
import { joinWithin, lintRequest, maximumAnswer, writeReport } from "./lint.ts";
import { sortedField } from "./page-fields.ts";
import { inPageWords, inWords } from "./page-words.ts";
import { readLintRequest } from "./read-request.ts";
import { sortFiles } from "./sort-files.ts";

/**
 * Lints the CRLs of the page's form, and shows the html report in a page. The page also contains the report as files,
 * because the service keeps nothing that a link could lead to.
 *
 * @throws Problem as `answerLint`
 */
export async function answerPage(
  contentType: string,
  body: Uint8Array<ArrayBuffer>,
  now: number,
  issuers: IssuerStore | undefined,
): Promise<Answer> {
  const request = await readLintRequest(contentType, body, { field: sortedField, by: sortFiles });
  const runs = lintRequest(request, now, issuers);
  const name = runs[0]?.crl ?? "crl";
  const files = [
    download("Download as JSON", `${name}.json`, "application/json", await writeReport(runs, "json", "error")),
    download("Download as HTML", `${name}.html`, "text/html", await writeReport(runs, "html", "error")),
  ];
  const frame: HtmlFrame = {
    head: iconLink,
    links: markup`<nav aria-label="Result"><ul class="counts"><li><a href="/">Lint another</a></li>${files}</ul></nav>
`,
  };
  const shown = renderAll((head, options) => renderHtml(head, options, frame), reportOf(runs.map(inPageWords)), {
    rules: rules.map((rule) => ({ ...rule, title: inWords(rule.title) })),
    failOn: "error",
  });
  const verdict = worstVerdict(runs);
  const text = joinWithin(shown, 4 * maximumAnswer);
  return { ...textAnswer("text/html; charset=utf-8", text), verdict, headers: { "crllint-verdict": verdict } };
}

function download(label: string, name: string, type: string, text: string): Markup {
  return markup`<li><a download="${name}" href="${dataUrl(type, text)}">${label}</a></li>`;
}
