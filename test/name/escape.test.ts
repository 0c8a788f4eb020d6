import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeText } from "../../src/name/escape.ts";

/** Undoes escapeText for text that was not cut. */
function unescape(shown: string): string {
  return shown.replaceAll(/\\(?:u\{([0-9a-f]+)\}|(["\\]))/gu, (_, hex: string | undefined, plain: string) =>
    hex === undefined ? plain : String.fromCodePoint(Number.parseInt(hex, 16)),
  );
}

/** A long text that is cut around `middle`. */
function long(middle: string): string {
  return escapeText(`${"a".repeat(200)}${middle}${"a".repeat(200)}`);
}

/** Text rich in what needs care: lone surrogates, marks, controls, the escaper's own characters. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      "\\",
      '"',
      "#",
      "[",
      "{",
      "}",
      "u",
      "0",
      "(",
      "e",
      "\u0301",
      "\u0327",
      "\u1100",
      "\u1161",
      "\u202e",
      "\u200b",
      "\u00a0",
      "\u2028",
    ),
    fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  ),
  maxLength: 60,
});

describe("escapeText", () => {
  test.each([
    ["e-commerce monitoring GmbH", "e-commerce monitoring GmbH"],
    ["Žluťoučký kůň Ελλάς Россия 日本", "Žluťoučký kůň Ελλάς Россия 日本"],
    ["a\\b", String.raw`a\\b`],
    ['say "x"', String.raw`say \"x\"`],
    ["a\r\n::error::x", String.raw`a\u{d}\u{a}::error::x`],
    ["\u001b[31m\u009b", String.raw`\u{1b}[31m\u{9b}`],
    ["a\u202eb\u2066c\u200bd\u2028", String.raw`a\u{202e}b\u{2066}c\u{200b}d\u{2028}`],
    [
      "a\u00adb\u034fc\u061cd\u115fe\u3164f\ufe0fg\ufeff",
      String.raw`a\u{ad}b\u{34f}c\u{61c}d\u{115f}e\u{3164}f\u{fe0f}g\u{feff}`,
    ],
    [
      "\u{e0041}\u{1d173}\ue000\u{10fffd}\ufffe\u{1ffff}",
      String.raw`\u{e0041}\u{1d173}\u{e000}\u{10fffd}\u{fffe}\u{1ffff}`,
    ],
    ["x\ud800y\udc00", String.raw`x\u{d800}y\u{dc00}`],
    ["no\u00a0break", String.raw`no\u{a0}break`],
    ["\u0301a", String.raw`\u{301}a`],
    ["e\u0301 \u00e9", String.raw`e\u{301} é`],
    ["\u212b", String.raw`\u{212b}`],
    ["##vso[task.x] ##[error] # #1", String.raw`\u{23}#vso[task.x] \u{23}#[error] # #1`],
    ["", ""],
  ])("shows %j as %j", (text, shown) => {
    expect(escapeText(text)).toBe(shown);
  });

  test("stops marks that pile up", () => {
    expect(escapeText(`q${"\u035b".repeat(6)}`)).toBe(`q${"\u035b".repeat(4)}${String.raw`\u{35b}\u{35b}`}`);
  });

  test("cuts the middle out and says how much", () => {
    const shown = escapeText(`${"a".repeat(150)}b${"c".repeat(150)}`);
    expect(shown).toMatch(/^a{134}\\\(101 characters cut: [0-9a-f]{8}\)c{66}$/u);
    expect(escapeText("\u{1f600}".repeat(12), { max: 9 })).toMatch(/^😀{6}\\\(3 characters cut: [0-9a-f]{8}\)😀{3}$/u);
    expect(escapeText("\u{1f600}".repeat(9), { max: 9 })).toBe("\u{1f600}".repeat(9));
  });

  test("tells apart long texts that differ where they are cut", () => {
    expect(long("x")).not.toBe(long("y"));
    expect(long("x")).not.toBe(long("xa"));
  });

  test("can be undone, so that no two texts look the same", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(unescape(escapeText(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test("shows nothing that acts or hides", () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 2, max: 70 }), (text, max) => {
        const shown = escapeText(text, { max });
        expect(shown).not.toMatch(
          /##|[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/u,
        );
        expect(shown).not.toMatch(/[^\P{Zs} ]|(?<!\\)(?:\\\\)*"/u);
        expect(shown).not.toMatch(/^\p{M}/u);
      }),
      { numRuns: 2000 },
    );
  });
});
