import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Run, RunVerdict, Severity } from "../rule/report.ts";
import { escapePath } from "../files/escape-path.ts";
import { UsageError } from "../options/usage-error.ts";
import { readFile } from "../files/read-files.ts";
import { writeWhole } from "../files/write-whole.ts";

/** A finding as the monitor keeps it. All text is escaped. */
export interface KeptFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly path: string;
  readonly notes: readonly string[];
  readonly help: string;
}

/** What came of one URL, or of one record of the CCADB. All text is escaped. */
export interface Result {
  /** The URL as it is shown, or the place of the record. */
  readonly subject: string;
  /** The CA, as far as it is known. */
  readonly ca: string;
  readonly verdict: RunVerdict;
  /** Whether all core checks were made or left out, and all inputs could be used. */
  readonly judged: boolean;
  /** The core checks on the CRL; empty if there was none. */
  readonly core: Run["core"];
  readonly sha256?: string;
  readonly entries: number;
  readonly findings: readonly KeptFinding[];
}

/** All results of a run. */
export interface FinishedRun {
  /** Seconds since 1970. */
  readonly startedAt: number;
  readonly results: readonly Result[];
}

/** A run that is under way, and what an interrupted start of it has done already. */
export interface OpenRun {
  readonly startedAt: number;
  /** By the URL. */
  readonly done: ReadonlyMap<string, Result>;
}

/** A run that was interrupted longer ago than this, in seconds, is not resumed: its first results are outdated. */
const resumeWindowSeconds = 4 * 3600;

/**
 * The folder in which a monitor works: each result is written as soon as it is there, each file in one step. A process
 * that is killed leaves a folder that the next one takes up.
 */
export class MonitorState {
  readonly #folder: string;
  readonly #current: string;
  readonly #lock: string;

  /**
   * @throws UsageError where another monitor works in the folder
   * @throws as mkdir and write do
   */
  constructor(folder: string) {
    this.#folder = folder;
    this.#current = join(folder, "current");
    this.#lock = join(folder, "lock");
    mkdirSync(folder, { recursive: true });
    this.#takeLock();
  }

  /**
   * Takes up the run that was interrupted, or starts one.
   *
   * @param how everything that the results depend on but the CRLs: with another one, old results are worth nothing
   */
  begin(now: number, how: string): OpenRun {
    const open = readJson(join(this.#current, "run.json")) as { startedAt: number; how: string } | undefined;
    const isOpen = open !== undefined && open.startedAt !== this.last()?.startedAt;
    if (isOpen && open.how === digest(how) && now >= open.startedAt && now - open.startedAt < resumeWindowSeconds) {
      return { startedAt: open.startedAt, done: this.#readDone() };
    }
    rmSync(this.#current, { recursive: true, force: true });
    mkdirSync(this.#current);
    writeWhole(join(this.#current, "run.json"), JSON.stringify({ startedAt: now, how: digest(how) }));
    return { startedAt: now, done: new Map() };
  }

  /** Keeps what came of a URL. */
  keep(url: string, result: Result): void {
    writeWhole(join(this.#current, `${digest(url)}.result.json`), JSON.stringify({ url, result }));
  }

  /** The last run that came to its end. */
  last(): FinishedRun | undefined {
    return readJson(join(this.#folder, "last.json")) as FinishedRun | undefined;
  }

  /** Writes a file next to the state, in one step. */
  write(name: string, content: string): void {
    writeWhole(join(this.#folder, name), content);
  }

  /** Makes a run the last one. */
  finish(run: FinishedRun): void {
    this.write("last.json", JSON.stringify(run));
    rmSync(this.#current, { recursive: true, force: true });
  }

  /** Lets others work in the folder. */
  release(): void {
    rmSync(this.#lock, { force: true });
  }

  #readDone(): Map<string, Result> {
    const done = new Map<string, Result>();
    for (const name of readdirSync(this.#current)) {
      if (!name.endsWith(".result.json")) continue;
      const kept = readJson(join(this.#current, name)) as { url: string; result: Result } | undefined;
      if (kept !== undefined) done.set(kept.url, kept.result);
    }
    return done;
  }

  #takeLock(): void {
    const holder = readFile(this.#lock);
    const pid = "fault" in holder ? 0 : Number(new TextDecoder().decode(holder.bytes));
    if (pid > 0 && pid !== process.pid && isAlive(pid)) {
      throw new UsageError(`another monitor (process ${pid}) works in ${escapePath(this.#folder)}`);
    }
    // A process that was killed may have left one.
    rmSync(this.#lock, { force: true });
    writeFileSync(this.#lock, String(process.pid), { flag: "wx" });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The JSON in a file; undefined if there is no such file, or it holds something else. */
function readJson(path: string): unknown {
  const file = readFile(path);
  if ("fault" in file) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(file.bytes));
  } catch {
    return undefined;
  }
}
