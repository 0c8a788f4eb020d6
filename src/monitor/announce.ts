import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { isoTime } from "../der/time.ts";
import { pauseAfter } from "../fetch/retry.ts";
import { escapePath } from "../files/escape-path.ts";
import { reasonOf } from "../files/system-error.ts";
import { whyNoAnswer } from "../fetch/http-get.ts";
import { version } from "../version.ts";
import type { History, UnannouncedRound } from "./history.ts";
import type { LeaseWorld } from "./lease.ts";
import { jsonFinding } from "./report.ts";

/** Destinations of announcements. */
export interface Announcing {
  /** Command for the shell. */
  readonly onNew?: string;
  /** URL for a POST. */
  readonly notify?: string;
  /** Key that signs the body of the POST. */
  readonly notifySecret?: string;
}

/** Maximum number of requests for one URL, and timeout of each in seconds. */
const attempts = 3;
const timeout = 10;

/** Timeout of a command in seconds. */
const commandTimeout = 60;

/**
 * Announces the findings of the rounds that were not announced yet, the oldest round first. A round counts as announced
 * only when everything succeeded, so each is announced at least once.
 *
 * @returns why a round could not be announced, escaped; undefined if all were
 */
export async function announce(history: History, how: Announcing, world: LeaseWorld): Promise<string | undefined> {
  for (const round of history.unannounced()) {
    if (round.appeared.length > 0) {
      const body = jsonOf(round);
      const fault = (await runCommand(how, body)) ?? (await post(how, body, world));
      if (fault !== undefined) return fault;
    }
    history.markAnnounced(round.id, world.now());
  }
  return undefined;
}

/** Returns the news of a round as JSON of version 1. */
function jsonOf({ key, startedAt, verdict, counts, appeared, ended }: UnannouncedRound): string {
  const news = {
    version: 1,
    id: key,
    startedAt: isoTime(startedAt),
    verdict,
    counts,
    new: appeared.map(jsonFinding),
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
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (attempt > 1) await sleep(pauseAfter(attempt - 1));
    try {
      const signal = AbortSignal.timeout(timeout * 1000);
      const answer = await fetch(notify, { method: "POST", headers, body, signal, redirect: "manual" });
      await answer.body?.cancel();
      if (answer.ok) return undefined;
      fault = `status ${answer.status}`;
    } catch (error) {
      fault = whyNoAnswer(error instanceof Error ? (error.cause ?? error) : error);
    }
  }
  // The path of such a URL is often a secret, so the error contains only the origin.
  return `--notify ${escapePath(new URL(notify).origin)}: ${fault}, ${attempts} attempts`;
}
