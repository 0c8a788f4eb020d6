import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { crllint, now } from "../cli/workbench.ts";
import { Lab, told } from "./lab.ts";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

let lab: Lab;
beforeEach(async () => {
  lab = new Lab(8);
  await lab.start();
});
afterEach(() => lab.stop());

/** Starts a monitor in a process of its own. */
function start(...more: readonly string[]): ChildProcess & { readonly output: () => string } {
  const args = ["--import", "tsx", main, ...lab.args("--now", "2026-11-04T00:00:00Z", "--concurrency", "1", ...more)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  child.stderr.on("data", (data: Buffer) => (output += data.toString()));
  return Object.assign(child, { output: () => output });
}

function ended(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  return new Promise((resolve) => child.on("close", (code, signal) => resolve(signal ?? code)));
}

/** All that the history has, as "what subject rule". */
async function history(): Promise<readonly string[]> {
  const { out } = await crllint(["history", "--out", lab.out, "-f", "json"]);
  const { items } = JSON.parse(out) as { items: readonly { what: string; subject: string; rule: string }[] };
  return items.map(({ what, subject, rule }) => `${what} ${subject.replace(/^.*\//u, "")} ${rule}`.trim()).sort();
}

test("kill -9 at any moment: nothing is lost, and nothing is there twice", { timeout: 120_000 }, async () => {
  lab.serve(2, { issuer: lab.ca(2).subject.reversed() });
  const all = ["began 2.crl issuer/not-byte-identical", ...Array.from(lab.cas.keys(), (i) => `crl ${i}.crl`)].sort();
  // Whatever the machine's speed: each is killed before it starts to work, at work, or not at all.
  for (const milliseconds of [900, 1100, 1300, 1500, 1800, 2200]) {
    const child = start();
    const end = ended(child);
    const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
    await end;
    clearTimeout(timer);
  }
  // A result is stored before its copy: a process that is killed in between leaves the copy to the next round.
  for (const _ of ["the round that was killed", "the next one"]) {
    const last = start();
    expect([await ended(last), last.output()]).toEqual([1, expect.stringContaining("8 CRLs: 8 linted")]);
    expect(await history()).toEqual(all);
  }
  expect(readdirSync(join(lab.out, "tmp"))).toEqual([]);
  expect(readdirSync(lab.out).sort()).toEqual(["copies", "history.db", "report.json", "report.txt", "tmp"]);
  expect(readdirSync(join(lab.out, "copies"))).toHaveLength(16);
});

test("SIGTERM ends a round after the current URL, and the next call continues it", { timeout: 60_000 }, async () => {
  const asked = new Promise<() => void>((resolve) =>
    lab.server.on("/5.crl", (_, response) =>
      resolve(() => response.writeHead(200, { "content-type": "application/pkix-crl" }).end(lab.crl(5))),
    ),
  );
  const child = start();
  const end = ended(child);
  const answer = await asked;
  child.kill("SIGTERM");
  setTimeout(answer, 200);
  expect([await end, child.output()]).toEqual([2, "ended by a signal: the next call continues this round\n"]);
  expect(existsSync(join(lab.out, "lock"))).toBe(false);
  const before = lab.server.asked.length;
  lab.serve(5);
  const last = start();
  expect([await ended(last), last.output()]).toEqual([0, expect.stringContaining("8 CRLs: 8 linted")]);
  expect(lab.server.asked.length).toBeLessThan(before + 8);
});

test("--every keeps running until SIGTERM", { timeout: 60_000 }, async () => {
  const child = start("--every", "1s");
  const end = ended(child);
  await new Promise<void>((resolve) => {
    const poll = setInterval(() => {
      if (child.output().split("crllint monitor, ").length < 4) return;
      clearInterval(poll);
      resolve();
    }, 50);
  });
  child.kill("SIGTERM");
  expect(await end).toBeOneOf([0, 2]);
  expect(existsSync(join(lab.out, "lock"))).toBe(false);
});

test("--listen answers /metrics and /healthz", { timeout: 60_000 }, async () => {
  const child = start("--every", "1h", "--listen", "127.0.0.1:0");
  const end = ended(child);
  const waitFor = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = pattern.exec(child.output());
      if (found !== null) return found[1] ?? "";
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const address = await waitFor(/^listening on (http:\/\/127\.0\.0\.1:\d+)\n/u);
  await waitFor(/8 CRLs: (8 linted)/u);
  const ask = async (path: string, method = "GET") => {
    const answer = await fetch(`${address}${path}`, { method });
    return [answer.status, await answer.text()] as const;
  };
  expect(await ask("/healthz")).toEqual([200, "ok\n"]);
  expect(await ask("/metrics")).toEqual([200, expect.stringContaining('crllint_monitor_crls{done="linted"} 8\n')]);
  expect((await ask("/"))[0]).toBe(404);
  expect((await ask("/metrics", "POST"))[0]).toBe(405);
  child.kill("SIGTERM");
  expect(await end).toBe(0);
  expect(await crllint(lab.args("--listen", "127.0.0.1:0"))).toMatchObject({
    code: 2,
    err: expect.stringContaining("--listen requires --every"),
  });
});

test("a clock that jumps back loses no round", async () => {
  lab.serve(3, { issuer: lab.ca(3).subject.reversed() });
  await lab.round(3600);
  lab.serve(4, { issuer: lab.ca(4).subject.reversed(), crlNumber: 4712, thisUpdate: "2026-11-02T00:00:00Z" });
  const { report } = await lab.round(0);
  expect(told(report.new)).toEqual(["4.crl: issuer/not-byte-identical", "4.crl: sequence/issuer-or-aki-changed"]);
  await lab.round(3600);
  const rounds = (await history()).filter((line) => line.startsWith("began") || line.startsWith("event"));
  expect(rounds).toEqual([
    "began 3.crl issuer/not-byte-identical",
    "began 4.crl issuer/not-byte-identical",
    "event 4.crl sequence/issuer-or-aki-changed",
  ]);
  expect(now).toBe(Date.parse("2026-11-04T00:00:00Z") / 1000);
});
