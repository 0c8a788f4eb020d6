import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeDirectory } from "../files/make-directory.ts";
import { removeOwn } from "../files/remove-own.ts";
import { sha256Of } from "../files/sha256.ts";
import { isoTime } from "../der/time.ts";
import { article } from "../report/html.ts";
import { groupBy } from "../der/group-by.ts";
import { styleSheet } from "../report/html-style.ts";
import { type Markup, markup, none } from "../report/markup.ts";
import { countOf, formatCount } from "../rule/format-count.ts";
import type { Severity } from "../rule/report.ts";
import { version } from "../version.ts";
import { drawChart, type Point } from "./chart.ts";
import type { FinishedRound, History, KeptFinding, SeenCrl } from "./history.ts";
import { describeCounts, jsonFinding, type ReportedRound } from "./report.ts";
import { countResults, type Result } from "./results.ts";

/** Additions to the style sheet of the HTML report. */
const siteStyle = `
table.list { border-collapse: collapse; width: 100%; font-size: .92rem; }
table.list th, table.list td { text-align: left; vertical-align: top; padding: .35rem .8rem .35rem 0;
  border-bottom: 1px solid var(--line); }
table.list th, table.list time { white-space: nowrap; }
details.owner { border-bottom: 1px solid var(--line); } details.owner > summary { margin: .5rem 0; font-weight: 400; }
details.owner h2 { display: inline; border: 0; margin: 0; padding: 0; font-size: 1rem; }
@media (max-width: 34rem) { table.list tr { display: block; border-bottom: 1px solid var(--line); padding: .4rem 0; }
  table.list td { display: block; border: 0; padding: 0; } table.list tr:has(th), table.list td:empty { display: none; }
  table.list td::before { content: attr(data-head) ": "; color: var(--dim); } }
nav { font-size: .92rem; margin-bottom: 1rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 0 1.2rem; }
.chart svg { min-width: 0; } svg .line path { stroke: var(--notice); stroke-width: 1.5; }
`;

const day = 86_400;

/** Maximum number of entries of a feed, and of past findings on a page. */
const maximumEntries = 100;

/** A CA with its results. */
interface CaGroup {
  readonly owner: string;
  readonly ca: string;
  /** Name of its files without suffix. */
  readonly slug: string;
  readonly results: readonly Result[];
}

/** Numbers that groups are sorted by, the worst first. */
interface Tally {
  readonly error: number;
  readonly warning: number;
  readonly notice: number;
  readonly notFetched: number;
  readonly crls: number;
}

/**
 * Writes static pages about a round and its history: an overview by owner, a page for each CA and each CRL, Atom feeds,
 * and an index in JSON. They need no script and no server. A page is written only if its content has changed. Pages of
 * CAs and CRLs that are no longer watched are removed; files of others stay.
 *
 * @throws the error of node:fs if a file cannot be read or written
 */
export function writeSite(folder: string, round: ReportedRound, history: History): void {
  new Site(folder, round, history).write();
}

class Site {
  readonly #folder: string;
  readonly #round: ReportedRound;
  readonly #history: History;
  readonly #first: Pick<FinishedRound, "key" | "startedAt">;
  /** The URLs and records that have a page. */
  readonly #watched: ReadonlySet<string>;
  readonly #written = new Set<string>();

  constructor(folder: string, round: ReportedRound, history: History) {
    this.#folder = folder;
    this.#round = round;
    this.#history = history;
    this.#watched = new Set(round.results.map(({ run }) => run.crl));
    this.#first = history.first ?? { key: "", startedAt: round.startedAt };
  }

  write(): void {
    for (const part of ["ca", "crl"]) makeDirectory(join(this.#folder, part));
    const groups = groupByCa(this.#round.results);
    this.#put("style.css", `${styleSheet}${siteStyle}`);
    this.#put("index.html", this.#overview(groups));
    for (const group of groups) {
      this.#put(`ca/${group.slug}.html`, this.#caPage(group));
      const past = group.results.map(({ run }) => this.#history.latest(maximumEntries, run.crl));
      const latest = past.flat().sort((a, b) => b.began - a.began);
      this.#put(`ca/${group.slug}.xml`, this.#feed(nameOf(group), latest, `ca/${group.slug}`));
      for (const [i, result] of group.results.entries()) {
        this.#put(`crl/${slugOf(result.run.crl)}.html`, this.#crlPage(result, group, past[i] ?? []));
      }
    }
    this.#put("feed.xml", this.#feed("all CAs", this.#history.latest(maximumEntries), "feed"));
    this.#put("index.json", this.#index(groups));
    for (const part of ["ca", "crl"]) {
      removeOwn(join(this.#folder, part), (name) => !this.#written.has(`${part}/${name}`) && isPage(name));
    }
  }

  #put(name: string, content: string): void {
    this.#written.add(name);
    const path = join(this.#folder, name);
    if (readText(path) === content) return;
    // A reader sees the old page or the new one. If the system crashes, the next round writes the lost pages.
    writeFileSync(`${path}.tmp`, content);
    renameSync(`${path}.tmp`, path);
  }

  #overview(groups: readonly CaGroup[]): string {
    const { startedAt, verdict, results, changes } = this.#round;
    const rows = Array.from(
      groupBy(groups, ({ owner }) => owner),
      ([owner, own]) => ({
        owner,
        own,
        tally: tallyOf(own.flatMap((each) => each.results)),
      }),
    )
      .sort((a, b) => compareTallies(a.tally, b.tally) || compareText(a.owner, b.owner))
      .map(({ owner, own, tally }) => {
        const cas = own
          .map((group) => ({ group, tally: tallyOf(group.results) }))
          .sort((a, b) => compareTallies(a.tally, b.tally) || compareText(a.group.ca, b.group.ca));
        const counts = `${countOf(own.length, "CA")}, ${countOf(tally.crls, "CRL")}`;
        return markup`<details class="owner"${tally.error > 0 ? markup` open` : none}>
<summary><h2 id="${slugOf(owner)}">${owner === "" ? "Owner not known" : owner}</h2> <span class="dim">${counts}:</span> ${describeTally(tally)}</summary>
${table(
  ["CA", "CRLs", "Findings"],
  cas.map(({ group, tally: each }) => [
    markup`<a href="ca/${group.slug}.html">${group.ca === "" ? "CA not known" : group.ca}</a>`,
    markup`${formatCount(each.crls)}`,
    describeTally(each),
  ]),
)}</details>
`;
      });
    const since = changes.since === undefined ? "the first round" : `since ${isoTime(changes.since)}`;
    return page(
      "CRLs watched",
      "",
      markup`<p class="lead">Round of ${isoTime(startedAt)}: <strong class="${
        verdict === "pass" ? "good" : "error"
      }">${verdict.toUpperCase()}</strong>. ${describeCounts(countResults(results))}.</p>
<p><a href="feed.xml">Atom feed</a>, <a href="index.json">JSON</a></p>
<h2>New (${since})</h2>
${this.#findingList(changes.appeared.slice(0, maximumEntries))}${
        changes.appeared.length > maximumEntries
          ? markup`<p>... and ${formatCount(changes.appeared.length - maximumEntries)} more</p>`
          : none
      }
<h2>Owners, the worst first</h2>
${rows}`,
    );
  }

  #caPage(group: CaGroup): string {
    const rows = group.results
      .map((result) => ({ result, tally: tallyOf([result]) }))
      .sort((a, b) => compareTallies(a.tally, b.tally) || compareText(a.result.run.crl, b.result.run.crl))
      .map(({ result: { run, crl }, tally }) => [
        markup`<a href="../crl/${slugOf(run.crl)}.html">${run.crl}</a>`,
        markup`${crl?.number ?? ""}`,
        crl?.nextUpdate === undefined ? none : timeOf(crl.nextUpdate),
        describeTally(tally),
      ]);
    return page(
      nameOf(group),
      "../",
      markup`<p><a href="${group.slug}.xml">Atom feed</a></p>
${table(["CRL or record", "cRLNumber", "nextUpdate", "Findings"], rows)}`,
    );
  }

  /** @param past the latest findings in the CRL */
  #crlPage({ run, crl, kind }: Result, group: CaGroup, past: readonly KeptFinding[]): string {
    // The page does not contain the time of the round: it stays the same until something changes, and the charts until
    // the day ends.
    const end = (Math.floor(this.#round.startedAt / day) + 1) * day;
    const series = kind === "crl" ? this.#history.seriesOf(run.crl) : [];
    const link = /^https?:\/\//u.test(run.crl)
      ? markup`<a href="${run.crl}" rel="noreferrer">Download from the CA</a>`
      : none;
    return page(
      run.crl,
      "../",
      markup`<p class="lead">${link}</p>
<p>CA: <a href="../ca/${group.slug}.html">${nameOf(group)}</a>. Verdict: <strong class="${
        run.verdict === "pass" ? "good" : "error"
      }">${run.verdict.toUpperCase()}</strong>.</p>
${crl === undefined ? none : facts(crl.sha256, series.at(-1))}
<h2>Findings</h2>
${run.findings.length === 0 ? markup`<p>none</p>` : markup`${run.findings.map((finding) => article(finding, 0, 3))}`}
${series.length === 0 ? none : charts(series, end)}
<h2>History of findings</h2>
${past.length === 0 ? markup`<p>none</p>` : this.#findingList(past, true)}`,
    );
  }

  #findingList(list: readonly KeptFinding[], isOfOne = false): Markup {
    if (list.length === 0) return markup`<p>nothing</p>`;
    return table(
      ["When", "Finding", ...(isOfOne ? [] : ["Where"])],
      list.map((finding) => {
        const { severity, rule, message, subject } = finding;
        return [
          describeTimes(finding),
          markup`<span class="${severity}">${severity}</span> <code>${rule}</code><br>${message}`,
          ...(isOfOne ? [] : [markup`<a href="crl/${slugOf(subject)}.html">${subject}</a>`]),
        ];
      }),
    );
  }

  /**
   * Returns a feed of findings (RFC 4287). Identifiers are names, since the address of the pages is not known. Other
   * monitors have other identifiers.
   */
  #feed(name: string, findings: readonly KeptFinding[], id: string): string {
    const list = findings.slice(0, maximumEntries);
    const updated = isoTime(list[0]?.began ?? this.#first.startedAt);
    const up = id.startsWith("ca/") ? "../" : "";
    const entries = list.map(({ subject, rule, path, severity, message, help, began, sha256, owner, ca }) => {
      const key = sha256Of(JSON.stringify([this.#first.key, subject, rule, path, severity, began, sha256]));
      const who = [owner, ca].filter((text) => text !== "").join(", ");
      return markup`<entry>
<id>urn:crllint:finding:${key}</id>
<title>${severity}: ${rule}: ${who === "" ? subject : who}</title>
<updated>${isoTime(began)}</updated>
${this.#watched.has(subject) ? markup`<link href="${up}crl/${slugOf(subject)}.html"/>\n` : none}<content type="text">${message}. Fix: ${help}. CRL: ${subject}</content>
</entry>
`;
    });
    return markup`${{ markup: '<?xml version="1.0" encoding="utf-8"?>\n' }}<feed xmlns="http://www.w3.org/2005/Atom">
<id>urn:crllint:feed:${sha256Of(JSON.stringify([this.#first.key, id]))}</id>
<title>crllint: ${name}</title>
<updated>${updated}</updated>
<author><name>crllint monitor</name></author>
<generator version="${version}">crllint</generator>
${entries}</feed>
`.markup;
  }

  #index(groups: readonly CaGroup[]): string {
    const { startedAt, verdict, results, changes } = this.#round;
    const index = {
      version: 1,
      startedAt: isoTime(startedAt),
      verdict,
      counts: countResults(results),
      new: changes.appeared.map(jsonFinding),
      cas: groups.map(({ owner, ca, slug, results: own }) => ({
        owner,
        ca,
        page: `ca/${slug}.html`,
        crls: own.map(({ run, crl }) => {
          return { subject: run.crl, page: `crl/${slugOf(run.crl)}.html`, verdict: run.verdict, crl: crl ?? null };
        }),
      })),
    };
    return `${JSON.stringify(index)}\n`;
  }
}

function groupByCa(results: readonly Result[]): readonly CaGroup[] {
  const groups = groupBy(results, ({ owner, ca }) => JSON.stringify([owner, ca]));
  return Array.from(groups, ([key, own]) => {
    const { owner = "", ca = "" } = own[0] ?? {};
    return { owner, ca, slug: slugOf(key), results: own };
  });
}

function nameOf({ owner, ca }: Pick<CaGroup, "owner" | "ca">): string {
  return [owner, ca].filter((text) => text !== "").join(", ") || "CA not known";
}

function tallyOf(results: readonly Result[]): Tally {
  const tally: Record<Severity, number> = { error: 0, warning: 0, notice: 0 };
  for (const { severity, suppressed } of results.flatMap(({ run }) => run.findings)) {
    if (suppressed === undefined) tally[severity] += 1;
  }
  const { crls, notFetched } = countResults(results);
  return { ...tally, crls, notFetched };
}

function compareTallies(a: Tally, b: Tally): number {
  return b.error - a.error || b.warning - a.warning || b.notice - a.notice || b.notFetched - a.notFetched;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Describes the time of a finding: `since TIME`, `TIME to TIME`, or the time of an event. */
function describeTimes({ began, ended, kind }: KeptFinding): Markup {
  if (kind === "event") return markup`${timeOf(began)}`;
  return ended === undefined ? markup`since ${timeOf(began)}` : markup`${timeOf(began)} to ${timeOf(ended)}`;
}

function timeOf(seconds: number): Markup {
  return markup`<time>${isoTime(seconds)}</time>`;
}

function describeTally({ error, warning, notice, notFetched }: Tally): Markup {
  const parts = [
    ...(error > 0 ? [markup`<span class="error">${countOf(error, "error")}</span> `] : []),
    ...(warning > 0 ? [markup`<span class="warning">${countOf(warning, "warning")}</span> `] : []),
    ...(notice > 0 ? [markup`<span class="notice">${countOf(notice, "notice")}</span> `] : []),
    ...(notFetched > 0 ? [markup`<span class="dim">${formatCount(notFetched)} not fetched</span>`] : []),
  ];
  return parts.length === 0 ? markup`<span class="good">no findings</span>` : markup`${parts}`;
}

function facts(sha256: string, last: SeenCrl | undefined): Markup {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ["SHA-256", sha256],
    ["cRLNumber", last?.number],
    ["thisUpdate", last?.thisUpdate === undefined ? undefined : isoTime(last.thisUpdate)],
    ["nextUpdate", last?.nextUpdate === undefined ? undefined : isoTime(last.nextUpdate)],
    ["Entries", last && formatCount(last.entries)],
    ["Size", last && `${formatCount(last.size)} bytes`],
    ["First seen", last && isoTime(last.firstSeen)],
  ];
  return markup`<dl class="facts">${rows.flatMap(([name, value]) =>
    value === undefined ? [] : [markup`<dt>${name}</dt><dd>${value}</dd>\n`],
  )}</dl>`;
}

function charts(series: readonly SeenCrl[], end: number): Markup {
  const pointsOf = (valueOf: (crl: SeenCrl) => number | undefined): readonly Point[] =>
    series.flatMap((crl) => {
      const value = valueOf(crl);
      return value === undefined || !Number.isFinite(value) ? [] : [[crl.firstSeen, value] as const];
    });
  return markup`<h2>History of the CRL</h2>
<p>${countOf(series.length, "CRL")} seen.</p>
<div class="charts">
${drawChart(
  "cRLNumber",
  pointsOf(({ number }) => (number === undefined ? undefined : Number(number))),
  end,
)}${drawChart(
    "Size in bytes",
    pointsOf(({ size }) => size),
    end,
  )}${drawChart(
    "Entries",
    pointsOf(({ entries }) => entries),
    end,
  )}${drawChart(
    "Hours left when first seen",
    pointsOf(({ nextUpdate, firstSeen }) =>
      nextUpdate === undefined ? undefined : Math.round((nextUpdate - firstSeen) / 3600),
    ),
    end,
  )}</div>`;
}

function table(heads: readonly string[], rows: readonly (readonly Markup[])[]): Markup {
  return markup`<div class="scroll" tabindex="0"><table class="list">
<tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr>
${rows.map((row) => markup`<tr>${row.map((cell, i) => markup`<td data-head="${heads[i] ?? ""}">${cell}</td>`)}</tr>\n`)}</table></div>
`;
}

/** Returns a page whose content security policy allows only the style sheet. */
function page(title: string, up: string, content: Markup): string {
  return markup`${{ markup: "<!DOCTYPE html>\n" }}<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' file:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="stylesheet" href="${up}style.css">
<link rel="alternate" type="application/atom+xml" href="${up}feed.xml">
</head>
<body>
<header>
${up === "" ? none : markup`<nav><a href="${up}index.html">All CAs</a></nav>\n`}<h1>${title}</h1>
</header>
<main>
${content}
</main>
</body>
</html>
`.markup;
}

/** Whether a file has the name of a page or feed of a CA or CRL, or of one that is being written. */
function isPage(name: string): boolean {
  return /^[\da-f]{20}\.(?:html|xml)(?:\.tmp)?$/u.test(name);
}

/** Returns a file name for a text that may be too long for one, or have other characters. */
function slugOf(text: string): string {
  return sha256Of(text).slice(0, 20);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
