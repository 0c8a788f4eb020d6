import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readGlob } from "../../src/config/glob.ts";

/** Returns the paths that a pattern matches. */
function matched(pattern: string, paths: readonly string[]): readonly string[] {
  const glob = readGlob(pattern);
  if ("fault" in glob) throw new TypeError(glob.fault);
  return paths.filter((path) => glob.matches(path));
}

const paths = ["a.crl", "b.pem", "crls/a.crl", "crls/ov1-1.crl", "crls/ov1-2.crl", "crls/old/a.crl", "../a.crl"];

describe("patterns of paths", () => {
  test.each([
    ["a.crl", ["a.crl"]],
    ["./a.crl", ["a.crl"]],
    ["*.crl", ["a.crl"]],
    ["crls/*.crl", ["crls/a.crl", "crls/ov1-1.crl", "crls/ov1-2.crl"]],
    ["crls/ov1-*.crl", ["crls/ov1-1.crl", "crls/ov1-2.crl"]],
    ["crls/ov1-?.crl", ["crls/ov1-1.crl", "crls/ov1-2.crl"]],
    ["crls/{a,ov1-2}.crl", ["crls/a.crl", "crls/ov1-2.crl"]],
    ["**/a.crl", ["a.crl", "crls/a.crl", "crls/old/a.crl", "../a.crl"]],
    ["crls/**/a.crl", ["crls/a.crl", "crls/old/a.crl"]],
    ["crls/**", ["crls/a.crl", "crls/ov1-1.crl", "crls/ov1-2.crl", "crls/old/a.crl"]],
    ["../*.crl", ["../a.crl"]],
    ["a**.crl", ["a.crl"]],
    ["?.crl", ["a.crl"]],
    ["crls?a.crl", []],
    ["crl", []],
  ])("%s matches %j", (pattern, expected) => {
    expect(matched(pattern, paths)).toEqual(expected);
  });

  test.each([
    "",
    "/etc/a.crl",
    "a[1].crl",
    "!a.crl",
    String.raw`a\b.crl`,
    "{a",
    "a}",
    "{a,{b,c}}",
    "*/../a.crl",
    "crls/",
  ])("%j is rejected", (pattern) => {
    expect(readGlob(pattern)).toHaveProperty("fault");
  });

  test("the number of alternatives in braces is limited", () => {
    expect(readGlob("{a,b}".repeat(6))).toHaveProperty("pattern");
    expect(readGlob("{a,b}".repeat(7))).toHaveProperty("fault");
  });

  test("patterns with many stars match in bounded time", () => {
    expect(matched(`${"*a".repeat(50)}b`, ["a".repeat(4000)])).toEqual([]);
    expect(matched(`${"**/a/".repeat(50)}b`, ["a/".repeat(2000)])).toEqual([]);
  });

  test("a pattern matches the same paths as a regular expression", () => {
    const part = fc.constantFrom("a", "b", "*", "?", "/", "**/", ".");
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 6 }),
        fc.array(fc.constantFrom("a", "b", "/", "."), { maxLength: 8 }),
        (parts, path) => {
          const pattern = parts.join("");
          // The tests above check a path part of only stars next to other stars.
          fc.pre(!/\*\*|^\/|\/$|\.\.|^\.\/|^$/u.test(pattern.replaceAll(/(?<=^|\/)\*\*\//gu, "")));
          const source = pattern
            .replaceAll(".", String.raw`\.`)
            .replaceAll(/(?<=^|\/)\*\*\//gu, "<any>")
            .replaceAll("*", "[^/]*")
            .replaceAll("?", "[^/]")
            .replaceAll("<any>", "(?:[^/]*/)*");
          expect(matched(pattern, [path.join("")])).toEqual(
            new RegExp(`^${source}$`, "u").test(path.join("")) ? [path.join("")] : [],
          );
        },
      ),
      { numRuns: 2000, seed: 1 },
    );
  });
});
