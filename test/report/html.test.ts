import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { styleDigest, styleSheet } from "../../src/report/html-style.ts";
import { render } from "../../src/report/index.ts";
import type { Run } from "../../src/rule/report.ts";
import { ca, clean, crlWith, reportOn, reversed } from "./cases.ts";
import { browse, chromium } from "./chromium.ts";
import { mixed, texts } from "./mixed.ts";

test("the content security policy allows only the style sheet, by its digest", async () => {
  expect(styleDigest).toBe(createHash("sha256").update(styleSheet).digest("base64"));
  const page = await render(reversed(), "html");
  const policy = /http-equiv="Content-Security-Policy" content="(?<policy>[^"]*)"/u.exec(page)?.groups?.["policy"];
  expect(policy).toBe(
    `default-src &#39;none&#39;; style-src &#39;sha256-${styleDigest}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;`,
  );
});

test("loads no resources and runs no scripts", async () => {
  const page = await render(mixed(), "html", { rules: texts });
  expect(page).not.toMatch(/<(?:script|link|img|iframe|object|embed|base|form|use|image)\b/iu);
  expect(page).not.toMatch(/\s(?:src|srcset|style|on[a-z]+|xlink:href|formaction|action)=/iu);
  expect(page).not.toMatch(/url\(|@import/iu);
  const ids = new Set(Array.from(page.matchAll(/ id="(?<id>[^"]*)"/gu), ([, id]) => `#${id ?? ""}`));
  for (const [, address = ""] of page.matchAll(/ href="(?<address>[^"]*)"/gu)) {
    if (!ids.has(address)) expect(address).toMatch(/^https:\/\//u);
  }
});

test("the title is the name of one CRL; a page of several has an overview, and lists equal rules once", async () => {
  expect(await render(reversed(), "html")).toMatch(/<title>[^<]+: CRL report<\/title>/u);
  const [run] = reversed().runs;
  if (run === undefined) throw new Error("no run");
  const page = await render(
    { ...reversed(), runs: Array.from({ length: 400 }, (_, i) => ({ ...run, crl: `${i}.crl` })) },
    "html",
  );
  expect(page).toContain("<title>CRL report</title>");
  expect(page.match(/<td><a href="#crl-\d+">/gu)).toHaveLength(400);
  expect(page.match(/<summary>/gu)?.length).toBeLessThan(8);
  expect(page.match(/<p>Rules: <a href="#crl-1">as for 0\.crl<\/a><\/p>/gu)).toHaveLength(399);
});

test("a list of rules that is similar to an earlier one is shown as the difference from it", async () => {
  const [run] = clean().runs;
  if (run === undefined) throw new Error("no run");
  const outcomes = (first: number, last: number): Run["rules"] =>
    Array.from({ length: last - first + 1 }, (_, i) => ({ rule: `a/${first + i}`, status: "passed", count: 0 }));
  const runs = [outcomes(1, 20), outcomes(2, 21), outcomes(11, 40)].map((rules, i) => ({
    ...run,
    crl: `${i}.crl`,
    rules,
  }));
  const page = await render({ ...clean(), runs }, "html");
  const [first = "", second = "", third = ""] = page.split("<section").slice(1);
  expect(first.match(/<li><code>a\/\d+<\/code>/gu)).toHaveLength(20);
  expect(second).toContain('<p><a href="#crl-1">as for 0.crl</a>, without <code>a/1</code>, and <code>a/21</code></p>');
  // More than half of the third list differs, so it is shown in full.
  expect(third.match(/<li><code>a\/\d+<\/code>/gu)).toHaveLength(30);
});

test("an address that is not a web page is not a link", async () => {
  const report = structuredClone(reversed());
  for (const cite of report.runs[0]?.findings[0]?.cites ?? []) Object.assign(cite, { url: "javascript:alert(1)" });
  expect(await render(report, "html")).not.toMatch(/<a |javascript:/u);
});

/** Returns the lines, the RDNs without a counterpart and the tooltips of the picture in a page. */
function pictureOf(page: string) {
  const svg = /<svg[\s\S]*?<\/svg>/u.exec(page)?.[0] ?? "";
  return {
    links: Array.from(
      svg.matchAll(/<g class="(?<kind>same|moved|changed)"><path d="(?<path>[^"]*)"/gu),
      ({ groups }) => {
        const numbers = (groups?.["path"]?.match(/[\d.]+/gu) ?? []).map(Number);
        return { kind: groups?.["kind"], from: numbers[1] ?? 0, to: numbers.at(-1) ?? 0 };
      },
    ),
    unmatched: svg.match(/<g class="lost"><title>/gu)?.length ?? 0,
    titles: Array.from(svg.matchAll(/<title>(?<title>[^<]*)<\/title>/gu), ({ groups }) => groups?.["title"] ?? ""),
  };
}

describe("the picture of two names", () => {
  test("reversed: the outer lines cross, the middle one is horizontal", async () => {
    const { links, unmatched } = pictureOf(await render(reversed(), "html"));
    expect(links.map(({ kind }) => kind)).toEqual(["moved", "same", "moved"]);
    const [first, second, third] = links;
    expect([first?.from, first?.to]).toEqual([third?.to, third?.from]);
    expect(second?.from).toBe(second?.to);
    expect(first?.from).toBeLessThan(third?.from ?? 0);
    expect(unmatched).toBe(0);
  });

  test("a different string type is a changed link, and a missing RDN has no link", async () => {
    const retyped = reportOn(crlWith({ issuer: ca.subject.retyped(1, "printable") }), "t.crl");
    expect(pictureOf(await render(retyped, "html")).links.map(({ kind }) => kind)).toContain("changed");
    const short = pictureOf(await render(reportOn(crlWith({ issuer: ca.subject.without(1) }), "t.crl"), "html"));
    expect(short.links).toHaveLength(2);
    expect(short.unmatched).toBe(1);
  });

  test("the tooltip of an RDN shows its bytes and their position", async () => {
    const { titles } = pictureOf(await render(reversed(), "html"));
    expect(titles).toHaveLength(6);
    expect(titles[0]).toBe(
      [
        "RDN 1 of the CRL issuer: bytes 28..67 (0x1c..0x43)",
        "CN (2.5.4.3) UTF8String: GLOBALTRUST 2020 SERVER OV 1",
        "31 25 30 23 06 03 55 04 03 0c 1c 47 4c 4f 42 41",
        "4c 54 52 55 53 54 20 32 30 32 30 20 53 45 52 56",
        "45 52 20 4f 56 20 31",
      ].join("\n"),
    );
    const crl = crlWith({ issuer: ca.subject.reversed() });
    expect(Buffer.from(crl.subarray(28, 67)).toString("hex")).toBe(
      titles[0]?.split("\n").slice(2).join("").replaceAll(" ", ""),
    );
  });

  test("the tooltip of a byte shows its position and value", async () => {
    const page = await render(reversed(), "html");
    expect(page).toContain(
      `<td class="differs" title="byte 3 of the Name, at byte 29 (0x1d): 0x25, &#39;%&#39;">25</td>`,
    );
  });

  test("the picture shows the start and the end of a long value", async () => {
    const value = `${"a".repeat(300)}THE END`;
    const page = await render(reportOn(crlWith({ issuer: ca.subject.withText(1, value) }), "t.crl"), "html");
    expect(page).toMatch(/>\[\.\.\.\]<\/text>/u);
    expect(page).toMatch(/THE END&quot;<\/text>/u);
  });
});

describe.skipIf(chromium === undefined)("in Chromium", () => {
  const folder = mkdtempSync(join(tmpdir(), "crllint-html-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const show = async (report: ReturnType<typeof reversed>, name: string, more: readonly string[]): Promise<string> => {
    const page = join(folder, `${name}.html`);
    writeFileSync(page, await render(report, "html", { rules: texts }));
    return browse([...more, `file://${page}`]);
  };

  test("parses the page without corrections", async () => {
    const document = await show(mixed(), "dom", ["--dump-dom"]);
    // A parser that corrects the page serializes it differently.
    const written = await render(mixed(), "html", { rules: texts });
    const tags = (html: string): readonly string[] => html.match(/<[a-z0-9]+/gu) ?? [];
    expect(tags(document).filter((tag) => tag !== "<tbody")).toEqual(tags(written));
  });

  test("applies the style sheet to light, dark and narrow pages", async () => {
    const shoot = async (name: string, more: readonly string[]): Promise<Png> => {
      const picture = join(folder, `${name}.png`);
      await show(reversed(), name, [`--screenshot=${picture}`, ...more]);
      return readPng(readFileSync(picture));
    };
    const light = await shoot("light", ["--window-size=1000,1400"]);
    const dark = await shoot("dark", ["--window-size=1000,1400", "--blink-settings=preferredColorScheme=0"]);
    const narrow = await shoot("narrow", ["--window-size=500,1400"]);
    expect(light.corner).toEqual([255, 255, 255]);
    expect(dark.corner).toEqual([0x14, 0x17, 0x1b]);
    expect([light.width, narrow.width]).toEqual([1000, 500]);
    for (const { colors } of [light, dark, narrow]) expect(colors).toBeGreaterThan(50);
  });

  test("prints a clean report on 1 page, and one with a finding on at most 2", async () => {
    const pages = async (report: ReturnType<typeof reversed>, name: string): Promise<number> => {
      const pdf = join(folder, `${name}.pdf`);
      await show(report, name, ["--no-pdf-header-footer", `--print-to-pdf=${pdf}`]);
      return readFileSync(pdf, "latin1").match(/\/Type \/Page\b/gu)?.length ?? 0;
    };
    expect(await pages(clean(), "clean")).toBe(1);
    expect(await pages(reversed(), "reversed")).toBeLessThanOrEqual(2);
  });
});

interface Png {
  readonly width: number;
  /** Red, green and blue of the pixel at the upper left. */
  readonly corner: readonly number[];
  readonly colors: number;
}

/** Reads width, first pixel and number of colors of a PNG (PNG specification, sections 5, 7 and 9). */
function readPng(png: Buffer): Png {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const depth = png[25] === 6 ? 4 : 3;
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString("latin1", at + 4, at + 8) === "IDAT")
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * depth;
  let above = new Uint8Array(stride);
  let corner: readonly number[] = [];
  const colors = new Set<number>();
  for (let y = 0; y < height; y += 1) {
    const at = y * (stride + 1);
    above = unfilter(raw.subarray(at, at + stride + 1), above, depth);
    if (y === 0) corner = Array.from(above.subarray(0, 3));
    for (let x = 0; x < stride; x += depth) {
      colors.add(((above[x] ?? 0) << 16) | ((above[x + 1] ?? 0) << 8) | (above[x + 2] ?? 0));
    }
  }
  return { width, corner, colors: colors.size };
}

function unfilter(line: Uint8Array, above: Uint8Array, depth: number): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(above.length);
  for (let i = 0; i < result.length; i += 1) {
    const a = i < depth ? 0 : (result[i - depth] ?? 0);
    const b = above[i] ?? 0;
    const c = i < depth ? 0 : (above[i - depth] ?? 0);
    const guess = [0, a, b, (a + b) >> 1, paeth(a, b, c)][line[0] ?? 0] ?? 0;
    result[i] = (line[i + 1] ?? 0) + guess;
  }
  return result;
}

function paeth(a: number, b: number, c: number): number {
  const [toA, toB, toC] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return toA <= toB && toA <= toC ? a : toB <= toC ? b : c;
}
