import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { Lease } from "../../src/monitor/lease.ts";
import { UsageError } from "../../src/options/usage-error.ts";
import { now, Workbench } from "../cli/workbench.ts";

const bench = new Workbench();
afterAll(() => bench.clear());

let folder = "";
let count = 0;
beforeEach(() => {
  count += 1;
  folder = join(bench.folder, `lease-${count}`);
  mkdirSync(folder);
});

/** A process on another host that last renewed its lease this long ago. */
function holderOnAnotherHost(secondsAgo: number) {
  const seen = now - secondsAgo;
  return { owner: "other", host: "b.example", space: "", pid: 7, since: seen - 60, seen };
}

function write(holder: object): void {
  writeFileSync(join(folder, "lock"), JSON.stringify(holder));
}

function read(): { readonly owner: string; readonly pid: number } {
  return JSON.parse(readFileSync(join(folder, "lock"), "utf8"));
}

/** A clock that advances only by sleeping; `meanwhile` runs during each sleep. */
function worldAt(start: number, meanwhile: (slept: number) => void = () => {}) {
  let time = start;
  const pauses: number[] = [];
  const sleep = async (seconds: number): Promise<void> => {
    pauses.push(seconds);
    time += seconds;
    meanwhile(seconds);
  };
  return { now: () => time, sleep, pauses };
}

describe("the lease of a directory", () => {
  test("has one holder, and a second process is rejected", async () => {
    const first = await Lease.take(folder, worldAt(now));
    expect(read().pid).toBe(process.pid);
    // The process ID alone does not identify the holder; another owner whose process is running does.
    write({ ...read(), owner: "other", pid: process.ppid });
    await expect(Lease.take(folder, worldAt(now))).rejects.toThrow(
      `another monitor (process ${process.ppid} on ${hostname()}, since 2026-11-04T00:00:00Z) works in`,
    );
    // The first holder has lost the lease.
    expect(() => first.check()).toThrow(/^another monitor \(process \d+ on /u);
    first.release();
    expect(existsSync(join(folder, "lock"))).toBe(true);
  });

  test("leaves no file after it is released", async () => {
    const lease = await Lease.take(folder, worldAt(now));
    lease.check();
    lease.release();
    expect(existsSync(join(folder, "lock"))).toBe(false);
  });

  test("is taken over after 1 s from a process of this host that has ended", async () => {
    const first = await Lease.take(folder, worldAt(now));
    const self = read();
    first.release();
    // No process has this ID: it is above the maximum of Linux.
    write({ ...self, owner: "other", pid: 2 ** 22 + 1 });
    const world = worldAt(now);
    const lease = await Lease.take(folder, world);
    expect(world.pauses).toEqual([1]);
    lease.release();
  });

  test.runIf(process.platform === "linux")(
    "is taken over after 31 s from a process before the last restart",
    async () => {
      const first = await Lease.take(folder, worldAt(now));
      const earlier = { ...read(), owner: "other", space: "0b0c4c8e-4f0e-4a43-9d51-0d7f2a9d0a11 pid:[4026531836]" };
      first.release();
      write(earlier);
      const world = worldAt(now + 5);
      const lease = await Lease.take(folder, world);
      expect(world.pauses).toEqual([30, 1]);
      lease.release();
      // The holder is a process of another host with the same name.
      write(earlier);
      const renewed = worldAt(now, () => write({ ...earlier, seen: now + 15 }));
      await expect(Lease.take(folder, renewed)).rejects.toThrow("another monitor (process");
    },
  );

  test("of a directory that cannot be written is a usage error that names it", async () => {
    const nowhere = join(folder, "nowhere");
    const taken = Lease.take(nowhere, worldAt(now));
    await expect(taken).rejects.toThrow(UsageError);
    await expect(taken).rejects.toThrow(`cannot write to directory ${nowhere}: no such file or directory`);
  });

  test("of another host is kept while its holder renews it", async () => {
    write(holderOnAnotherHost(100));
    const world = worldAt(now);
    await expect(Lease.take(folder, world)).rejects.toThrow("process 7 on b.example, since 2026-11-03T23:57:20Z");
    expect(world.pauses).toEqual([]);
  });

  test("of another host is taken over after it expires and its holder no longer renews it", async () => {
    write(holderOnAnotherHost(121));
    const world = worldAt(now);
    const lease = await Lease.take(folder, world);
    expect(world.pauses).toEqual([30, 1]);
    lease.release();
  });

  test.each([86_400, -86_400])("of another host is kept if the clock jumps by %d s", async (jump) => {
    const holder = holderOnAnotherHost(0);
    write(holder);
    const world = worldAt(now + jump, () => write({ ...holder, seen: holder.seen + 15 }));
    await expect(Lease.take(folder, world)).rejects.toThrow("process 7 on b.example");
    expect(world.pauses).toEqual([30]);
  });

  test("belongs to the last of two processes that take it over at the same time", async () => {
    write(holderOnAnotherHost(3600));
    const world = worldAt(now, (slept) => {
      if (slept === 1) write({ ...holderOnAnotherHost(0), owner: "third", host: "c.example" });
    });
    await expect(Lease.take(folder, world)).rejects.toThrow("process 7 on c.example");
    expect(read().owner).toBe("third");
  });

  test("is taken if its file is damaged", async () => {
    writeFileSync(join(folder, "lock"), "{");
    const lease = await Lease.take(folder, worldAt(now));
    expect(read().pid).toBe(process.pid);
    lease.release();
  });
});
