import fc from "fast-check";
import { expect, test } from "vitest";
import { readBaseline } from "../../src/config/baseline.ts";
import { describeProblems } from "../../src/config/problem.ts";
import { readConfig } from "../../src/config/read-config.ts";
import { anyCharacter } from "../support/any-character.ts";

const keys = "profile select severity pairs suppress crl issuer reason rule until tls-br der".split(" ");
const marks = [": ", "\n", "  ", "- ", "[", "]", "{", "}", ",", "'", '"', "#", "&a", "*a", "!!x", "|", ">", "?", "%"];
const values = ["---", "\t", "\u0000", "\u001b", "\u202e", "\ud800", "0x1", "1e9", "true", "~", "<<", "\r", "*.crl"];
const words = [...keys, ...marks, ...values];
const texts = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 200 }),
  fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((parts) => parts.join("")),
);

test("any text is either a configuration or has errors located in the file, and nothing is thrown", () => {
  fc.assert(
    fc.property(texts, (text) => {
      for (const result of [readConfig(text), readBaseline(text)]) {
        if (!("problems" in result)) continue;
        expect(result.problems.length).toBeGreaterThan(0);
        const shown = describeProblems("f", text, result.problems);
        const lines = text.split(/\r\n|\r|\n/u).length;
        for (const { groups } of shown.matchAll(/^ *--> f:(?<line>\d+):(?<column>\d+)$/gmu)) {
          expect(Number(groups?.["line"])).toBeLessThanOrEqual(lines);
          expect(Number(groups?.["column"])).toBeGreaterThan(0);
        }
        // oxlint-disable-next-line no-control-regex -- the test searches for them
        expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/u);
      }
    }),
    { numRuns: 2000, seed: 1 },
  );
});
