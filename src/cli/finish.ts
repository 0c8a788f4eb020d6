import { resolve } from "node:path";
import { reportOf } from "../library/report-of.ts";
import type { CoreOptions } from "../library/lint-options.ts";
import type { Flags } from "../options/values.ts";
import { exitCodes, withVerdict } from "../rule/verdict.ts";
import type { LookedAt, Run } from "../rule/report.ts";
import { Totals } from "../report/counts.ts";
import { formatsWithRules, loadRenderer, type ReportFormat } from "../report/formats.ts";
import type { Renderer, RenderOptions, ReportHead } from "../report/renderer.ts";
import { beforeSignal } from "./before-signal.ts";
import type { ExitCode, Io } from "./io.ts";
import { StatusLine } from "./progress.ts";
import { Batch, ReportFile } from "./report-files.ts";
import { chooseStyle } from "./style.ts";

/** Options that determine how reports are written, and when a run fails. */
export type ReportFlags = Flags<"merge"> &
  Pick<Flags<"lint">, "shard"> &
  Pick<CoreOptions, "coreFailOn" | "skippedFailOn"> &
  Pick<RenderOptions, "stated">;

/** The progress line of a call, its inputs, and how its verdict is decided. */
export interface AboutRuns {
  /** Progress line on the terminal, which is removed. */
  readonly status?: StatusLine;
  /** Files that were looked at. */
  readonly inputs?: LookedAt | undefined;
  /** Returns a run with the verdict for the options of this call. */
  readonly settle?: (run: Run, flags: ReportFlags) => Run;
}

/**
 * Writes the reports of runs in order, as the runs arrive, and keeps none of the runs in memory. If the reader of
 * standard output closed the pipe and no report is written to a file, it stops at once, with exit code 2.
 */
export async function writeReports(
  runs: Iterable<Run> | AsyncIterable<Run>,
  flags: ReportFlags,
  io: Io,
  // A suppressed finding no longer fails the run.
  { status = new StatusLine(io), inputs, settle = withVerdict }: AboutRuns = {},
): Promise<ExitCode> {
  const head = headOf(flags, inputs);
  const files = await openFiles(flags, head, io);
  const stop = guard(files);
  try {
    const output = await openOutput(flags, head, io, status);
    const totals = new Totals(flags, flags);
    let isWhole = true;
    for await (const run of runs) {
      if (!output.isRead && files.length === 0) isWhole = false;
      if (!isWhole) break;
      const settled = settle(run, flags);
      totals.add(settled);
      for (const { file, renderer } of files) file.write(renderer.run(settled));
      await output.write(output.renderer.run(settled));
    }
    const faults = files.flatMap(({ file, renderer }) => {
      file.write(renderer.end());
      return file.close() ?? [];
    });
    await output.write(output.renderer.end());
    await output.close();
    const errors = isWhole && totals.runs === 0 ? [totals.cause, ...faults] : faults;
    if (errors.length > 0) await io.writeError(errors.map((error) => `error: ${error}\n`).join(""));
    return isWhole && faults.length === 0 ? exitCodes[totals.verdict] : 2;
  } finally {
    await status.clear();
    stop();
    for (const { file } of files) file.abandon();
  }
}

interface FileReport {
  readonly file: ReportFile;
  readonly renderer: Renderer;
}

/** Begins the reports that are written to files. Each is tried, even if another fails. */
async function openFiles(flags: ReportFlags, head: ReportHead, io: Io): Promise<readonly FileReport[]> {
  const opened: FileReport[] = [];
  const summary = io.env["GITHUB_STEP_SUMMARY"] ?? "";
  for (const { format, file: path } of flags.report ?? []) {
    const renderer = (await loadRenderer(format))(head, await optionsOf(format, flags));
    const isShared = summary !== "" && resolve(path) === resolve(summary);
    const file = new ReportFile(path, isShared);
    file.write(renderer.start());
    opened.push({ file, renderer });
  }
  return opened;
}

function headOf({ shard }: ReportFlags, inputs: LookedAt | undefined): ReportHead {
  return { ...reportOf([]), ...(shard && { shard }), ...(inputs && { inputs }) };
}

/** Removes partly written reports if a signal ends the process. The returned function stops this. */
function guard(files: readonly FileReport[]): () => void {
  if (files.length === 0) return () => {};
  return beforeSignal(() => {
    for (const { file } of files) file.abandon();
  });
}

/** Returns the options of a format that do not depend on the terminal. */
async function optionsOf(
  format: ReportFormat,
  {
    failOn,
    coreFailOn,
    skippedFailOn,
    maxWarnings,
    stated,
    width,
    quiet,
    verbose,
    statistics,
  }: Omit<ReportFlags, "format">,
): Promise<RenderOptions> {
  return {
    ...(formatsWithRules.has(format) ? { rules: (await import("../rules/index.ts")).rules } : {}),
    failOn,
    coreFailOn,
    skippedFailOn,
    maxWarnings,
    stated,
    ...(width === undefined ? {} : { width }),
    statistics: statistics === true,
    quiet: quiet === true,
    verbose: verbose === true,
  };
}

/** The report on standard output. */
class Output {
  readonly renderer: Renderer;
  /** Whether the output still has a reader. */
  isRead = true;
  readonly #io: Io;
  readonly #batch = new Batch();

  readonly #status: StatusLine;

  constructor(io: Io, renderer: Renderer, status: StatusLine) {
    this.#io = io;
    this.#status = status;
    this.renderer = renderer;
  }

  async write(pieces: Iterable<string>): Promise<void> {
    for (const text of this.#batch.add(this.isRead ? pieces : [])) await this.#put(text);
  }

  async close(): Promise<void> {
    await this.#put(this.#batch.rest());
  }

  async #put(text: string): Promise<void> {
    // The report and the progress line may be on the same terminal.
    await this.#status.clear();
    this.isRead &&= await this.#io.write(text);
  }
}

async function openOutput(flags: ReportFlags, head: ReportHead, io: Io, status: StatusLine): Promise<Output> {
  const isHuman = flags.format === "human";
  const make = await loadRenderer(flags.format);
  const width = flags.width ?? (io.isTty ? io.columns : undefined);
  const renderer = make(head, {
    ...(await optionsOf(flags.format, flags)),
    ...(isHuman ? { color: await chooseStyle(flags.color, io) } : {}),
    ...(width === undefined ? {} : { width: Math.max(20, width) }),
  });
  const output = new Output(io, renderer, status);
  await output.write(renderer.start());
  return output;
}
