import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCsv } from "../../src/input/csv.ts";

function fieldsOf(text: string): readonly (readonly string[])[] {
  return readCsv(text).records.map(({ fields }) => fields);
}

describe("readCsv", () => {
  test.each([
    ["", []],
    [
      "a,b\r\nc,d\r\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "a,b\nc,d",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["\u{feff}a\n", [["a"]]],
    ['"a,""b""","c\nd"\n', [['a,"b"', "c\nd"]]],
    [
      ",\n,",
      [
        ["", ""],
        ["", ""],
      ],
    ],
    ['"",""\n', [["", ""]]],
  ])("reads %j", (text, fields) => {
    expect(fieldsOf(text)).toEqual(fields);
    expect(readCsv(text).fault).toBeUndefined();
  });

  test.each([
    ['a,b\n"c,d\n', "a quoted field that starts on line 2 or below it has no end"],
    ["a,b\nc\n", "line 2 has 1 fields, the first line 2"],
    ['a\n"b" c\n', "line 2 has text after a quoted field, or a quote inside a plain one"],
    ['a\nb"c\n', "line 2 has text after a quoted field, or a quote inside a plain one"],
  ])("stops at the error in %j", (text, fault) => {
    expect(readCsv(text).fault).toBe(fault);
  });

  test("counts the line breaks in quoted fields as lines", () => {
    expect(readCsv('"a\nb"\nc\n').records.map(({ line }) => line)).toEqual([1, 3]);
  });

  test("reads quoted text unchanged, for any fields", () => {
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(fc.string({ unit: "grapheme" }), { minLength: width, maxLength: width }), { minLength: 1 }),
      );
    fc.assert(
      fc.property(table, (rows) => {
        const text = rows.map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(",")).join("\r\n");
        expect(fieldsOf(`${text}\r\n`)).toEqual(rows);
      }),
    );
  });
});
