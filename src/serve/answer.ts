import { markup } from "../report/markup.ts";
import type { RunVerdict } from "../rule/report.ts";
import { iconLink } from "./icon.ts";
import type { Problem } from "./problem.ts";
import { pageStyle } from "./page-style.ts";

/** An answer as it is sent to the client. It can be cloned, since it comes from a worker. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Verdict on a CRL that was linted. */
  readonly verdict?: RunVerdict;
}

/** Media type of problem details (RFC 9457). */
const problemType = "application/problem+json";

const encoder = new TextEncoder();

/** Returns an answer that contains text. */
export function textAnswer(contentType: string, text: string, status = 200): Answer {
  return { status, contentType, body: encoder.encode(text) };
}

/** Returns an answer that contains JSON. */
export function jsonAnswer(value: unknown, status = 200): Answer {
  return textAnswer("application/json", `${JSON.stringify(value)}\n`, status);
}

/** Returns the answer to a request that is refused: problem details, or a page for a browser. */
export function problemAnswer(problem: Problem, wantsHtml: boolean): Answer {
  const { details, headers } = problem;
  const answer = wantsHtml
    ? textAnswer("text/html; charset=utf-8", problemPage(problem), details.status)
    : textAnswer(problemType, `${JSON.stringify(details)}\n`, details.status);
  return { ...answer, headers };
}

function problemPage({ details }: Problem): string {
  const { title, detail, status } = details;
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${iconLink}<style>${{ markup: pageStyle }}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${detail}</p>
<p class="hint">Status ${status}. Nothing was kept. <a href="/">Try again</a></p>
</main>
</body>
</html>
`.markup;
}
