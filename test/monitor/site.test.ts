import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { DOMParser } from "@xmldom/xmldom";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { chromium } from "../report/chromium.ts";
import { openPage } from "../serve/devtools.ts";
import { Lab } from "./lab.ts";

const minute = 60;
const hour = 3600;

let lab: Lab;
let site = "";
beforeEach(async () => {
  lab = new Lab(6);
  site = join(lab.bench.folder, "site");
  await lab.start();
  lab.serve(2, { issuer: lab.ca(2).subject.reversed() });
});
afterEach(() => lab.stop());

function read(name: string): string {
  return readFileSync(join(site, name), "utf8");
}

function files(): readonly string[] {
  return readdirSync(site, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(site, name)).isFile())
    .sort();
}

/** Targets of all links of a page that are files. */
function linksOf(name: string): readonly string[] {
  return [...read(name).matchAll(/href="(?<target>[^"#]+)"/gu)]
    .map(({ groups }) => groups?.["target"] ?? "")
    .filter((target) => !target.startsWith("http"))
    .map((target) => resolve(join(site, dirname(name)), target));
}

/** Headings of a page that skip a level. */
function skippedLevels(name: string): readonly string[] {
  const levels = [...read(name).matchAll(/<h(?<level>[1-6])/gu)].map(({ groups }) => Number(groups?.["level"]));
  return levels.flatMap((level, i) => (level > (levels[i - 1] ?? 0) + 1 ? [`${name}: h${level}`] : []));
}

function pageOf(url: string): string {
  return files().find((name) => name.startsWith("crl/") && read(name).includes(`<title>${url}</title>`)) ?? "";
}

describe("--site", () => {
  test("writes an overview, a page per CA and per CRL, feeds and an index", async () => {
    await lab.round(0, "--site", site);
    lab.serve(3, { crlNumber: 4710, thisUpdate: "2026-11-02T00:00:00Z" });
    await lab.round(hour, "--site", site);
    await lab.round(2 * hour, "--site", site);

    const html = files().filter((name) => name.endsWith(".html"));
    // 6 CAs, and for each its CRL and its record.
    expect(html).toHaveLength(1 + 6 + 12);
    for (const name of files().filter((each) => /\.(?:html|xml)$/u.test(each))) {
      expect(linksOf(name).filter((target) => !existsSync(target))).toEqual([]);
      expect(read(name)).not.toMatch(/<script|javascript:|\son\w+=/iu);
      expect(skippedLevels(name)).toEqual([]);
    }

    const overview = read("index.html");
    expect(overview).toContain("Round of 2026-11-04T02:00:00Z");
    // The worst owner comes first.
    expect([...overview.matchAll(/<h2 id="[^"]*">(?<owner>[^<]*)/gu)].map(({ groups }) => groups?.["owner"])).toEqual([
      "Owner 2",
      "Owner 0",
      "Owner 1",
      "Owner 3",
      "Owner 4",
    ]);
    // Only owners with errors are unfolded.
    expect(overview.match(/<details class="owner"[^>]*>/gu)).toEqual([
      '<details class="owner" open>',
      ...Array.from({ length: 4 }, () => '<details class="owner">'),
    ]);
    const reversed = read(pageOf(lab.url(2)));
    expect(reversed).toContain("same RDNs, reversed order");
    expect(reversed).toContain("The RDNs of both names, in encoded order");

    const changed = read(pageOf(lab.url(3)));
    expect(changed).toContain("2 CRLs seen.");
    expect(changed).toContain(
      'aria-label="cRLNumber: 4,710 to 4,711, last 4,710, from 2026-11-04T00:00:00Z to 2026-11-05T00:00:00Z"',
    );
    // The number decreased in the second round; the page of the third lists it in the history.
    const [now = "", past = ""] = changed.split("<h2>History of findings</h2>");
    expect(now).not.toContain("sequence/number-not-increasing");
    expect(past).toContain("sequence/number-not-increasing");

    const feed = new DOMParser().parseFromString(read("feed.xml"), "text/xml");
    const titles = [...feed.getElementsByTagName("title")].map(({ textContent }) => textContent);
    expect(titles).toEqual([
      "crllint: all CAs",
      "error: sequence/number-not-increasing: Owner 3, CA 3",
      "error: issuer/not-byte-identical: Owner 2, CA 2",
    ]);
    expect(JSON.parse(read("index.json"))).toMatchObject({
      version: 1,
      verdict: "fail",
      counts: { crls: 6, linted: 6 },
    });
  });

  test("the feeds of two monitors have different identifiers", async () => {
    const idsIn = (name: string) =>
      [...read(name).matchAll(/<id>(?<id>[^<]*)<\/id>/gu)].map(({ groups }) => groups?.["id"] ?? "");
    await lab.round(0, "--site", site);
    const ids = ["feed.xml", ...files().filter((name) => /^ca.*\.xml$/u.test(name))].flatMap(idsIn);
    await lab.round(0, "--site", site, "--out", join(lab.bench.folder, "other"));
    const others = idsIn("feed.xml");
    // A finding has the same identifier in the feed of all CAs and in the feed of its own CA.
    expect([ids.length, new Set(ids).size, others.length]).toEqual([9, 8, 2]);
    expect(others.filter((id) => ids.includes(id))).toEqual([]);
  });

  test("does not rewrite unchanged pages, and removes the pages of a CA that is no longer watched", async () => {
    await lab.round(0, "--site", site);
    lab.serve(1, { crlNumber: 4712, thisUpdate: "2026-11-02T00:00:00Z" });
    for (const name of files()) utimesSync(join(site, name), new Date(0), new Date(0));
    await lab.round(minute, "--site", site);
    const changed = files().filter((name) => statSync(join(site, name)).mtimeMs !== 0);
    expect(changed).toHaveLength(4);
    expect(changed.filter((name) => name.startsWith("crl/"))).toEqual([pageOf(lab.url(1))]);
    const before = files().length;
    const ca = files().find((name) => name.startsWith("ca/") && read(name).includes("<title>Owner 0, CA 5")) ?? "";
    lab.writeReports([], 5);
    await lab.round(hour, "--site", site);
    expect(files()).toHaveLength(before - 4);
    expect(existsSync(join(site, ca))).toBe(false);
  });

  test("keeps the files of others", async () => {
    const own = ["ca/ca.pem", "crl/index.html", "crl/old/a.crl", "notes.txt"];
    for (const name of own) lab.bench.put(`site/${name}`, name);
    await lab.round(0, "--site", site);
    lab.writeReports([], 5);
    await lab.round(hour, "--site", site);
    expect(files()).toEqual(expect.arrayContaining(own));
  });

  test("the feed has no links to pages of CRLs that are no longer watched", async () => {
    lab.serve(5, { issuer: lab.ca(5).subject.reversed() });
    await lab.round(0, "--site", site);
    lab.writeReports([], 5);
    await lab.round(hour, "--site", site);
    const feed = new DOMParser().parseFromString(read("feed.xml"), "text/xml");
    const links = [...feed.getElementsByTagName("entry")].map((entry) => entry.getElementsByTagName("link").length);
    expect(new Set(links)).toEqual(new Set([0, 1]));
    expect(linksOf("feed.xml").filter((target) => !existsSync(target))).toEqual([]);
  });

  test.runIf(chromium !== undefined)("pages fit a narrow window in Chromium, with light and dark colors", async () => {
    await lab.round(0, "--site", site);
    const page = await openPage();
    try {
      for (const scheme of ["light", "dark"]) {
        await page.send("Emulation.setDeviceMetricsOverride", {
          width: 400,
          height: 900,
          deviceScaleFactor: 1,
          mobile: false,
        });
        const features = [{ name: "prefers-color-scheme", value: scheme }];
        await page.send("Emulation.setEmulatedMedia", { features });
        for (const name of ["index.html", pageOf(lab.url(2)), pageOf(lab.url(3))]) {
          await page.open(pathToFileURL(join(site, name)).href);
          expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0);
          const color = await page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
          expect(color).toBe(scheme === "light" ? "rgb(255, 255, 255)" : "rgb(20, 23, 27)");
        }
      }
      // Elements that scroll can be reached with the keyboard.
      const unreachable = "[...document.querySelectorAll('.scroll')].filter((each) => each.tabIndex !== 0).length";
      await page.open(pathToFileURL(join(site, pageOf(lab.url(2)))).href);
      expect(await page.evaluate(unreachable)).toBe(0);
      expect(page.problems).toEqual([]);
    } finally {
      await page.close();
    }
  });
});
