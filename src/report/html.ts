import type {
  CertificateStatus,
  Cite,
  CrlFacts,
  Finding,
  Run,
  RunVerdict,
  Severity,
  Suppressed,
} from "../rule/report.ts";
import { exitCodes } from "../rule/verdict.ts";
import { namedSection } from "../sources/named-section.ts";
import { countFindings, countingOf, countSuppressed, lastFindings, remarksOn, Totals } from "./counts.ts";
import { drawComparison } from "./html-names.ts";
import { OutcomeLists } from "./html-outcomes.ts";
import { styleDigest, styleSheet } from "./html-style.ts";
import { formatPlace } from "./human.ts";
import { type Markup, markup, none } from "./markup.ts";
import { noStart, type Renderer, type RenderOptions, type ReportHead } from "./renderer.ts";
import { countOf, formatCount } from "../rule/format-count.ts";

/** Maximum number of entries that are listed for one finding; the rest are counted. */
const maximumEntries = 100;

/** Content-Security-Policy: nothing is loaded, run or sent, and only the style sheet below is allowed. */
const policy = `default-src 'none'; style-src 'sha256-${styleDigest}'; base-uri 'none'; form-action 'none'`;

/** Parts that a server adds to a report that is a page of its own. */
export interface HtmlFrame {
  /** Content of the head, instead of the policy, which is in a header of the server's response. */
  readonly head: Markup;
  /** Content between the title and the verdict. */
  readonly links: Markup;
}

/** The frame of a report that is a file of its own. */
const alone: HtmlFrame = {
  head: markup`<meta http-equiv="Content-Security-Policy" content="${policy}">
`,
  links: none,
};

/**
 * Writes one page of HTML to attach to an incident report, print or archive. It needs no other file, no network and no
 * script. The counts of several CRLs are written last, and the style sheet shows them first.
 */
export function renderHtml(reportHead: ReportHead, options: RenderOptions, frame: HtmlFrame = alone): Renderer {
  const { rules = [] } = options;
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  const totals = new Totals(options, reportHead);
  const page: Page = { version: reportHead.tool.version, frame, lists: new OutcomeLists(titles) };
  const rows: OverviewRow[] = [];
  // The page of one CRL has its name as the title, so the first one waits for a second.
  let first: Run | undefined;
  return {
    start: noStart,
    *run(run) {
      totals.add(run);
      rows.push(overviewRow(run, totals.runs));
      if (totals.runs === 1) {
        first = run;
        return;
      }
      if (first !== undefined) {
        yield markup`${head(page, undefined)}<main>\n`.markup;
        yield* section(first, 1, page);
        first = undefined;
      }
      yield* section(run, totals.runs, page);
    },
    *end() {
      if (first !== undefined) {
        yield markup`${head(page, first.crl)}<main>\n${overall(totals)}`.markup;
        yield* section(first, undefined, page);
        yield "</main>\n</body>\n</html>\n";
        return;
      }
      if (totals.runs === 0) yield markup`${head(page, undefined)}<main>\n`.markup;
      yield markup`</main>\n<footer>\n${overall(totals)}${overview(rows)}</footer>\n</body>\n</html>\n`.markup;
    },
  };
}

/** Properties that the parts of a page share. */
interface Page {
  /** Version of crllint and of its rules. */
  readonly version: string;
  readonly frame: HtmlFrame;
  readonly lists: OutcomeLists;
}

/** @param name of the one CRL that the page is about */
function head({ version, frame }: Page, name: string | undefined): Markup {
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
${frame.head}<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${name === undefined ? "CRL report" : `${name}: CRL report`}</title>
<style>${{ markup: styleSheet }}</style>
</head>
<body>
<header>
<h1>Certificate revocation list report</h1>
<p class="lead">Written by crllint ${version}. The same input and version give the same page, byte for byte.</p>
</header>
${frame.links}`;
}

/** One line about a CRL, with a link to its section. */
interface OverviewRow {
  readonly verdict: RunVerdict;
  readonly line: Markup;
}

function overviewRow(run: Run, ordinal: number): OverviewRow {
  const { error, warning, notice } = countFindings([run]);
  const line = markup`<tr><td><a href="#crl-${String(ordinal)}">${run.crl}</a></td><td class="${kindOf(run.verdict)}">${run.verdict}</td><td>${formatCount(error)}</td><td>${formatCount(warning)}</td><td>${formatCount(notice)}</td></tr>
`;
  return { verdict: run.verdict, line };
}

/** Returns the class that gives a verdict its color. */
function kindOf(verdict: RunVerdict): "good" | "error" {
  return verdict === "pass" ? "good" : "error";
}

/** Returns the list of all CRLs, the worst verdicts first. */
function overview(rows: readonly OverviewRow[]): Markup {
  if (rows.length < 2) return none;
  const worstFirst = rows.toSorted((a, b) => exitCodes[b.verdict] - exitCodes[a.verdict]);
  return markup`<div class="scroll"><table class="rules overview">
<tr><th scope="col">CRL</th><th scope="col">Verdict</th><th scope="col">Errors</th><th scope="col">Warnings</th><th scope="col">Notices</th></tr>
${worstFirst.map(({ line }) => line)}</table></div>
`;
}

/** Returns the verdict of the call as a heading, and the numbers of inputs and findings. */
function overall({ verdict, verdicts, runs, areCrls, suppressed, findings, cause }: Totals): Markup {
  const { error, warning, notice } = findings;
  const counts: readonly (readonly [Severity | "good", string])[] = [
    ...(error > 0 ? [["error", countOf(error, "error")] as const] : []),
    ...(warning > 0 ? [["warning", countOf(warning, "warning")] as const] : []),
    ...(notice > 0 ? [["notice", countOf(notice, "notice")] as const] : []),
  ];
  const inputs = (["pass", "fail", "undecided"] as const)
    .flatMap((each) => (verdicts[each] > 0 ? [`${formatCount(verdicts[each])} ${each}`] : []))
    .join(", ");
  const shown = counts.length > 0 || runs === 0 ? counts : [["good", "no findings"] as const];
  return markup`<h2 class="verdict ${kindOf(verdict)}">${verdict.toUpperCase()}</h2>
${cause === undefined ? none : markup`<p class="lead">${cause}</p>\n`}${runs === 1 ? none : markup`<p class="lead">${countOf(runs, areCrls ? "CRL" : "input")}${inputs === "" ? "" : `: ${inputs}`}</p>\n`}<ul class="counts">${shown.map(
    ([kind, text]) => markup`<li class="${kind}">${text}</li>`,
  )}${suppressed > 0 ? markup`<li>${formatCount(suppressed)} suppressed</li>` : none}</ul>
`;
}

/** @param ordinal position of the run; undefined for the only CRL of the page, whose verdict is the heading above */
function* section(wholeRun: Run, ordinal: number | undefined, page: Page): Iterable<string> {
  const run = countingOf(wholeRun);
  const verdict =
    ordinal === undefined ? none : markup`: <span class="${kindOf(run.verdict)}">${run.verdict.toUpperCase()}</span>`;
  yield markup`<section id="crl-${String(ordinal ?? 1)}">
<h2>${run.crl}${verdict}</h2>
${facts(run, page)}`.markup;
  const heldBack = lastFindings(run);
  for (const severity of ["error", "warning", "notice"] as const) {
    const findings = run.findings.filter((finding) => finding.severity === severity);
    if (findings.length === 0) continue;
    yield markup`<h3 class="${severity}">${countOf(countFindings([run])[severity], severity)}</h3>
`.markup;
    for (const finding of findings) yield article(finding, heldBack.get(finding) ?? 0, 4).markup;
  }
  const suppressed = countSuppressed(wholeRun);
  if (suppressed > 0) yield markup`<h3>${countOf(suppressed, "finding")} suppressed</h3>\n`.markup;
  for (const finding of wholeRun.findings) if (finding.suppressed !== undefined) yield article(finding, 0, 4).markup;
  if (run.rules.length > 0) yield page.lists.of(wholeRun.rules, run.crl, ordinal ?? 1).markup;
  yield "</section>\n";
}

function facts(run: Run, { version }: Page): Markup {
  const { verdict, sha256, form, entries, pairing, scope, profiles, baselines, signature, findings } = run;
  const counted = findings.length === 0 ? "no findings" : countOf(findings.length, "finding");
  const verdictLine = [verdict, counted, ...remarksOn(run)].join("; ");
  if (run.certificate !== undefined)
    return listOfFacts([["Verdict", verdictLine], ...certificateFacts(run.certificate)]);
  const stated: Partial<CrlFacts> = run.facts ?? {};
  return listOfFacts([
    ["Verdict", verdictLine],
    ["Linted as of", stated.asOf],
    ["Rules", `crllint ${version}; ${profiles.join(", ")}`],
    ["Baseline Requirements", baselines && `${baselines.sources.join(", ") || "none"}: ${baselines.evidence}`],
    ["Issuer", stated.issuer],
    ["CA subject", stated.subject],
    ["thisUpdate", stated.thisUpdate],
    ["nextUpdate", stated.nextUpdate],
    ["cRLNumber", stated.number],
    ["Entries", formatCount(entries)],
    ["Size", stated.size === undefined ? undefined : `${formatCount(stated.size)} bytes`],
    ["Form", form === "tbs" ? "TBSCertList, not signed yet" : "CertificateList"],
    ["SHA-256", sha256],
    ["Signature algorithm", stated.algorithm],
    ["Signature", signature.why === undefined ? signature.verdict : `${signature.verdict}: ${signature.why}`],
    ["Issuing CA", pairing && `${pairing.certificate}: ${pairing.why}`],
    ["CA SHA-256", pairing?.sha256],
    ["Scope", `${scope.kind}: ${scope.evidence}`],
  ]);
}

function certificateFacts({ subject, serial, used }: CertificateStatus): readonly Fact[] {
  return [
    ["Subject", subject],
    ["Serial", serial],
    ["CRLs used", used.length === 0 ? "none" : used.join(", ")],
  ];
}

/** A label and its value; not shown if the value is undefined. */
type Fact = readonly [string, string | undefined];

function listOfFacts(list: readonly Fact[]): Markup {
  const rows = list.flatMap(([name, value]) =>
    value === undefined ? [] : [markup`<dt>${name}</dt><dd>${value}</dd>\n`],
  );
  return markup`<dl class="facts">${rows}</dl>
`;
}

/**
 * Returns a finding as a part of a page.
 *
 * @param heldBack number of violations that have no finding of their own
 * @param level of its heading: one more than that of the heading above it
 */
export function article(finding: Finding, heldBack: number, level: 3 | 4): Markup {
  const { rule, severity, message, location, entries, related, cites, notes, help, names, suppressed } = finding;
  const places = entries === undefined || entries.length === 0 ? [location] : entries.slice(0, maximumEntries);
  const more = heldBack + (finding.count ?? 1) - places.length;
  return markup`<article class="${suppressed === undefined ? severity : "notice"}">
<h${level}>${message}<code>${rule}</code></h${level}>
${suppressed === undefined ? none : acceptance(suppressed)}<ul class="places">${[...places, ...related].map((place) => markup`<li>${formatPlace(place)}</li>`)}${
    more > 0 ? markup`<li>... and ${formatCount(more)} more</li>` : none
  }</ul>
${names === undefined ? none : drawComparison(names)}${cites.map(quotation)}${notes.map((note) => markup`<p>${note}</p>\n`)}${
    help === "" ? none : markup`<p class="help">Fix: ${help}</p>`
  }
</article>
`;
}

function acceptance({ reason, until, by }: Suppressed): Markup {
  const where = by === "config" ? "by the configuration" : "by the baseline";
  const limit = until === undefined ? "" : ` until ${until}`;
  return markup`<p>Suppressed ${where}${limit}: ${reason}</p>
`;
}

function quotation({ document, section, quote, url }: Cite): Markup {
  const where = section === "" ? document : `${document} ${namedSection(section)}`;
  const isLink = url !== undefined && /^https?:\/\//u.test(url);
  const source = isLink ? markup`<a href="${url}" rel="noreferrer">${where}</a>` : markup`${where}`;
  return markup`<blockquote>${quote === undefined ? none : markup`<q>${quote}</q>`}<cite>${source}</cite></blockquote>
`;
}
