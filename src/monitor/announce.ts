import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { isoTime } from "../der/time.ts";
import { pauseAfter } from "../fetch/retry.ts";
import { escapePath } from "../files/escape-path.ts";
import { codeOf, reasonOf, whyNotWritten } from "../files/system-error.ts";
import { UsageError } from "../options/usage-error.ts";
import { whyNoAnswer } from "../fetch/http-get.ts";
import { countOf } from "../rule/format-count.ts";
import { version } from "../version.ts";
import type { History, UnannouncedRound } from "./history.ts";
import type { LeaseWorld } from "./lease.ts";
import { jsonFinding } from "./report.ts";
import type { MonitorState } from "./state.ts";

/** Destinations of announcements. */
export interface Announcing {
  /** Command for the shell. */
  readonly onNew?: string;
  /** URL for a POST. */
  readonly notify?: string;
  /** Key that signs the body of the POST. */
  readonly notifySecret?: string;
}

/** Bodies of alerts that were not accepted, by the keys of their rounds. */
export type KeptAlerts = Pick<MonitorState, "alertOf" | "keepAlert" | "dropAlert">;

/** Maximum number of requests for one URL, and timeout of each in seconds. */
const attempts = 3;
const timeout = 10;

/** Timeout of a command in seconds. */
const commandTimeout = 60;

/**
 * Announces the findings of the rounds that were not announced yet, the oldest round first. A round counts as announced
 * only when everything succeeded, so each is announced at least once. One that is refused does not delay later ones.
 *
 * @returns why rounds could not be announced, escaped and without duplicates
 */
export async function announce(
  history: History,
  kept: KeptAlerts,
  how: Announcing,
  world: LeaseWorld,
): Promise<readonly string[]> {
  const faults = new Set<string>();
  for (const round of history.unannounced()) {
    if (round.appeared.length > 0) {
      const body = kept.alertOf(round.key) ?? jsonOf(round);
      // A receiver that is down needs no pauses for each further round.
      const most = faults.size === 0 ? attempts : 1;
      const failed = [await runCommand(how, body), await post(how, body, most, world)].flatMap((fault) => fault ?? []);
      for (const fault of failed) faults.add(`${fault}; the next round announces it again`);
      if (failed.length > 0) {
        const fault = keep(kept, round.key, body);
        if (fault !== undefined) faults.add(fault);
        continue;
      }
      kept.dropAlert(round.key);
    }
    history.markAnnounced(round.id, world.now());
  }
  return [...faults];
}

/** Stores the body of an alert. A full disk must not delay later alerts. Returns why it failed. */
function keep(kept: KeptAlerts, round: string, body: string): string | undefined {
  try {
    kept.keepAlert(round, body);
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return `an alert was not stored: ${whyNotWritten(error)}`;
  }
}

/** Returns the news of a round as JSON of version 1. A state that is new in the round may have ended in a later one. */
function jsonOf({ key, startedAt, verdict, counts, appeared, ended }: UnannouncedRound): string {
  const news = {
    version: 1,
    id: key,
    startedAt: isoTime(startedAt),
    verdict,
    counts,
    new: appeared.map((finding) => jsonFinding({ ...finding, ended: undefined })),
    ended: ended.map(jsonFinding),
  };
  return `${JSON.stringify(news)}\n`;
}

async function runCommand({ onNew }: Announcing, body: string): Promise<string | undefined> {
  if (onNew === undefined) return undefined;
  const failed = (why: string): string => `--on-new ${escapePath(onNew)}: ${why}`;
  return new Promise((resolve) => {
    // Standard output is for the report.
    const child = spawn(onNew, {
      shell: true,
      stdio: ["pipe", process.stderr, "inherit"],
      timeout: commandTimeout * 1000,
    });
    child.on("error", (error) => resolve(failed(reasonOf(error))));
    child.on("close", (code, signal) => {
      if (signal !== null) resolve(failed(`ended by ${signal}`));
      else resolve(code === 0 ? undefined : failed(`exit code ${code}`));
    });
    // A command that does not read its input is not an error.
    child.stdin?.on("error", () => {});
    child.stdin?.end(body);
  });
}

async function post(
  { notify, notifySecret }: Announcing,
  body: string,
  most: number,
  { sleep }: LeaseWorld,
): Promise<string | undefined> {
  if (notify === undefined) return undefined;
  const signature =
    notifySecret === undefined ? undefined : createHmac("sha256", notifySecret).update(body).digest("hex");
  const headers = {
    "content-type": "application/json",
    "user-agent": `crllint/${version}`,
    ...(signature !== undefined && { "x-crllint-signature": `sha256=${signature}` }),
  };
  let fault = "";
  let attempt = 0;
  while (attempt < most) {
    if (attempt > 0) await sleep(pauseAfter(attempt));
    attempt += 1;
    try {
      const signal = AbortSignal.timeout(timeout * 1000);
      const answer = await fetch(notify, { method: "POST", headers, body, signal, redirect: "manual" });
      await answer.body?.cancel();
      if (answer.ok) return undefined;
      fault = `status ${answer.status}`;
      if (isRefusal(answer.status)) break;
    } catch (error) {
      fault = whyNotSent(error);
    }
  }
  // The path of such a URL is often a secret, so the error contains only the origin.
  return `--notify ${escapePath(new URL(notify).origin)}: ${fault}, ${countOf(attempt, "attempt")}`;
}

/** Whether a receiver refuses the request itself, which the same request again does not change. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

/** Returns the reason in words why a request has no answer. A message of `fetch` may contain the URL. */
function whyNotSent(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (codeOf(cause) !== undefined) return whyNoAnswer(cause);
  const isLate = error instanceof Error && error.name === "TimeoutError";
  return isLate ? `no answer within ${timeout} s` : "the request cannot be sent";
}
