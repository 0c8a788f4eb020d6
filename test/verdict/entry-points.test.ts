import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { entryPoints, posixOnly, usual } from "./entry-points.ts";
import { Input, kinds } from "./inputs.ts";
import { clear, commandLine } from "./calls.ts";

const inputs = kinds.map((kind) => new Input(kind));
beforeAll(async () => {
  for (const input of inputs) await input.write();
});
afterAll(() => {
  clear();
  for (const input of inputs) input.clear();
});

/** Returns the expected outcomes of an entry point, one per kind of CRL. */
function expectedOf(outcome: string): readonly string[] {
  const words = outcome.split(" ");
  return kinds.map((_, i) => words[i] ?? words[0] ?? "");
}

const rows = entryPoints.map(([name, call, outcome = usual]) => ({ name, call, outcome }));

test("entry points have unique names, and none is expected to pass a CRL with an error", () => {
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(60);
  for (const { name, outcome } of rows) {
    const [, ...invalid] = expectedOf(outcome);
    expect([name, ...invalid]).not.toContain("pass");
  }
});

describe("the outcome of a valid CRL, of one with a reversed issuer and of a forged one", () => {
  test.each(rows)("$name: $outcome", async ({ name, call, outcome }) => {
    if (process.platform === "win32" && posixOnly.has(name)) return;
    const expected = expectedOf(outcome);
    const outcomes = inputs.map(async (input, i) => {
      if (expected[i] === "-") return "-";
      return typeof call === "string" ? commandLine(input, call) : call(input);
    });
    expect(await Promise.all(outcomes)).toEqual(expected);
  });
});
