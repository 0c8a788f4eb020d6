import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { keeping } from "../fetch/keeping.ts";
import { escapePath } from "../files/escape-path.ts";
import { codeOf } from "../files/system-error.ts";
import { writeWhole } from "../files/write-whole.ts";
import { UsageError } from "../options/usage-error.ts";

/** Seconds between two renewals by the holder, and seconds without a renewal after which the lease expires. */
const heartbeat = 15;
const lifetime = 120;

/** Seconds for which a lease that seems to have expired is watched: clocks of hosts differ, and clocks jump. */
const watched = 2 * heartbeat;

/** The holder of a directory, as stored in its file `lock`. */
interface Holder {
  /** Different for each process that ever held the lease. */
  readonly owner: string;
  readonly host: string;
  /** Identifier of the space of process numbers: two containers on one host may both have a process 7. */
  readonly space: string;
  readonly pid: number;
  /** Seconds since 1970. */
  readonly since: number;
  readonly seen: number;
}

/** Clock and timer of the process that a lease uses. */
export interface LeaseWorld {
  /** Returns the time, in seconds since 1970. */
  readonly now: () => number;
  /** Waits for some seconds. */
  readonly sleep: (seconds: number) => Promise<void>;
}

/**
 * The right to work in a directory. Of all processes, containers and hosts that share the directory, one process at a
 * time holds it. The holder renews it. A holder that was killed loses it when it has expired, or at once if its process
 * is known to be gone.
 */
export class Lease {
  readonly #path: string;
  readonly #folder: string;
  readonly #world: LeaseWorld;
  readonly #self: Omit<Holder, "seen">;
  readonly #timer: NodeJS.Timeout;

  private constructor(folder: string, self: Holder, world: LeaseWorld) {
    this.#folder = folder;
    this.#path = join(folder, "lock");
    this.#world = world;
    this.#self = self;
    this.#timer = setInterval(() => this.#renew(), heartbeat * 1000);
    this.#timer.unref();
  }

  /**
   * Takes the lease of a directory.
   *
   * @throws UsageError that names the holder if there is one, or if the directory cannot be written
   */
  static async take(folder: string, world: LeaseWorld): Promise<Lease> {
    const path = join(folder, "lock");
    const self = { owner: randomUUID(), host: hostname(), space: processSpace(), pid: process.pid, since: world.now() };
    const mine: Holder = { ...self, seen: self.since };
    if (!keeping(folder, () => create(path, mine))) {
      const holder = read(path);
      if (holder !== undefined && !(await hasExpired(path, holder, world))) throw held(folder, holder);
      keeping(folder, () => writeWhole(path, JSON.stringify(mine)));
      // Another process may have taken over at the same time: the last one that wrote holds the lease.
      await world.sleep(1);
    }
    const lease = new Lease(folder, mine, world);
    lease.check();
    return lease;
  }

  /**
   * Checks that this process still holds the lease. Must be called before each change of the directory.
   *
   * @throws UsageError if another one took over, because this process was suspended
   */
  check(): void {
    const holder = read(this.#path);
    if (holder?.owner === this.#self.owner) return;
    clearInterval(this.#timer);
    throw held(this.#folder, holder ?? this.#self);
  }

  /** Releases the directory for other processes. */
  release(): void {
    clearInterval(this.#timer);
    if (read(this.#path)?.owner === this.#self.owner) rmSync(this.#path, { force: true });
  }

  #renew(): void {
    if (read(this.#path)?.owner !== this.#self.owner) return clearInterval(this.#timer);
    try {
      writeWhole(this.#path, JSON.stringify({ ...this.#self, seen: this.#world.now() } satisfies Holder));
    } catch {
      // A full disk: the next renewal may succeed, and `check` detects a lost lease.
    }
  }
}

function held(folder: string, { host, pid, since }: Omit<Holder, "seen">): UsageError {
  const who = `process ${pid} on ${escapePath(host)}, since ${new Date(since * 1000).toISOString().slice(0, 19)}Z`;
  return new UsageError(`another monitor (${who}) works in ${escapePath(folder)}`);
}

/** Creates the file whole or not at all: a link fails if the file exists, also on a network volume. */
function create(path: string, holder: Holder): boolean {
  const temporary = `${path}.${holder.owner}`;
  writeFileSync(temporary, JSON.stringify(holder));
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    const code = codeOf(error);
    // The file exists, or the holder has removed this temporary file: it removes all that it finds.
    if (code === "EEXIST" || code === "ENOENT") return false;
    // Some file systems do not support links.
    if (code === "EPERM" || code === "ENOTSUP" || code === "ENOSYS") return createExclusively(path, holder);
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function createExclusively(path: string, holder: Holder): boolean {
  try {
    writeFileSync(path, JSON.stringify(holder), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

async function hasExpired(path: string, holder: Holder, { now, sleep }: LeaseWorld): Promise<boolean> {
  if (holder.host === hostname() && holder.space === processSpace() && !isAlive(holder.pid)) return true;
  // The holder is gone if its host has restarted since. It is watched, because two hosts may have the same name.
  if (!isOfEarlierBoot(holder) && Math.abs(now() - holder.seen) < lifetime) return false;
  await sleep(watched);
  const later = read(path);
  return later === undefined || (later.owner === holder.owner && later.seen === holder.seen);
}

/** Whether a holder on a host of this name ran under another boot id. */
function isOfEarlierBoot({ host, space }: Holder): boolean {
  const [before = "", now = ""] = [space, processSpace()].map((text) => text.split(" ", 1)[0]);
  return host === hostname() && before !== "" && now !== "" && before !== now;
}

/** Returns the space of process numbers: the boot id and, on Linux, the PID namespace. */
function processSpace(): string {
  try {
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return "";
  }
}

function isAlive(pid: number): boolean {
  // The file was written by an earlier process that had the number of this one.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

function read(path: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(path, "utf8"));
    const { owner, host, space, pid, since, seen } = holder;
    const areTexts = [owner, host, space].every((value) => typeof value === "string");
    const areNumbers = [pid, since, seen].every((value) => Number.isSafeInteger(Math.round(value)));
    return areTexts && areNumbers ? holder : undefined;
  } catch {
    return undefined;
  }
}
