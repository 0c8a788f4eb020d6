import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { crllint, now } from "../cli/workbench.ts";
import { Lab } from "./lab.ts";

let lab: Lab;
beforeEach(async () => {
  lab = new Lab(2);
  await lab.start();
});
afterEach(() => lab.stop());

const advice = "restore it from a backup, or move it away so the next round begins a new history";

describe("a damaged history.db", () => {
  const path = (): string => join(lab.out, "history.db");

  test.each<[string, string, (bytes: Buffer) => Uint8Array, ("monitor" | "history")[]]>([
    ["is empty", "the file is empty", () => new Uint8Array(), ["monitor", "history"]],
    ["is another file", "file is not a database", (bytes) => bytes.fill(65), ["monitor", "history"]],
    [
      "lacks its end",
      "database disk image is malformed",
      (bytes) => bytes.subarray(0, bytes.length - 4096),
      ["monitor", "history"],
    ],
    ["has an overwritten table", "database disk image is malformed", (bytes) => bytes.fill(0, 4096, 8192), ["monitor"]],
    [
      "has overwritten tables",
      "database disk image is malformed",
      (bytes) => bytes.fill(90, 8192),
      ["monitor", "history"],
    ],
  ])("that %s is an error that names it and what to do", async (_, why, damage, commands) => {
    await lab.round(0);
    writeFileSync(path(), damage(readFileSync(path())));
    const calls = { monitor: lab.args(), history: ["history", "--out", lab.out] };
    for (const command of commands) {
      expect(await crllint(calls[command], { now: () => now + 1 })).toMatchObject({
        code: 2,
        err: `error: ${path()}: ${why}; ${advice}\n(see crllint ${command} --help)\n`,
      });
    }
  });
});

describe("damaged files of a round that is resumed", () => {
  const values = ["", "null", "1", "[]", "{}", '"x"'];
  const first = "2026-11-04T00:00:00Z: pass; 2 CRLs: 2 linted";

  /** Runs a round that stores all results and ends before the history, which is a directory. */
  async function interrupt(): Promise<string> {
    lab.bench.put("out/history.db/file", "");
    expect((await crllint(lab.args(), { now: () => now })).code).toBe(2);
    rmSync(join(lab.out, "history.db"), { recursive: true });
    lab.server.asked.length = 0;
    return join(lab.out, "current");
  }

  test.each(values)("run.json with the content %j begins a new round", async (value) => {
    const current = await interrupt();
    writeFileSync(join(current, "run.json"), value);
    expect(await lab.round(0)).toMatchObject({ code: 0, err: "", out: expect.stringContaining(first) });
    expect(lab.server.asked).toHaveLength(2);
  });

  test.each([...values, '{"url":"x","result":null}', '{"url":"x","result":{"run":{}}}'])(
    "a result with the content %j is not used",
    async (value) => {
      const current = await interrupt();
      const name = readdirSync(current).find((each) => each.endsWith(".result.json")) ?? "";
      writeFileSync(join(current, name), value);
      expect(await lab.round(0)).toMatchObject({ code: 0, err: "", out: expect.stringContaining(first) });
      expect(lab.server.asked).toHaveLength(1);
    },
  );
});
