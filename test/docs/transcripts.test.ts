import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { encodePem } from "../../src/pem/encode.ts";
import { signedData } from "../input/containers.ts";
import { blocksOf, readPage, writtenPages } from "./markdown.ts";
import { hasBash } from "../support/tools.ts";
import { shown, Walk } from "./walk.ts";

const now = { CRLLINT_NOW: "2026-11-02T00:00:00Z" };

describe.skipIf(!hasBash)("pages show the output that crllint prints for their commands", () => {
  let walk: Walk;
  beforeAll(() => {
    walk = Walk.begin();
    const { ca, root } = kit;
    walk.put("ca.pem", encodePem("CERTIFICATE", ca.certificate));
    walk.put("ca-bundle.pem", encodePem("CERTIFICATE", ca.certificate) + encodePem("CERTIFICATE", root.certificate));
    walk.put("chain.pem", encodePem("CERTIFICATE", ca.certificate) + encodePem("CERTIFICATE", root.certificate));
    walk.put("leaf.pem", encodePem("CERTIFICATE", kit.certificate({ serial: 4660 })));
    walk.put("crls/int.crl", kit.crl().crl);
    for (const name of ["one.crl", "two.crl", "three.crl"]) walk.put(`folder/${name}`, kit.crl().crl);
    for (const name of ["ca.pem", "root.cer"]) walk.put(`folder/${name}`, encodePem("CERTIFICATE", ca.certificate));
    for (let i = 1; i <= 5; i += 1) walk.put(`folder/${i}.txt`, "notes\n");
    walk.put("folder/empty", "");
    walk.put("folder/old", Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]));
  });
  afterAll(() => walk.end());

  /** Returns the block of a page that starts with some text. */
  function block(page: string, start: string): string {
    const found = blocksOf(page).find(({ text }) => text.startsWith(start));
    if (found === undefined) throw new Error(`${page} has no block that starts with ${start}`);
    return found.text;
  }

  test("docs/status.md", () => {
    const { code, out, err } = walk.run(block("docs/status.md", "crllint status"), now);
    expect({ code, err }).toEqual({ code: 2, err: "" });
    expect(out).toMatch(shown(block("docs/status.md", "leaf.pem: ")));
  });

  test("docs/inputs.md: the summary of the files in a directory", () => {
    const { code, out } = walk.run("crllint folder", now);
    expect(code).toBe(0);
    expect(`${out.trimEnd().split("\n").at(-1)}\n`).toBe(block("docs/inputs.md", "looked at"));
  });

  test("docs/inputs.md: the location of a finding in a container", () => {
    walk.put("crls.p7b", signedData([kit.ca.certificate], [kit.crl({ issuer: kit.ca.subject.reversed() }).crl]));
    const { code, out } = walk.run("crllint crls.p7b", now);
    expect(code).toBe(1);
    expect(out).toContain(`\n  --> ${block("docs/inputs.md", "crls.p7b")}`);
  });

  test("docs/many-files.md: one command, the shards of five machines, and their merged reports", () => {
    for (let i = 1; i <= 20; i += 1) walk.put(`many/crls/${i}.crl`, kit.crl({ crlNumber: i }).crl);
    walk.put("many/ca-bundle.pem", encodePem("CERTIFICATE", kit.ca.certificate));
    const [one = "", threads = "", part = "", merge = ""] = block("docs/many-files.md", "crllint ca-bundle").split(
      "\n",
    );
    const parts = [1, 2, 3, 4, 5].map((i) => `${part.split(" #")[0]} > part-${i}.json`.replace("2/5", `${i}/5`));
    const { ended, err } = walk.paste(["cd many", one, threads, ...parts, merge], now);
    expect({ codes: ended.map(({ code }) => code), err }).toEqual({ codes: [0, 0, 0, 0, 0, 0, 0, 0, 0], err: "" });
    for (const i of [1, 2, 8]) expect(ended[i]?.out).toMatch(/^pass: 20 CRLs; no findings; /u);
  });
});

/** The test that runs the commands of each page that shows their output. */
const runBy: Readonly<Record<string, string>> = {
  "README.md": "test/docs/readme.test.ts",
  "docs/configuration.md": "test/config/docs.test.ts",
  "docs/consumers.md": "test/clients/would-break.test.ts",
  "docs/inputs.md": "test/docs/transcripts.test.ts",
  "docs/monitor.md": "test/monitor/docs.test.ts",
  "docs/recipes/attestation.md": "test/docs/attestation-recipe.test.ts",
  "docs/recipes/openssl.md": "test/docs/openssl-recipe.test.ts",
  "docs/service.md": "test/serve/docs.test.ts",
  "docs/status.md": "test/docs/transcripts.test.ts",
};

test("each page that shows a command and its output has a test that compares them", () => {
  const pages = writtenPages().filter((page) => {
    const blocks = blocksOf(page);
    return blocks.some(({ language }, i) => language === "sh" && blocks[i + 1]?.language === "text");
  });
  expect(pages.toSorted()).toEqual(Object.keys(runBy).toSorted());
  for (const [page, file] of Object.entries(runBy))
    expect(readPage(file)).toContain(page.replace("README.md", "README"));
});
