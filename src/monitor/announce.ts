import { type ChildProcess, spawn } from "node:child_process";
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
import type { KeptAlert, MonitorState } from "./state.ts";

/** Destinations of announcements. */
export interface Announcing {
  /** Command for the shell. */
  readonly onNew?: string;
  /** URL for a POST. */
  readonly notify?: string;
  /** Key that signs the body of the POST. */
  readonly notifySecret?: string;
}

/** Alerts that were not accepted, by the keys of their rounds. */
export type KeptAlerts = Pick<MonitorState, "alertOf" | "keepAlert" | "dropAlert">;

/** Maximum number of requests for one URL, and timeout of each in seconds. */
const attempts = 3;
const timeout = 10;

/** Timeout of a command in seconds, and seconds that it has to end after SIGTERM. */
const commandTimeout = 60;
const commandGrace = 5;

/** Seconds after which no further alert is sent in a round. */
const timePerRound = 300;

/** Age in days from which an alert that is not accepted is not sent again. */
const oldest = 7;

/** A destination, and how an alert is sent there. The sending function returns why it failed. */
interface Destination {
  readonly name: string;
  readonly send: (body: string, most: number) => Promise<string | undefined>;
}

/**
 * Announces the findings of the rounds that were not announced yet. Alerts that were not sent before come first, so one
 * that is not accepted does not delay later ones. Each is sent to each destination until that accepts it: at least once,
 * and again only if the process ends before that is noted.
 *
 * @returns why rounds could not be announced, escaped and without duplicates
 */
export async function announce(
  history: History,
  kept: KeptAlerts,
  how: Announcing,
  world: LeaseWorld,
): Promise<readonly string[]> {
  const began = performance.now();
  const faults = new Set<string>();
  const rounds = history
    .unannounced()
    .map((round) => ({ round, before: kept.alertOf(round.key) }))
    .sort((a, b) => Number(a.before !== undefined) - Number(b.before !== undefined));
  let waiting = 0;
  for (const { round, before } of rounds) {
    if (round.appeared.length > 0) {
      if (performance.now() - began >= timePerRound * 1000) {
        waiting += 1;
        continue;
      }
      const alert = before ?? { body: jsonOf(round), accepted: [] };
      // A receiver that is down needs no pauses for each further round.
      const sent = await send(alert, destinationsOf(how, world), faults.size === 0 ? attempts : 1);
      const isLast = world.now() - round.startedAt >= oldest * 86_400;
      const next = isLast
        ? `the alert of ${isoTime(round.startedAt)} is not sent again after ${oldest} days`
        : "the next round announces it again";
      for (const fault of sent.faults) faults.add(`${fault}; ${next}`);
      if (sent.faults.length > 0 && !isLast) {
        const fault = keep(kept, round.key, sent.alert);
        if (fault !== undefined) faults.add(fault);
        continue;
      }
      kept.dropAlert(round.key);
    }
    history.markAnnounced(round.id, world.now());
  }
  if (waiting > 0) {
    faults.add(`not sent within ${timePerRound} s: ${countOf(waiting, "alert")}; the next round continues`);
  }
  return [...faults];
}

function destinationsOf(how: Announcing, world: LeaseWorld): readonly Destination[] {
  const { onNew, notify } = how;
  return [
    ...(onNew === undefined ? [] : [{ name: "on-new", send: (body: string) => runCommand(onNew, body) }]),
    ...(notify === undefined
      ? []
      : [{ name: "notify", send: (body: string, most: number) => post(notify, how.notifySecret, body, most, world) }]),
  ];
}

/** Sends an alert to the destinations that have not accepted it. Returns it with those that now have. */
async function send(
  { body, accepted }: KeptAlert,
  destinations: readonly Destination[],
  most: number,
): Promise<{ readonly alert: KeptAlert; readonly faults: readonly string[] }> {
  const faults: string[] = [];
  const all = [...accepted];
  for (const { name, send: sendTo } of destinations) {
    if (accepted.includes(name)) continue;
    const fault = await sendTo(body, most);
    if (fault === undefined) all.push(name);
    else faults.push(fault);
  }
  return { alert: { body, accepted: all }, faults };
}

/** Stores an alert. A full disk must not delay later alerts. Returns why it failed. */
function keep(kept: KeptAlerts, round: string, alert: KeptAlert): string | undefined {
  try {
    kept.keepAlert(round, alert);
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

async function runCommand(onNew: string, body: string): Promise<string | undefined> {
  const failed = (why: string): string => `--on-new ${escapePath(onNew)}: ${why}`;
  return new Promise((resolve) => {
    // Standard output is for the report. All processes of the command are in a group of their own, to end them.
    const child = spawn(onNew, { shell: true, stdio: ["pipe", process.stderr, "inherit"], detached: hasGroups });
    let isLate = false;
    const end = (signal: NodeJS.Signals): void => {
      isLate = true;
      endGroup(child, signal);
    };
    const timers = [
      setTimeout(end, commandTimeout * 1000, "SIGTERM"),
      setTimeout(end, (commandTimeout + commandGrace) * 1000, "SIGKILL"),
    ];
    const settle = (why: string | undefined): void => {
      for (const timer of timers) clearTimeout(timer);
      // Others of the group may have ignored SIGTERM.
      if (isLate) endGroup(child, "SIGKILL");
      resolve(isLate ? failed(`not finished within ${commandTimeout} s`) : why);
    };
    child.on("error", (error) => settle(failed(reasonOf(error))));
    child.on("close", (code, signal) => {
      if (signal !== null) settle(failed(`ended by ${signal}`));
      else settle(code === 0 ? undefined : failed(`exit code ${code}`));
    });
    // A command that does not read its input is not an error.
    child.stdin?.on("error", () => {});
    child.stdin?.end(body);
  });
}

/** Whether a process and those that it starts can be sent a signal together. */
const hasGroups = process.platform !== "win32";

function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(hasGroups ? -pid : pid, signal);
  } catch {
    // It has ended.
  }
}

async function post(
  notify: string,
  secret: string | undefined,
  body: string,
  most: number,
  { sleep }: LeaseWorld,
): Promise<string | undefined> {
  const signature = secret === undefined ? undefined : createHmac("sha256", secret).update(body).digest("hex");
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
