import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runInNewContext } from "node:vm";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { browse, chromium } from "../report/chromium.ts";

const source = (file: string): string => fileURLToPath(new URL(`../../src/${file}`, import.meta.url));

/** Code of a page that uses the library: it lints a CRL with a reversed issuer, and renders all formats. */
const page = `
import { lintCrl, reportOf } from ${JSON.stringify(source("index.ts"))};
import { formats, render } from ${JSON.stringify(source("report/index.ts"))};

const bytesOf = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0));

globalThis.demonstrate = async (crl, issuer) => {
  const run = lintCrl({ crl: bytesOf(crl), issuer: bytesOf(issuer), now: new Date("2026-11-02T00:00:00Z") });
  const texts = await Promise.all(formats.map((format) => render(reportOf([run]), format)));
  return JSON.stringify({
    found: run.findings.map(({ rule }) => rule),
    signature: run.signature,
    crashed: run.rules.filter(({ status }) => status === "crashed").length,
    passed: run.rules.filter(({ status }) => status === "passed").length > 100,
    written: texts.filter((text) => text.length > 0).length === formats.length,
    human: texts[0].includes("same RDNs, reversed order"),
  });
};
`;

const { crl } = kit.crl({ issuer: kit.ca.subject.reversed() });
const given = [crl, kit.ca.certificate].map((der) => JSON.stringify(Buffer.from(der).toString("latin1"))).join(", ");

const expected = {
  found: ["crllint/signature-not-checked", "issuer/not-byte-identical"],
  signature: { verdict: "not-checked", why: "no signature verifier available" },
  crashed: 0,
  passed: true,
  written: true,
  human: true,
};

describe("crllint and crllint/report in a browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "crllint-browser-"));
  let code = "";
  let imported: readonly string[] = [];

  beforeAll(async () => {
    writeFileSync(join(folder, "page.js"), page);
    const bundle = await rolldown({
      input: join(folder, "page.js"),
      platform: "browser",
      // A module that is not found stays an import, which is checked below.
      external: (id) => id.startsWith("node:") || builtinModules.includes(id),
      onLog: () => {},
    });
    const { output } = await bundle.generate({ format: "iife", codeSplitting: false });
    await bundle.close();
    const [chunk] = output;
    code = chunk.code;
    const own = new Set(output.map(({ fileName }) => fileName));
    imported = [...chunk.imports, ...chunk.dynamicImports].filter((name) => !own.has(name));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("the bundle has no imports", () => {
    expect(imported).toEqual([]);
    expect(code).not.toMatch(/\brequire\(|\bimport\(|from "node:/u);
  });

  test("lints without Node, and reports that the signature was not checked", async () => {
    // Globals that every browser has and a new context lacks.
    const globals: Record<string, unknown> = { TextDecoder, TextEncoder, URL, atob, btoa };
    runInNewContext(code, globals);
    const result = (await runInNewContext(`demonstrate(${given})`, globals)) as string;
    expect(JSON.parse(result)).toEqual(expected);
  });

  test.skipIf(chromium === undefined)("has the same results in Chromium", () => {
    const run = `demonstrate(${given}).then((text) => { document.body.textContent = text; })`;
    const html = `<!doctype html><meta charset="utf-8"><body><script>${code.replaceAll("</", "<\\/")}\n${run}</script>`;
    const file = join(folder, "page.html");
    writeFileSync(file, html);
    const dom = browse(["--dump-dom", "--virtual-time-budget=10000", pathToFileURL(file).href]);
    const text = /<body>(?<text>\{.*\})<\/body>/su.exec(dom)?.groups?.["text"] ?? "";
    expect(JSON.parse(text)).toEqual(expected);
  });
});
