import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { doors, posixOnly, usual } from "./doors.ts";
import { Input, kinds } from "./inputs.ts";
import { clear, commandLine } from "./through.ts";

const inputs = kinds.map((kind) => new Input(kind));
beforeAll(async () => {
  for (const input of inputs) await input.write();
});
afterAll(() => {
  clear();
  for (const input of inputs) input.clear();
});

/** The outcomes of a door that are expected, by the kind of CRL. */
function expectedOf(outcome: string): readonly string[] {
  const words = outcome.split(" ");
  return kinds.map((_, i) => words[i] ?? words[0] ?? "");
}

const rows = doors.map(([name, open, outcome = usual]) => ({ name, open, outcome }));

test("each door has a name of its own, and lets no wrong CRL pass", () => {
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(60);
  for (const { name, outcome } of rows) {
    const [, ...wrong] = expectedOf(outcome);
    expect([name, ...wrong]).not.toContain("pass");
  }
});

describe("doors", () => {
  test.each(rows)("$name: $outcome", async ({ name, open, outcome }) => {
    if (process.platform === "win32" && posixOnly.has(name)) return;
    const expected = expectedOf(outcome);
    const outcomes = inputs.map(async (input, i) => {
      if (expected[i] === "-") return "-";
      return typeof open === "string" ? commandLine(input, open) : open(input);
    });
    expect(await Promise.all(outcomes)).toEqual(expected);
  });
});
