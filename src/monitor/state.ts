import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { isOfCopies } from "../fetch/copy-store.ts";
import { makeDirectory } from "../files/make-directory.ts";
import { readFile } from "../files/read-files.ts";
import { removeEmpty, removeOwn } from "../files/remove-own.ts";
import { sha256Of } from "../files/sha256.ts";
import { writeWhole } from "../files/write-whole.ts";
import type { Lease } from "./lease.ts";
import type { Result } from "./results.ts";

/** A round that is in progress, and the results that were stored before it was interrupted. */
export interface OpenRound {
  /** Identifies the round. Its time does not, because clocks jump. */
  readonly key: string;
  /** Seconds since 1970. */
  readonly startedAt: number;
  /** Results by URL. */
  readonly done: ReadonlyMap<string, Result>;
}

/** An alert that a destination has not accepted. */
export interface KeptAlert {
  readonly body: string;
  /** Names of the destinations that have accepted it. */
  readonly accepted: readonly string[];
}

/** Maximum age of an interrupted round that is resumed, in seconds. The first results of an older one are outdated. */
const resumeWindowSeconds = 4 * 3600;

/**
 * The directory in which a monitor works. Each result is written as soon as it is known, each file in one step. If the
 * process is killed, the next one continues in the directory.
 */
export class MonitorState {
  readonly #folder: string;
  readonly #current: string;
  readonly #alerts: string;
  readonly #lease: Lease;

  /** @param lease of the directory */
  constructor(folder: string, lease: Lease) {
    this.#folder = folder;
    this.#current = join(folder, "current");
    this.#alerts = join(folder, "alerts");
    this.#lease = lease;
  }

  /**
   * Continues the interrupted round, or starts one. Removes temporary files of a process that was killed, and of a round
   * that failed.
   *
   * @param how everything except the CRLs that the results depend on; if it differs, old results are not reused
   */
  begin(now: number, how: string): OpenRound {
    this.#lease.check();
    this.#clear();
    const { key: known, startedAt, how: before } = fieldsOf(readJson(join(this.#current, "run.json")));
    if (typeof known === "string" && typeof startedAt === "number" && before === sha256Of(how)) {
      const isRecent = now >= startedAt && now - startedAt < resumeWindowSeconds;
      if (isRecent) return { key: known, startedAt, done: this.#readDone() };
    }
    this.#clearRound();
    makeDirectory(this.#current);
    const key = randomUUID();
    writeWhole(join(this.#current, "run.json"), JSON.stringify({ key, startedAt: now, how: sha256Of(how) }));
    return { key, startedAt: now, done: new Map() };
  }

  /** Stores the result for a URL. */
  keep(url: string, result: Result): void {
    this.#lease.check();
    writeWhole(join(this.#current, `${sha256Of(url)}.result.json`), JSON.stringify({ url, result }));
  }

  /** Writes a file into the directory, in one step. */
  write(name: string, content: string): void {
    this.#lease.check();
    writeWhole(join(this.#folder, name), content);
  }

  /** Ends the round, after it was added to the history. */
  finish(): void {
    this.#lease.check();
    this.#clearRound();
  }

  /** Returns the alert of a round that was not accepted; undefined if there is none, or it is damaged. */
  alertOf(round: string): KeptAlert | undefined {
    const { body, accepted } = fieldsOf(readJson(this.#alertPath(round)));
    const isList = Array.isArray(accepted) && accepted.every((each) => typeof each === "string");
    return typeof body === "string" && isList ? { body, accepted } : undefined;
  }

  /** Stores an alert that was not accepted. Its body is stored because names in it may change. */
  keepAlert(round: string, alert: KeptAlert): void {
    this.#lease.check();
    makeDirectory(this.#alerts);
    writeWhole(this.#alertPath(round), JSON.stringify(alert));
  }

  /** Removes the alert of a round, which is not sent again. */
  dropAlert(round: string): void {
    this.#lease.check();
    removeOwn(this.#alerts, (name) => name === basename(this.#alertPath(round)));
    removeEmpty(this.#alerts);
  }

  #alertPath(round: string): string {
    return join(this.#alerts, `${round}.json`);
  }

  /** Removes temporary files. No other process works in the directory, and no request is under way. */
  #clear(): void {
    const bodies = join(this.#folder, "tmp");
    makeDirectory(bodies);
    removeOwn(bodies, (name) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u.test(name));
    removeOwn(this.#folder, (name) => /^(?:report\.(?:txt|json)|lock)\.[\da-f-]+$/u.test(name));
  }

  /** Removes the results of a round. If the process is killed before the end, the rest belongs to no round. */
  #clearRound(): void {
    removeOwn(this.#current, (name) => /^run\.json(?:\.\d+)?$/u.test(name));
    removeOwn(this.#current, (name) => /^[\da-f]{64}\.result\.json(?:\.\d+)?$/u.test(name) || isOfCopies(name));
    removeEmpty(this.#current);
  }

  #readDone(): Map<string, Result> {
    const done = new Map<string, Result>();
    for (const name of readdirSync(this.#current)) {
      if (!name.endsWith(".result.json")) continue;
      const { url, result } = fieldsOf(readJson(join(this.#current, name)));
      if (typeof url === "string" && isResult(result)) done.set(url, result);
    }
    return done;
  }
}

/** Whether a value has the fields of a result that are always there. */
function isResult(value: unknown): value is Result {
  const { run, kind, owner, ca, crl = { sha256: "" }, at } = fieldsOf(value);
  const { crl: subject, findings, rules, core } = fieldsOf(run);
  const areTexts = [kind, owner, ca, subject, fieldsOf(crl)["sha256"]].every((each) => typeof each === "string");
  return areTexts && typeof at === "number" && [findings, rules, core].every(Array.isArray);
}

/** Returns the members of a JSON object; none for any other value. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** Returns the JSON in a file; undefined if there is no such file, or it is not JSON. */
function readJson(path: string): unknown {
  const file = readFile(path);
  if ("fault" in file) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(file.bytes));
  } catch {
    return undefined;
  }
}
