import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { writeDifference } from "./written.ts";

// Pairs of names, each with a property that no other pair has: repeated RDNs, values without text,
// attributes that cannot be read, several differences. To add a pair, write its line; the failing test shows the rest.
const written = readFileSync(new URL("differences.txt", import.meta.url), "utf8");
const pairs = written.split(/^(?=\S)/mu).map((text) => [text.slice(0, text.indexOf("\n")), text] as const);

describe("diffNames returns the recorded difference", () => {
  test.each(pairs)("for %s", (pair, text) => {
    expect(writeDifference(pair)).toBe(text);
  });
});
