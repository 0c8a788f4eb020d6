import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Spent, Watching } from "./results.ts";
import { mebi } from "./table.ts";

const page = new URL("../docs/performance.md", import.meta.url);
const heading = "## Watching for a year";

/** Replaces the section of docs/performance.md on the monitor. */
export function writeWatching(watching: Watching): void {
  const others = readFileSync(page, "utf8").replace(watchingSection(), "");
  writeFileSync(page, `${others}\n${sectionOf(watching)}`);
}

/** Returns the section of docs/performance.md on the monitor, which another script writes; empty if there is none. */
export function watchingSection(): string {
  const text = existsSync(page) ? readFileSync(page, "utf8") : "";
  const at = text.indexOf(`\n${heading}\n`);
  return at === -1 ? "" : text.slice(at);
}

function sectionOf(watching: Watching): string {
  const rows = rowsOf(watching).map(([what, value]) => `| ${what} | ${value} |\n`);
  return `${heading}

\`npm run build && npx tsx bench/watch.ts --ccadb DIR --write\` writes this section. The year is the bookkeeping of its
rounds alone, without fetching and linting.

| what | measured |
| --- | ---: |
${rows.join("")}`;
}

/** Describes the results for the monitor for a terminal. */
export function describeWatching(watching: Watching): string {
  return rowsOf(watching)
    .map(([what, value]) => `${what}: ${value}`)
    .join("\n");
}

function show({ wall, cpu }: Spent): string {
  return `${wall.toFixed(2)} s (${cpu.toFixed(2)} s of processors)`;
}

function rowsOf({ reports, bombs, year }: Watching): readonly (readonly [what: string, value: string])[] {
  const count = (value: number): string => value.toLocaleString("en-US");
  return [
    ...(reports === undefined
      ? []
      : [
          [
            `opening the CCADB's reports: ${count(reports.certificates)} certificates, ${count(reports.records)} records`,
            `${show(reports.spent)}; ${mebi(reports.peak)} MiB`,
          ] as const,
        ]),
    [
      `history.db: ${count(year.crls)} CRLs, ${count(year.rounds)} rounds, 5 % of the CRLs new in each`,
      `${mebi(year.bytes)} MiB`,
    ],
    ["bookkeeping of a round: median", show(year.median)],
    ["bookkeeping of a round: 99th percentile", show(year.slow)],
    ["all pages at the end of the year", show(year.pages.first)],
    ["pages after one more round", show(year.pages.next)],
    ["peak memory of the year", `${mebi(year.peak)} MiB`],
    [
      `peak memory with ${bombs.count} gzip bodies that unpack to ${count(bombs.bytes)} bytes each`,
      bombs.peak === undefined ? "-" : `${mebi(bombs.peak)} MiB`,
    ],
  ];
}
