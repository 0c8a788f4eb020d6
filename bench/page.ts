import { writeFileSync } from "node:fs";
import { drawGrowth } from "./picture.ts";
import type { Share } from "./profile.ts";
import type { Measured, Results } from "./results.ts";
import { describe, describeServing, mebi, rowsOf, targetsOfServing } from "./table.ts";
import { watchingSection } from "./watching.ts";

const docs = new URL("../docs/", import.meta.url);

/** Writes docs/performance.md except for its section on the monitor, and its picture. */
export function writePage(results: Results): void {
  writeFileSync(new URL("performance.svg", docs), drawGrowth(results.growth));
  writeFileSync(new URL("performance.md", docs), `${pageOf(results)}${watchingSection()}`);
}

function pageOf({ machine, versions, measured, growth, resident, serving, profile }: Results): string {
  const versionList = Object.entries(versions).map(([program, version]) => `${program}: ${version}`);
  return [
    "# What linting costs",
    "",
    "`npm run build && npm run bench -- --write` writes this page. It makes the CRLs from a seed, runs the programs in",
    "turn, and reports medians: of whole processes from start to end, with peak memory as the system counts it. All",
    "rules of the profile `tls-br` are on, and the signature is verified. Ratios are more reliable than seconds.",
    "",
    "The first run of a user stores the code that V8 compiled, and later runs load it: see",
    "[the gate](gate.md#compiled-code). The first table shows the effect, and the start of the one file that",
    "`npm run binary` makes, which contains Node.",
    "",
    "`before` is the value of commit 3161f50 of 2026-11-24, from one run on the same kind of machine. The start then took",
    "1.98 times that of `node -e 0` in a clone, with compiled code that the build stored, and 2.95 times from the package.",
    "",
    `Measured on: ${machine}.`,
    "",
    ...versionList.map((line) => `- ${line}`),
    "",
    "![Wall time by the number of entries](performance.svg)",
    "",
    ...measured.flatMap((item) => sectionOf(item)),
    ...(resident === undefined
      ? []
      : [
          "## In a long-running process",
          "",
          `\`lintCrl\` took ${resident.microseconds.toFixed(0)} us for a CRL of 10 entries with its CA certificate,`,
          `signature verified, in the middle of ${resident.calls} calls. The heap in use was ${mebi(resident.heapHalfway)} MiB after half of`,
          `them and ${mebi(resident.heapAtEnd)} MiB after all.`,
          "",
        ]),
    ...(serving === undefined
      ? []
      : [
          "## As a service",
          "",
          "`crllint serve` with a CRL of 10 entries and its CA certificate in every request, and a client on the same",
          "processors:",
          `${describeServing(serving)}.`,
          "",
          ...targetsOfServing(serving).map((line) => `- ${line}`),
          "",
        ]),
    ...(profile === undefined ? [] : profileOf(profile)),
    "## How cost grows",
    "",
    ...tableOf(
      ["entries", "file MiB", ...new Set(growth.flatMap(({ rows }) => rows.map(({ program }) => `${program} s`)))],
      growth.map((item) => [
        item.count.toLocaleString("en-US"),
        mebi(item.bytes),
        ...item.rows.map(({ wall }) => wall.toFixed(2)),
      ]),
    ),
    "",
  ].join("\n");
}

function profileOf(profile: readonly Share[]): readonly string[] {
  const whole = profile.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return [
    "## Where the time goes",
    "",
    "One run with 1,000,000 entries under the sampling profiler of V8 (`--cpu-prof`), which itself takes time.",
    "",
    ...tableOf(
      ["what", "ms", "share"],
      profile.map(({ what, milliseconds }) => [
        what,
        milliseconds.toFixed(0),
        `${((milliseconds / whole) * 100).toFixed(0)} %`,
      ]),
    ),
    "",
  ];
}

function sectionOf(item: Measured): readonly string[] {
  return [
    `## ${item.scenario}: ${item.what}`,
    "",
    ...tableOf(["program", "wall s", "cpu s", "peak MiB", "crllint by it"], rowsOf(item)),
    "",
    ...item.outcomes.map((outcome) => `- ${describe(outcome)}`),
    ...(item.outcomes.length > 0 ? [""] : []),
  ];
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const all = [head, head.map((_, i) => (i === 0 ? "---" : "---:")), ...rows];
  return all.map((row) => `| ${row.join(" | ")} |`);
}
