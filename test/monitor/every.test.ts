import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sleepUntil } from "../../src/fetch/abort.ts";
import { crllint, now } from "../cli/workbench.ts";
import { Lab } from "./lab.ts";

let lab: Lab;
beforeEach(async () => {
  lab = new Lab(2);
  await lab.start();
});
afterEach(() => lab.stop());

test("a pause longer than any timer does not end at once", async () => {
  const stop = new AbortController();
  let hasEnded = false;
  const paused = sleepUntil(25 * 86_400, stop.signal).then(() => (hasEnded = true));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(hasEnded).toBe(false);
  stop.abort();
  await paused;
});

/** Runs rounds in this process; `between` runs after each, with the number of rounds. */
async function every(between: (count: number) => Promise<void>, ...more: readonly string[]) {
  const known = new Set(process.listeners("SIGTERM"));
  let count = 0;
  const sleep = async (): Promise<void> => {
    count += 1;
    await between(count);
  };
  const stop = (): void => {
    for (const listener of process.listeners("SIGTERM")) if (!known.has(listener)) listener("SIGTERM");
  };
  const end = crllint(lab.args("--every", "1s", ...more), { now: () => now + 60 * count, sleep });
  return { end, stop };
}

function statusOf(socketPath: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ socketPath, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

test("/healthz answers 503 if the rounds fail for some time", async () => {
  let passed = 0;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => passed);
  const socket = join(lab.bench.folder, "s");
  const statuses: unknown[] = [];
  const { end, stop } = await every(
    async (count) => {
      statuses.push(await statusOf(socket, "/healthz"));
      // More than twice the time between two rounds, and the time by which a round may be late.
      passed += 100_000;
      if (count === 2) lab.bench.put("ccadb/AllCertificateRecordsCSVFormatV5", "");
      if (count === 3) stop();
    },
    "--listen",
    `unix:${socket}`,
  );
  const { code, err } = await end.finally(() => clock.mockRestore());
  expect([code, statuses]).toEqual([2, [200, 200, 503]]);
  expect(err).toContain("error: ");
});

test("a history that is damaged and then restored does not end the process", async () => {
  const path = join(lab.out, "history.db");
  let whole = Buffer.alloc(0);
  const { end, stop } = await every(async (count) => {
    if (count === 1) {
      whole = readFileSync(path);
      writeFileSync(path, Buffer.from(whole).fill(0, 4096, 8192));
    }
    if (count === 2) writeFileSync(path, whole);
    if (count === 3) stop();
  });
  const { code, err } = await end;
  const advice = "restore it from a backup, or move it away so the next round begins a new history";
  expect([code, err]).toEqual([0, `error: ${path}: database disk image is malformed; ${advice}\n`]);
});

test("a round whose files cannot be written leaves no request and no file to the next one", async () => {
  const endless = lab.server.serve("/endless.crl", lab.crl(0));
  lab.disclosed.set(0, { full: [lab.url(0), endless] });
  lab.writeReports();
  const [tmp, away] = [join(lab.out, "tmp"), join(lab.out, "away")];
  let isClosed = false;
  let close = (): void => {};
  const closed = new Promise<void>((resolve) => {
    close = () => {
      isClosed = true;
      resolve();
    };
  });
  /** Whether the endless answer has ended, and the number of files, between the rounds. */
  const seen: unknown[] = [];
  const { end, stop } = await every(async (count) => {
    if (count === 2) {
      renameSync(away, tmp);
      // The server learns a little later that its client has closed the connection.
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 2000))]);
    }
    seen.push([isClosed, readdirSync(tmp).length]);
    if (count === 1) {
      lab.server.on("/endless.crl", (_, response) => {
        response.writeHead(200).write("x");
        response.on("close", close);
      });
      lab.server.on("/1.crl", (_, response) => {
        // The other two bodies are being written.
        const poll = setInterval(() => {
          if (readdirSync(tmp).length < 2) return;
          clearInterval(poll);
          renameSync(tmp, away);
          response.writeHead(200).end(lab.crl(1));
        }, 10);
      });
    }
    if (count === 2) {
      lab.server.serve("/endless.crl", lab.crl(0));
      lab.serve(1);
    }
    if (count === 3) stop();
  });
  const { code, err } = await end;
  expect(seen).toEqual([
    [false, 0],
    [true, 2],
    [true, 0],
  ]);
  expect([code, err]).toEqual([0, `error: cannot write to directory ${tmp}: no such file or directory\n`]);
});
