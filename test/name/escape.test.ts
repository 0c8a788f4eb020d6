import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checksum, escapeText } from "../../src/name/escape.ts";
import { anyCharacter } from "../support/any-character.ts";

/** Reverses escapeText for text that was not cut. */
function unescape(shown: string): string {
  return shown.replaceAll(/\\(?:u\{([0-9a-f]+)\}|(["\\]))/gu, (_, hex: string | undefined, plain: string) =>
    hex === undefined ? plain : String.fromCodePoint(Number.parseInt(hex, 16)),
  );
}

/** A long text that is cut around `middle`. */
function long(middle: string): string {
  return escapeText(`${"a".repeat(200)}${middle}${"a".repeat(200)}`);
}

/** Text with many special cases: lone surrogates, marks, controls, the escaper's own characters. */
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
    fc.string({ unit: anyCharacter, minLength: 1, maxLength: 1 }),
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
    // NFC combines the letter and the acute accent across the cedilla; below, it swaps two marks.
    ["a\u0327\u0301", "a\u0327" + String.raw`\u{301}`],
    ["q\u0307\u0323", "q\u0307" + String.raw`\u{323}`],
    ["q\u0323\u0307", "q\u0323\u0307"],
    ["\u0000\u0301", String.raw`\u{0}\u{301}`],
    ["\u212b", String.raw`\u{212b}`],
    ["##vso[task.x] ##[error] # #1", String.raw`\u{23}#vso[task.x] \u{23}#[error] # #1`],
    ["", ""],
  ])("shows %j as %j", (text, shown) => {
    expect(escapeText(text)).toBe(shown);
  });

  test("every character that is not escaped is visible and in NFC", () => {
    const unseen =
      /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u{2800}]|[^\P{Zs} ]/u;
    const points = [...Array(0x2_fffe).keys(), 0xe_0001, 0xf_0000, 0x10_fffd];
    for (let plane = 1; plane <= 0x10; plane += 1) points.push(plane * 0x1_0000 + 0xfffe, plane * 0x1_0000 + 0xffff);
    const raw = points.filter((point) => {
      const character = String.fromCodePoint(point);
      return (
        escapeText(character) === character && (unseen.test(character) || character.normalize("NFC") !== character)
      );
    });
    expect(raw).toEqual([]);
    const seen = Array.from(
      "azAZ09 ~\u00a1\u00ae\u00ff\u0370\u060b\u1100\u20a0\u2070\u2801\uac00\ufe10\uff01\u{10000}\u{1fae0}",
    );
    expect(seen.filter((character) => escapeText(character) !== character)).toEqual([]);
  });

  test("escapes combining marks after the fourth in a row", () => {
    expect(escapeText(`q${"\u035b".repeat(6)}`)).toBe(`q${"\u035b".repeat(4)}${String.raw`\u{35b}\u{35b}`}`);
  });

  test("removes the middle and shows the number of characters", () => {
    const shown = escapeText(`${"a".repeat(150)}b${"c".repeat(150)}`);
    expect(shown).toMatch(/^a{134}\\\(101 characters cut: [0-9a-f]{8}\)c{66}$/u);
    expect(escapeText("\u{1f600}".repeat(12), { max: 9 })).toMatch(/^😀{6}\\\(3 characters cut: [0-9a-f]{8}\)😀{3}$/u);
    expect(escapeText("\u{1f600}".repeat(9), { max: 9 })).toBe("\u{1f600}".repeat(9));
  });

  test("counts code points, not UTF-16 units", () => {
    expect(escapeText("\uffff".repeat(6), { max: 3 })).toMatch(
      /^\\u\{ffff\}\\u\{ffff\}\\\(3 characters cut: [0-9a-f]{8}\)\\u\{ffff\}$/u,
    );
    expect(escapeText("ab\u{10000}", { max: 3 })).toBe("ab\u{10000}");
    expect(escapeText("a\u{10000}b\u{10000}", { max: 3 })).toMatch(
      /^a\u{10000}\\\(1 characters cut: \w{8}\)\u{10000}$/u,
    );
    expect(escapeText("abc", { max: 0 })).toMatch(/^ab\\\(1 characters cut: \w{8}\)$/u);
    expect(escapeText("a".repeat(200))).toBe("a".repeat(200));
    expect(escapeText("a".repeat(201))).toMatch(/^a{134}\\\(1 characters cut: \w{8}\)a{66}$/u);
  });

  // The published values of FNV-1a; `foobar` in units of 16 bits, the low byte first.
  test.each([
    [[], "811c9dc5"],
    [[0x6f66, 0x626f, 0x7261], "bf9cf968"],
  ])("the checksum of %j is the published FNV-1a value", (units, sum) => {
    expect(checksum(units.length, (i) => units[i] ?? Number.NaN)).toBe(sum);
  });

  test("a checksum has eight hexadecimal digits", () => {
    const checksums = Array.from({ length: 200 }, (_, unit) => checksum(1, () => unit));
    expect(checksums.filter((checksumText) => !/^[0-9a-f]{8}$/u.test(checksumText))).toEqual([]);
    expect(checksums.some((checksumText) => checksumText.startsWith("0"))).toBe(true);
  });

  test("distinguishes long texts that differ in the removed part", () => {
    expect(long("x")).not.toBe(long("y"));
    expect(long("x")).not.toBe(long("xa"));
  });

  test("can be reversed, so different texts have different escaped forms", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(unescape(escapeText(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test("shows no control or invisible characters", () => {
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
