import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { writeDifference } from "./written.ts";

// Pairs of names of which each shows something that no other does: names that repeat themselves, values without text,
// attributes that cannot be read, several differences at once. To add a pair, write its line: the test says what follows.
const written = readFileSync(new URL("differences.txt", import.meta.url), "utf8");
const pairs = written.split(/^(?=\S)/mu).map((text) => [text.slice(0, text.indexOf("\n")), text] as const);

describe("diffNames says what is written down", () => {
  test.each(pairs)("of %s", (pair, text) => {
    expect(writeDifference(pair)).toBe(text);
  });
});
