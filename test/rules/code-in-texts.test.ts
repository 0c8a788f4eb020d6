import { expect, test } from "vitest";
import { rules } from "../../src/index.ts";

/** Options, bytes in hexadecimal, URIs, percent-encoded characters, lines of PEM and header fields. */
const code = /(?<!\S)--[a-z]|\b[\da-f]{2} [\da-f]{2}\b|:\/\/|%[\dA-F]{2}\b|-----|content-type: /u;

/** Returns the code in a text of a rule that is neither in backticks nor the target of a link; undefined if none is. */
function bareCode(text: string): string | undefined {
  return code.exec(text.replaceAll(/`[^`]*`|\]\([^)]*\)/gu, ""))?.[0];
}

test("options, bytes and URIs in the reason and the fix of a rule are in backticks", () => {
  const bare = rules.flatMap(({ id, why, fix }) =>
    [why, fix].flatMap((text) => (bareCode(text) ? `${id}: ${text}` : [])),
  );
  expect(bare).toEqual([]);
});

test.each([
  ["lint it with --now thisUpdate", "--n"],
  ["encode it as 0a 01", "0a 01"],
  ["write http://host/path", "://"],
  ["a space is %20", "%20"],
  ["lint it with `--now thisUpdate`, and encode it as `0a 01`", undefined],
  ["hour 00 to 23; more than 90 days; self-signed", undefined],
])("%s", (text, found) => {
  expect(bareCode(text)).toBe(found);
});
