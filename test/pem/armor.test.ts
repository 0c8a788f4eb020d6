import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteOrderMarkLength, type PemBlock, PemReader, readBareBase64 } from "../../src/pem/armor.ts";
import { encodePem } from "../../src/pem/encode.ts";
import { readsOf } from "../support/reads-of.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

interface PemDocument {
  readonly blocks: readonly PemBlock[];
  readonly found: number;
  readonly faults: PemReader["faults"];
}

function readPem(bytes: Uint8Array, maximum = 100_000): PemDocument {
  const reader = new PemReader(bytes, maximum);
  const blocks = reader.readOn(() => false);
  return { blocks, found: reader.found, faults: reader.faults };
}

const read = (text: string): PemDocument => readPem(utf8(text));
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Returns the errors in a file as `line:column code message`, those outside blocks first. */
function errorsIn(text: string): readonly string[] {
  const document = read(text);
  return [document, ...document.blocks]
    .flatMap((part) => part.faults.flatMap((group) => group.first))
    .map(({ line, column, code, message }) => `${line}:${column} ${code} ${message}`);
}

/** One block of base64 lines under the label X. */
const block = (...lines: readonly string[]): string =>
  ["-----BEGIN X-----", ...lines, "-----END X-----", ""].join("\n");
const line64 = "AAAA".repeat(16);

describe("PemReader", () => {
  test("finds blocks in the order of the file, with label, bytes and span", () => {
    const text = encodePem("A", Uint8Array.of(1, 2, 3, 4)) + encodePem("X509 CRL", Uint8Array.of(5));
    const [first, second, ...rest] = read(text).blocks;
    expect(rest).toEqual([]);
    expect([first?.label, first?.der, first?.start, first?.end]).toEqual(["A", Uint8Array.of(1, 2, 3, 4), 0, 42]);
    expect([second?.label, second?.der, second?.place]).toEqual(["X509 CRL", Uint8Array.of(5), { line: 4, column: 1 }]);
    expect(text.slice(second?.start, second?.end)).toBe("-----BEGIN X509 CRL-----\nBQ==\n-----END X509 CRL-----");
  });

  test("finds no errors in the strict form", () => {
    expect(errorsIn(encodePem("X509 CRL", new Uint8Array(500)))).toEqual([]);
    expect(errorsIn(encodePem("X509 CRL", new Uint8Array(500)).replaceAll("\n", "\r\n"))).toEqual([]);
    expect(errorsIn(encodePem("X509 CRL", new Uint8Array(500)).replaceAll("\n", "\r"))).toEqual([]);
  });

  test("finds no blocks in a file without a boundary", () => {
    for (const text of ["", "-", "-----", "-----BEGIN", "-----BEGIN X----\nAAAA", "-----END X-----", "no"]) {
      expect(read(text).blocks).toEqual([]);
    }
  });

  test("accepts labels of up to 64 printable ASCII characters on one line", () => {
    const labels = (label: string): readonly string[] =>
      read(`-----BEGIN ${label}-----\n-----END ${label}-----\n`).blocks.map((found) => found.label);
    for (const label of ["", " ", "~", "A-B", "A----B", "x".repeat(64)]) expect(labels(label)).toEqual([label]);
    for (const label of ["A\nB", "A\x1fB", "A\x7fB", "\u00e9", "x".repeat(65)]) expect(labels(label)).toEqual([]);
    expect(read("-----BEGIX X-----\n-----BXXXX X-----\n-----EXX X-----").blocks).toEqual([]);
  });

  test("counts the blocks beyond the limit, and does not decode them", () => {
    const empty = block();
    const bytes = utf8(empty.repeat(9) + block("AQID"));
    expect(readPem(bytes, 10)).toMatchObject({ found: 10, faults: [] });
    expect(readPem(bytes, 10).blocks.at(-1)?.der).toEqual(Uint8Array.of(1, 2, 3));
    expect(readPem(bytes, 9).found).toBe(10);
    expect(readPem(bytes, 9).blocks).toHaveLength(9);
  });

  test("recognizes only ef bb bf as a byte order mark", () => {
    expect(byteOrderMarkLength(Uint8Array.of(0xef, 0xbb, 0xbf))).toBe(3);
    for (const bytes of [[], [0, 0xbb, 0xbf], [0xef, 0, 0xbf], [0xef, 0xbb, 0], [0xef, 0xbb]]) {
      expect(byteOrderMarkLength(Uint8Array.from(bytes))).toBe(0);
    }
  });

  test("reads base64 without boundaries", () => {
    const bare = readBareBase64(utf8("\uFEFFAQ ID\n\n*AA=="), 3);
    expect([bare.start, bare.end, bare.der]).toEqual([3, 15, Uint8Array.of(1, 2, 3, 0)]);
    expect(
      bare.faults.map(({ code, first }) => `${code} ${first[0]?.line}:${first[0]?.column} ${first[0]?.offset}`),
    ).toEqual(["input/base64-invalid 3:1 10"]);
    expect([0, 2, 3].map((offset) => bare.map.locate(offset))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 4 },
      { line: 3, column: 2 },
    ]);
  });

  test("joins groups of four characters across line breaks, and ends them with the text", () => {
    expect(read(block("AQI", "DBAUGBwgJ")).blocks[0]?.der).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
    expect(readBareBase64(utf8("AQIDBA"), 0).der).toEqual(Uint8Array.of(1, 2, 3, 4));
    expect(readBareBase64(utf8("AQIDBAU="), 0).der).toEqual(Uint8Array.of(1, 2, 3, 4, 5));
  });

  test("keeps no buffer of the size of a body that is mostly spaces", () => {
    const der = (text: string): Uint8Array => read(block(text)).blocks[0]?.der ?? new Uint8Array(0);
    expect(der(`AQID${" ".repeat(1000)}`).buffer.byteLength).toBe(3);
    expect(der("AQID".repeat(300)).buffer.byteLength).toBeLessThan(1000);
    expect(der("AQID".repeat(300))).toHaveLength(900);
  });

  test("treats a boundary within a sentence as text", () => {
    expect(read(`Files start with -----BEGIN X-----\n${block("AAAA")}`).blocks.map((b) => b.start)).toEqual([35]);
  });

  test("accepts a boundary directly after an END line", () => {
    const text = `${block("AAAA").trimEnd()}${block("BBBB")}`;
    expect(read(text).blocks.map((b) => b.der)).toEqual([Uint8Array.of(0, 0, 0), Uint8Array.of(4, 16, 65)]);
  });

  test("does not decode a private key", () => {
    const [key] = read(encodePem("EC PRIVATE KEY", Uint8Array.of(1, 2, 3))).blocks;
    expect(key?.isPrivateKey).toBe(true);
    expect(key?.der).toEqual(new Uint8Array(0));
    expect(key?.map.locate(0)).toEqual({ line: 1, column: 1 });
  });

  test("counts the lines of a private key", () => {
    const text = encodePem("PRIVATE KEY", new Uint8Array(100)) + block("AAAA");
    expect(read(text).blocks[1]?.map.locate(0)).toEqual({ line: 7, column: 1 });
  });
});

describe("errors", () => {
  test.each<readonly [title: string, text: string, expected: readonly string[]]>([
    [
      "a character that is not base64",
      block("AA_A"),
      [
        '2:3 input/base64-invalid 0x5f "_" is not a base64 character',
        '2:1 input/base64-invalid base64 ends with 0 of 1 padding characters "="',
      ],
    ],
    [
      "a character that is not ASCII",
      block("\u00E9AAAA"),
      [
        "2:1 input/base64-invalid 0xc3 is not a base64 character",
        "2:2 input/base64-invalid 0xa9 is not a base64 character",
      ],
    ],
    ["missing padding", block("AA"), ['2:1 input/base64-invalid base64 ends with 0 of 2 padding characters "="']],
    ["half of the padding", block("AA="), ['2:1 input/base64-invalid base64 ends with 1 of 2 padding characters "="']],
    ["needless padding", block("AAAA="), ['2:5 input/base64-invalid padding "=" where none belongs']],
    ["too much padding", block("AAA=="), ['2:5 input/base64-invalid padding "=" where none belongs']],
    [
      "a group of one character",
      block("AAAAA"),
      ["2:1 input/base64-invalid base64 ends in a group of 1 character, which does not encode a whole byte"],
    ],
    [
      "pad bits of one byte that are not zero",
      block("AB=="),
      ["2:1 input/base64-pad-bits pad bits of the last base64 character are not zero"],
    ],
    [
      "data after the padding",
      block("AA==AAAA"),
      ["2:5 input/base64-invalid base64 continues after its padding; the rest is not read"],
    ],
    ["no END line", "-----BEGIN X-----\nAAAA\n", ['1:1 input/base64-invalid no END line for "X"']],
    [
      "another END label",
      "-----BEGIN X-----\nAAAA\n-----END Y-----\n",
      ['3:1 input/base64-invalid END label is not the BEGIN label "X"'],
    ],
    [
      "a truncated END line",
      "-----BEGIN X-----\nAAAA\n-----END X\n",
      ["3:10 input/explanatory-text-or-headers text after block 1", "3:1 input/base64-invalid END line breaks off"],
    ],
    [
      "a header",
      block("X-Comment: a", "", "AAAA"),
      ['2:1 input/explanatory-text-or-headers header "X-Comment:" inside the block'],
    ],
    [
      "a header without a blank line after it",
      block("X-Comment: a", "AAAA"),
      ['2:1 input/explanatory-text-or-headers header "X-Comment:" inside the block'],
    ],
    [
      "folded headers",
      block("A: b,", "  c", "D: e", "", "AAAA"),
      [
        '2:1 input/explanatory-text-or-headers header "A:" inside the block',
        '4:1 input/explanatory-text-or-headers header "D:" inside the block',
      ],
    ],
    ["text before", `a\n${block("AAAA")}`, ["1:1 input/explanatory-text-or-headers text outside a block"]],
    ["text after", `${block("AAAA")}\n  -x\ny`, ["5:3 input/explanatory-text-or-headers text after block 1"]],
    [
      "a byte order mark",
      `\uFEFF${block("AAAA")}`,
      ["1:1 input/explanatory-text-or-headers byte order mark at the start of the file"],
    ],
    [
      "a space at the end of a line",
      block("AAAA "),
      ["2:1 input/extraneous-whitespace whitespace on a line of the block"],
    ],
    ["a blank line", block("", "AAAA"), ["2:1 input/extraneous-whitespace blank line inside the block"]],
    [
      "a space after BEGIN",
      "-----BEGIN X----- \nAAAA\n-----END X-----",
      ["1:1 input/extraneous-whitespace whitespace on a line of the block"],
    ],
    ["a line of 64 characters and a shorter last one", block(line64, "AAAA"), []],
    [
      "a short line before the last one",
      block(line64, "AAAA", line64),
      ["3:1 input/line-length-not-64 base64 line of 4 characters instead of 64"],
    ],
    [
      "a long last line",
      block(`${line64}AAAA`),
      ["2:1 input/line-length-not-64 base64 line of 68 characters instead of 64"],
    ],
    [
      "a block on one line",
      "-----BEGIN X-----AAAA-----END X-----",
      [
        "1:1 input/line-length-not-64 base64 starts on the BEGIN line itself",
        "1:22 input/line-length-not-64 END line starts on a line of base64",
      ],
    ],
    [
      "bytes that are not printable",
      block("AA\0A", "A\x7fAA"),
      [
        "2:3 input/base64-invalid 0x00 is not a base64 character",
        "3:2 input/base64-invalid 0x7f is not a base64 character",
        '3:1 input/base64-invalid base64 ends with 0 of 2 padding characters "="',
        "2:1 input/line-length-not-64 base64 line of 3 characters instead of 64",
      ],
    ],
    [
      "a line without base64 characters",
      block("AAAA", "*", "AAAA"),
      [
        '3:1 input/base64-invalid 0x2a "*" is not a base64 character',
        "2:1 input/line-length-not-64 base64 line of 4 characters instead of 64",
      ],
    ],
    [
      "pad bits of two bytes that are not zero",
      block("AAB="),
      ["2:1 input/base64-pad-bits pad bits of the last base64 character are not zero"],
    ],
    ["pad bits that are zero", block("AAE="), []],
    [
      "only padding",
      block("===="),
      Array.from({ length: 4 }, (_, i) => `2:${i + 1} input/base64-invalid padding "=" where none belongs`),
    ],
    [
      "text on several lines, reported once",
      `a\n-----END Z-----\n${block("AAAA")}c\nd\n`,
      [
        "1:1 input/explanatory-text-or-headers text outside a block",
        "6:1 input/explanatory-text-or-headers text after block 1",
      ],
    ],
    ["tabs around blocks", `\t\n\t${block("AAAA")}\t\n`, []],
    [
      "a header in a file with CR LF",
      "-----BEGIN X-----\r\nA: b\r\nC: d\r\n\r\nAAAA\r\n-----END X-----\r\n",
      [
        '2:1 input/explanatory-text-or-headers header "A:" inside the block',
        '3:1 input/explanatory-text-or-headers header "C:" inside the block',
      ],
    ],
    [
      "headers in a file with CR",
      "-----BEGIN X-----\rA: b\rC: d\r\rAAAA\r-----END X-----\r",
      [
        '2:1 input/explanatory-text-or-headers header "A:" inside the block',
        '3:1 input/explanatory-text-or-headers header "C:" inside the block',
      ],
    ],
    [
      "a header and base64 with a space in it",
      block("A: b", "AA AA"),
      [
        '2:1 input/explanatory-text-or-headers header "A:" inside the block',
        "3:1 input/extraneous-whitespace whitespace on a line of the block",
      ],
    ],
    [
      "only a header",
      "-----BEGIN X-----\nA: b",
      [
        '2:1 input/explanatory-text-or-headers header "A:" inside the block',
        '1:1 input/base64-invalid no END line for "X"',
      ],
    ],
    ["two objects", block("AAAA") + block("AAAA"), []],
    ["nested blocks", `-----BEGIN X-----\nAAAA\n${block("AAAA")}`, ['1:1 input/base64-invalid no END line for "X"']],
  ])("%s", (_, text, expected) => {
    expect(errorsIn(text)).toEqual(expected);
  });

  test("decoding continues after an invalid character, and stops after padding", () => {
    expect(read(block("AQ!ID")).blocks[0]?.der).toEqual(Uint8Array.of(1, 2, 3));
    expect(read(block("AQ==AQID")).blocks[0]?.der).toEqual(Uint8Array.of(1));
    expect(read(block("AQID", "B")).blocks[0]?.der).toEqual(Uint8Array.of(1, 2, 3));
  });

  test("offsets count bytes, not characters", () => {
    const [group] = read(`\u00E9\u00E9\n${block("AA*A")}`).blocks[0]?.faults ?? [];
    expect(group?.first[0]).toEqual({
      code: "input/base64-invalid",
      line: 3,
      column: 3,
      offset: 25,
      message: '0x2a "*" is not a base64 character',
    });
  });

  test("100,000 malformed lines are counted, and the first ones are kept", () => {
    const [group] = read(block(...Array<string>(100_000).fill("AAAA"))).blocks[0]?.faults ?? [];
    expect(group?.code).toBe("input/line-length-not-64");
    expect(group?.count).toBe(99_999);
    expect(group?.first.map((fault) => fault.line)).toEqual(Array.from({ length: 20 }, (_, i) => i + 2));
  });
});

describe("damaged boundaries", () => {
  const der = Uint8Array.from({ length: 60 }, (_, i) => (i === 0 ? 0x30 : i));
  const whole = encodePem("X509 CRL", der);
  const labels = (text: string): readonly string[] => read(text).blocks.map(({ label }) => label);

  test.each([
    ["four dashes before BEGIN", whole.replace("-----BEGIN", "----BEGIN")],
    ["four dashes after the label", whole.replace("CRL-----\n", "CRL----\n")],
    ["no dashes after the label", whole.replace("CRL-----\n", "CRL\n")],
    ["spaces between dashes and words", whole.replace("-----BEGIN X509 CRL-----", "----- BEGIN X509 CRL -----")],
    ["lower-case letters", whole.replace("-----BEGIN X509 CRL-----", "-----begin x509 crl-----")],
    ["em dashes", whole.replace("-----BEGIN X509 CRL-----", "\u2014BEGIN X509 CRL\u2014")],
  ])("a BEGIN line with %s is reported, and its base64 is read", (_, damaged) => {
    for (const text of [damaged, whole + damaged, damaged.replaceAll("\n", "\r\n")]) {
      expect(read(text).blocks.at(-1)?.der).toEqual(der);
      expect(read(text).blocks.at(-1)).toMatchObject({ hasBegin: false, label: "X509 CRL" });
      expect(errorsIn(text).join("\n")).toContain("the line before this base64 is damaged");
    }
  });

  test("a missing BEGIN line is reported", () => {
    expect(errorsIn(whole.slice(whole.indexOf("\n") + 1))).toEqual([
      "1:1 input/base64-invalid there is no BEGIN line before this base64",
    ]);
  });

  test.each([
    ["four dashes", whole.replace("-----END", "----END")],
    ["lower-case letters", whole.replace("-----END X509 CRL-----", "-----end x509 crl-----")],
    ["a space", whole.replace("-----END", "----- END")],
  ])("an END line with %s ends its block", (_, damaged) => {
    expect(read(damaged + whole).blocks.map((found) => found.der)).toEqual([der, der]);
    expect(errorsIn(damaged + whole)).toEqual([
      "4:1 input/base64-invalid this END line is damaged; it must be -----END X509 CRL-----",
    ]);
  });

  test("words and numbers that could be base64 are not a block", () => {
    expect(labels("MIssing\nMICROSOFT\nMIxed+CASE0123456789\n")).toEqual([]);
    expect(labels(`MIIB ${"A".repeat(60)}\n`)).toEqual([]);
  });

  test("a boundary at the start of a CSV field is recognized", () => {
    const field = whole.trimEnd();
    expect(labels(`AB,"${field}"\nCD,"'${field}'"\n`)).toEqual(["X509 CRL", "X509 CRL"]);
    expect(labels(`see "-----BEGIN X509 CRL-----" there\n`)).toEqual([]);
  });
});

describe("properties", () => {
  const layout = fc.record({
    der: fc.uint8Array({ maxLength: 400 }),
    width: fc.integer({ min: 1, max: 100 }),
    eol: fc.constantFrom("\n", "\r\n", "\r"),
    before: fc.constantFrom("", "\uFEFF", "some - text\n\n", "--\r\n\u00E9\r\n", "-----END Z-----\n"),
    after: fc.constantFrom("", "\n", "the end", "\n----"),
    indent: fc.constantFrom("", " ", "\t  "),
    blankEvery: fc.integer({ min: 2, max: 9 }),
  });

  test("any bytes in any layout are decoded, and each is mapped to its base64 character", () => {
    fc.assert(
      fc.property(layout, ({ der, width, eol, before, after, indent, blankEvery }) => {
        const base64 = btoa(String.fromCharCode(...der));
        const lines = [...base64.matchAll(new RegExp(`.{1,${width}}`, "gu"))].flatMap(([line], i) =>
          i % blankEvery === 1 ? ["", indent + line] : [indent + line],
        );
        const text = `${before}${["-----BEGIN L-----", ...lines, "-----END L-----"].join(eol)}${after}`;
        const [found, ...rest] = readPem(utf8(text)).blocks;
        expect(rest).toEqual([]);
        expect(found?.der).toEqual(der);
        expect(found?.label).toBe("L");
        const rows = text.replace(/^\uFEFF/u, "").split(/\r\n|\r|\n/u);
        for (let offset = 0; offset < der.length; offset += 1) {
          const place = found?.map.locate(offset);
          const character = rows[(place?.line ?? 0) - 1]?.[(place?.column ?? 0) - 1] ?? "";
          expect(alphabet.indexOf(character)).toBe(sixBits(der, offset));
        }
      }),
      { numRuns: 300 },
    );
  });

  test("every byte has its own position, in the order of the file", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 60 }), (gaps) => {
        // Characters with spaces, line breaks and invalid bytes between them.
        const body = gaps.map((gap) => `A${["", " ", "\n", "\r\n\n", "*", " \n "][gap] ?? ""}`).join("");
        const text = `-----BEGIN X-----\n${body}\n-----END X-----`;
        const found = read(text).blocks[0];
        const expected = placesOf(text, "-----BEGIN X-----\n".length, body.length);
        const count = found?.der.length ?? 0;
        const places = Array.from({ length: count }, (_, i) => found?.map.locate(i));
        expect(places).toEqual(places.map((_, i) => expected[Math.floor((i * 8) / 6)]));
      }),
    );
  });

  test("never throws on text made of boundaries, dashes, base64 and line breaks", () => {
    const parts = [
      "-----BEGIN X-----",
      "-----END X-----",
      "-----",
      "-",
      "BEGIN ",
      "AAAA",
      "A",
      "=",
      "\n",
      "\r",
      " ",
      "A: b\n",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 40 }), (words) => {
        const text = words.join("");
        let last = 0;
        for (const found of read(text).blocks) {
          expect(text.slice(found.start).startsWith(`-----BEGIN ${found.label}-----`)).toBe(true);
          expect(found.start).toBeGreaterThanOrEqual(last);
          expect(found.end).toBeGreaterThanOrEqual(found.start + 16);
          last = found.end;
        }
      }),
      { numRuns: 1000 },
    );
  });
});

/** Returns the six bits of the base64 character that has the first bit of a byte (RFC 4648 section 4). */
function sixBits(der: Uint8Array, offset: number): number {
  const shift = (offset * 8) % 6;
  const bits = ((der[offset - 1] ?? 0) << 16) | ((der[offset] ?? 0) << 8) | (der[offset + 1] ?? 0);
  // The character starts `shift` bits before the byte, which is bits 15 to 8 of these 24.
  return (bits >> (16 + shift - 6)) & 0x3f;
}

/** Returns line and column of each "A" in a part of a text, with a simple algorithm. */
function placesOf(text: string, start: number, length: number): readonly { line: number; column: number }[] {
  const places: { line: number; column: number }[] = [];
  for (let at = start; at < start + length; at += 1) {
    const rows = text.slice(0, at).split(/\r\n|\r|\n/u);
    if (text[at] === "A") places.push({ line: rows.length, column: (rows.at(-1)?.length ?? 0) + 1 });
  }
  return places;
}

describe("reads twice as many bytes of hostile files of twice the size", () => {
  test.each([
    "-----BEGIN",
    "-----BEGIN X-----",
    "-----BEGIN X-----\n",
    "-----END X-----",
    "-",
    "- ",
    "A ",
    "A\n",
    "\r",
    "X: y\n",
    " ",
    " -----BEGIN X----- z",
  ])("%j repeated, outside and inside a block", (part) => {
    const reads = (size: number, start = ""): number =>
      readsOf(utf8(start + part.repeat(Math.floor(size / part.length))), (file) => {
        const [first] = readPem(file).blocks;
        if (start !== "") expect(first?.label).toBe("A");
      });
    expect(reads(32_000)).toBeLessThan(2.1 * reads(16_000));
    const block = "-----BEGIN A-----\n";
    expect(reads(32_000, block)).toBeLessThan(2.1 * reads(16_000, block));
  });

  test("keeps at most 100,000 blocks", () => {
    const { blocks, found } = read("-----BEGIN X-----\n".repeat(100_001));
    expect([blocks.length, found]).toEqual([100_000, 100_001]);
  });
});
