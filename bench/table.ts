import type { Measured, Outcome, Results, Row } from "./results.ts";
import type { Serving } from "./serving.ts";

const columns = ["program", "wall s", "cpu s", "peak MiB", "crllint by it"] as const;

/** Formats results as text for a terminal. */
export function drawTable({ machine, versions, measured, growth, resident, serving, profile }: Results): string {
  const lines = [machine, ...Object.entries(versions).map(([program, version]) => `${program}: ${version}`)];
  for (const item of [...measured, ...growth]) {
    const cells = [columns, ...rowsOf(item)];
    const widths = columns.map((_, i) => Math.max(...cells.map((row) => (row[i] ?? "").length)));
    lines.push("", `${item.scenario}: ${item.what}${item.bytes > 0 ? `, ${mebi(item.bytes)} MiB` : ""}`);
    for (const row of cells) {
      lines.push(
        `  ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  ")}`,
      );
    }
    for (const outcome of item.outcomes) lines.push(`  ${describe(outcome)}`);
  }
  if (resident !== undefined) {
    const { calls, microseconds, heapHalfway, heapAtEnd } = resident;
    lines.push("", `resident: ${microseconds.toFixed(0)} us for a CRL of 10 entries, ${calls} times`);
    lines.push(`  heap in use ${mebi(heapHalfway)} MiB halfway, ${mebi(heapAtEnd)} MiB at the end`);
  }
  if (serving !== undefined) {
    lines.push("", `serving: ${describeServing(serving)}`, ...targetsOfServing(serving).map((line) => `  ${line}`));
  }
  if (profile !== undefined) {
    lines.push("", "where the time goes with 1,000,000 entries, in ms");
    lines.push(...profile.map(({ what, milliseconds }) => `  ${milliseconds.toFixed(0).padStart(5)}  ${what}`));
  }
  return `${lines.join("\n")}\n`;
}

/** Returns one row per program: name, wall time, processor time, peak memory, ratio. */
export function rowsOf({ rows }: Measured): readonly (readonly string[])[] {
  const own = rows.find(({ program }) => program === "crllint")?.wall ?? Number.NaN;
  return rows.map((row: Row) => [
    row.exit === undefined || row.exit > 1 ? `${row.program} (exit ${row.exit ?? "by a signal"})` : row.program,
    row.wall.toFixed(3),
    row.cpu?.toFixed(2) ?? "-",
    row.peak === undefined ? "-" : mebi(row.peak),
    row.program === "crllint" ? "" : `${(own / row.wall).toFixed(2)} x`,
  ]);
}

/** Describes the rates of the service in a sentence without a period. */
export function describeServing({ one, four, json }: Serving): string {
  const rate = (value: number): string => value.toFixed(0);
  return `${rate(one)} requests per second with 1 connection, ${rate(four)} with 4, and ${rate(json)} with 4 as json`;
}

/**
 * Compares the rates of the service with targets: the gain of four connections on two processors, and the cost of json.
 */
export function targetsOfServing({ one, four, json }: Serving): readonly string[] {
  const ratio = (what: string, measured: number, least: number): string =>
    `${measured >= least ? "met" : "MISSED"}: ${what}: ${measured.toFixed(2)}, at least ${least.toFixed(2)}`;
  return [
    ratio("requests per second with 4 connections by those with 1", four / one, 1.5),
    ratio("requests per second as json by those as compact text", json / four, 0.7),
  ];
}

/** Describes a target, and whether it was met. */
export function describe({ what, limit, measured, met, before }: Outcome): string {
  const show = (value: number): string => (value > 1000 ? `${mebi(value)} MiB` : value.toFixed(2));
  const then = before === undefined ? "" : `, before: ${show(before)}`;
  return `${met ? "met" : "MISSED"}: ${what}: ${show(measured)}, at most ${show(limit)}${then}`;
}

export function mebi(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(bytes < 2 ** 24 ? 1 : 0);
}
