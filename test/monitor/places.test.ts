import { cpSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { HistoryDatabase } from "../../src/monitor/database.ts";
import { crllint, now } from "../cli/workbench.ts";
import { Lab } from "./lab.ts";

const minute = 60;
const hour = 3600;

let lab: Lab;
beforeEach(async () => {
  lab = new Lab(4);
  await lab.start();
});
afterEach(() => lab.stop());

function folder(name: string): string {
  return join(lab.bench.folder, name);
}

/** Runs a round of the monitor in a place, this long after the first; the CAs in `down` serve no CRL. */
async function round(place: string, seconds: number, ...down: readonly number[]): Promise<void> {
  for (const i of lab.cas.keys()) {
    if (down.includes(i)) lab.server.serve(`/${i}.crl`, "", {}, 404);
    else lab.serve(i);
  }
  await crllint(lab.args("--out", folder(place)), { now: () => now + seconds, sleep: () => Promise.resolve() });
}

function merge(...places: readonly string[]) {
  const operands = places.map((place) => `${place}=${folder(place)}`);
  return crllint(["history", "merge", "--out", folder("joined"), ...operands]);
}

interface Item {
  readonly what: string;
  readonly place: string;
  readonly down: string;
  readonly subject: string;
  readonly time: string;
  readonly text: string;
}

async function items(about: string, ...more: readonly string[]): Promise<readonly Item[]> {
  const { out } = await crllint(["history", about, "--out", folder("joined"), "-f", "json", ...more]);
  return (JSON.parse(out) as { items: readonly Item[] }).items;
}

describe("crllint history merge", () => {
  test("distinguishes CRLs that are down from every place, from some places, and from one", async () => {
    for (const [i, place] of ["vienna", "tokyo", "oslo"].entries()) {
      await round(place, i * minute);
      // 0 is down everywhere, 1 in two places, and 2 in one.
      await round(place, 4 * hour + i * minute, 0, ...(i < 2 ? [1] : []), ...(i === 0 ? [2] : []));
    }
    const merged = await merge("vienna", "tokyo", "oslo");
    expect(merged).toMatchObject({ code: 0, err: "" });
    const why = (i: number) => `"${lab.url(i)}" returns no CRL: the server answers with status 404 (not found)`;
    expect(merged.out).toBe(
      "3 places: oslo (2 rounds), tokyo (2 rounds), vienna (2 rounds)\n\n" +
        `Down from everywhere:\n  ${lab.url(0)}\n    oslo: ${why(0)}\n    tokyo: ${why(0)}\n    vienna: ${why(0)}\n\n` +
        `Down from some places:\n  ${lab.url(1)}\n    tokyo: ${why(1)}\n    vienna: ${why(1)}\n    fetched from oslo\n` +
        `  ${lab.url(2)}\n    vienna: ${why(2)}\n    fetched from oslo, tokyo\n`,
    );

    const failures = (await items("owner")).filter(({ what }) => what === "not-fetched");
    expect(failures.map(({ subject, place, down }) => `${subject.replace(/^.*\//u, "")} ${place} ${down}`)).toEqual([
      "0.crl oslo everywhere",
      "0.crl tokyo everywhere",
      "1.crl tokyo some",
      "0.crl vienna everywhere",
      "1.crl vienna some",
      "2.crl vienna here",
    ]);
    // Each place has its own CRLs and findings.
    const all = await items(lab.url(0));
    expect(all.map(({ what, place, time }) => `${what} ${place} ${time.slice(11, 16)}`)).toEqual([
      "began oslo 04:02",
      "not-fetched oslo 04:02",
      "began tokyo 04:01",
      "not-fetched tokyo 04:01",
      "began vienna 04:00",
      "not-fetched vienna 04:00",
      "crl oslo 00:02",
      "crl tokyo 00:01",
      "crl vienna 00:00",
    ]);
    const table = await crllint(["history", lab.url(2), "--out", folder("joined")]);
    expect(table.out).toContain(
      `not-fetched  vienna  ${lab.url(2)}  ${why(2)}; down from here, fetched from oslo, tokyo\n`,
    );
    const csv = await crllint(["history", lab.url(2), "--out", folder("joined"), "-f", "csv"]);
    expect(csv.out).toMatch(/^time,what,subject,owner,ca,place,down,severity,rule,text,sha256\r\n/u);

    // A later call replaces the output of an earlier one, so no item is listed twice.
    await round("oslo", 8 * hour);
    const again = await merge("vienna", "tokyo", "oslo");
    expect(again.out).toMatch(/^3 places: oslo \(3 rounds\), tokyo \(2 rounds\), vienna \(2 rounds\)\n/u);
    expect((await items(lab.url(2))).map(({ what }) => what)).toEqual(["began", "not-fetched", "crl", "crl", "crl"]);
    expect(readdirSync(folder("joined"))).toEqual(["history.db"]);
  });

  test("ignores a place without a round within a day", async () => {
    await round("tokyo", 0);
    await round("vienna", 0);
    await round("vienna", 25 * hour, 3);
    const { out } = await merge("vienna", "tokyo");
    expect(out).toContain("\n\nNot watched from another place:\n");
    await round("tokyo", 26 * hour);
    expect((await merge("vienna", "tokyo")).out).toContain("\n    fetched from tokyo\n");
  });

  test("reads the rounds once, not for each URL", async () => {
    for (const place of ["vienna", "tokyo"]) {
      await round(place, 0);
      await round(place, hour, ...(place === "vienna" ? [0, 1, 2, 3] : []));
    }
    await merge("vienna", "tokyo");
    const database = await HistoryDatabase.open(join(folder("joined"), "history.db"));
    database.run(
      `WITH RECURSIVE later (hours) AS (SELECT 1 UNION ALL SELECT hours + 1 FROM later WHERE hours < 500)
      INSERT INTO round (key, place, started, ended, verdict, crllint, crls, linted, unchecked, not_fetched)
      SELECT place || hours, place, started + hours * 3600, ended + hours * 3600, verdict, '', 4, 4, 0, 0
      FROM later, (SELECT * FROM round WHERE id IN (SELECT max(id) FROM round GROUP BY place))`,
    );
    database.run("UPDATE subject SET round = (SELECT max(id) FROM round)");
    database.close();
    const all = vi.spyOn(HistoryDatabase.prototype, "all");
    const failures = (await items("owner")).filter(({ what }) => what === "not-fetched");
    const rows = all.mock.results.flatMap(({ value }) => value as readonly unknown[]);
    all.mockRestore();
    expect(failures.map(({ place, down }) => `${place} ${down}`)).toEqual(Array(4).fill("vienna here"));
    // 1,004 rounds, the row of each of 4 URLs in 2 places, and 4 failures.
    expect(rows).toHaveLength(1004 + 8 + 4);
  });

  test("rejects operands that cannot be merged", async () => {
    await round("vienna", 0);
    cpSync(folder("vienna"), folder("copy"), { recursive: true });
    await round("tokyo", 0);
    const expectUsageError = async (args: readonly string[], why: string) => {
      expect(await crllint(["history", ...args])).toMatchObject({
        code: 2,
        out: "",
        err: expect.stringContaining(why),
      });
    };
    const operands = [`a=${folder("vienna")}`, `b=${folder("tokyo")}`];
    await expectUsageError(
      ["merge", "--out", folder("x"), operands[0] ?? ""],
      "merge joins several places: crllint history merge",
    );
    await expectUsageError(
      ["merge", "--out", folder("x"), ...operands.map((each) => each.slice(2))],
      "expected PLACE=DIR, where",
    );
    await expectUsageError(
      ["merge", "--out", folder("x"), operands[0] ?? "", `a=${folder("tokyo")}`],
      "two places have one name",
    );
    await expectUsageError(
      ["merge", "--out", folder("x"), `a=${folder("vienna")}`, `b=${folder("copy")}`],
      "a and b are the same history",
    );
    await expectUsageError(
      ["merge", "--out", folder("x"), ...operands, `c=${folder("nowhere")}`],
      "history.db: no such file",
    );
    await expectUsageError(
      ["merge", "--out", folder("tokyo"), ...operands],
      "is the history of a monitor: give another --out",
    );
    await expectUsageError(["one", "two", "--out", folder("tokyo")], "give one URL, or one part of a name");
    expect(existsSync(join(folder("x"), "history.db"))).toBe(false);
    expect(readdirSync(folder("x"))).toEqual([]);

    expect((await merge("vienna", "tokyo")).code).toBe(0);
    await expectUsageError(
      ["merge", "--out", folder("x"), `j=${folder("joined")}`, ...operands],
      "joins several places already",
    );
    const { code, err } = await crllint(lab.args("--out", folder("joined")));
    expect([code, err]).toEqual([
      2,
      expect.stringContaining("joins the histories of several places: give another --out"),
    ]);
  });
});

describe("text of a history", () => {
  const hostile = "::error::a\u001B]0;b\u0007\nfake line\u202Ec##[error]d";
  const shown = String.raw`::error::a\u{1b}]0;b\u{7}\u{a}fake line\u{202e}c\u{23}#[error]d`;
  /** A message as the monitor stores it. */
  const stored = String.raw`issuer "a\\b\u{202e}\(9 characters cut: 0123abcd)" is not "\"c\""`;

  async function change(place: string): Promise<void> {
    const database = await HistoryDatabase.open(join(folder(place), "history.db"));
    const id = database.get("SELECT id FROM subject WHERE name = ?", [lab.url(0)])?.["id"] ?? null;
    database.run("UPDATE subject SET name = ?, owner = ?, ca = ? WHERE id = ?", [hostile, hostile, hostile, id]);
    database.run("UPDATE crl SET number = ?, sha256 = ? WHERE subject = ?", [hostile, hostile, id]);
    database.run("UPDATE failure SET why = ?", [hostile]);
    database.run("UPDATE finding SET message = ?, severity = ?, rule = ? WHERE subject = ?", [
      stored,
      hostile,
      hostile,
      id,
    ]);
    database.close();
  }

  test("is escaped when it is listed, unless it was before", async () => {
    for (const place of ["vienna", "tokyo"]) {
      await round(place, 0);
      await round(place, hour, 0);
      await change(place);
    }
    expect(await merge("vienna", "tokyo")).toEqual({
      code: 0,
      err: "",
      out: [
        "2 places: tokyo (2 rounds), vienna (2 rounds)",
        "",
        "Down from everywhere:",
        `  ${shown.replace(":", String.raw`\u{3a}`)}`,
        `    tokyo: ${shown}`,
        `    vienna: ${shown}`,
        "",
      ].join("\n"),
    });
    for (const format of ["table", "csv", "json"]) {
      for (const place of ["vienna", "joined"]) {
        const { code, out } = await crllint(["history", "--out", folder(place), "-f", format]);
        expect(code).toBe(0);
        expect(out).toContain("fake line");
        expect(out).not.toMatch(/[^\r\n -~]|##|^fake/mu);
      }
    }
    const listed = (await items("a")).filter(({ subject }) => subject === shown);
    expect(listed.map(({ what, place, text }) => `${what} ${place} ${text}`)).toEqual([
      `began tokyo ${stored}`,
      `not-fetched tokyo ${shown}; down from everywhere`,
      `began vienna ${stored}`,
      `not-fetched vienna ${shown}; down from everywhere`,
      expect.stringMatching(/^crl tokyo cRLNumber ::error::a\\u\{1b\}/u),
      expect.stringMatching(/^crl vienna cRLNumber ::error::a\\u\{1b\}/u),
    ]);
    expect(listed[0]).toMatchObject({ owner: shown, ca: shown, severity: shown, rule: shown });
  });
});
