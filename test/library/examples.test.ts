import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { blocksOf, readPage, writtenPages } from "../docs/markdown.ts";
import { shown } from "../docs/walk.ts";
import { Installed } from "./installed.ts";
import { encodePem } from "../../src/pem/encode.ts";

/** TypeScript blocks of the README and of docs/, one file per block, with the output after it. */
const examples = writtenPages().flatMap((file) => {
  const blocks = blocksOf(file);
  return blocks.flatMap((block, i) => {
    if (block.language !== "ts") return [];
    const next = blocks[i + 1];
    const name = block.marks.get("file") ?? `${file.replaceAll(/\W/gu, "-")}-${block.line}.ts`;
    return [{ title: `${file}:${block.line}`, name, block, output: next?.language === "text" ? next.text : undefined }];
  });
});

describe("the TypeScript examples in the documentation", () => {
  let project: Installed;
  beforeAll(() => {
    project = new Installed();
    const { crl } = kit.crl();
    const forged = Uint8Array.from(crl);
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
    const files: Readonly<Record<string, Uint8Array | string>> = {
      "ca.pem": encodePem("CERTIFICATE", kit.ca.certificate),
      "root.pem": encodePem("CERTIFICATE", kit.root.certificate),
      "leaf.pem": encodePem("CERTIFICATE", kit.certificate({ serial: 4660 })),
      "crl.der": crl,
      "current.crl": kit.earlierCrl(),
      "next.crl": crl,
      "next.tbs": kit.crl({ form: "tbs" }).crl,
      "reversed.crl": kit.crl({ issuer: kit.ca.subject.reversed() }).crl,
      "forged.crl": forged,
      "crls/next.crl": crl,
      "crls/page.crl": "<html>not found</html>",
      "crls/reversed.crl": kit.crl({ issuer: kit.ca.subject.reversed() }).crl,
    };
    for (const [name, content] of Object.entries(files)) project.put(name, content);
    for (const { name, block } of examples) project.put(name, block.text);
  });
  afterAll(() => project.remove());

  test("are at least 10", () => {
    expect(examples.length).toBeGreaterThan(9);
  });

  test("follow a table in docs/library.md that lists every export of the package", () => {
    const { exports } = JSON.parse(readPage("package.json")) as { readonly exports: Readonly<Record<string, unknown>> };
    const offered = Object.keys(exports).filter((name) => name !== "./package.json");
    const rows = readPage("docs/library.md").matchAll(/^\| `(?<module>crllint[\w/]*)` +\|/gmu);
    const listed = [...rows].map(({ groups }) => (groups?.["module"] ?? "").replace("crllint", "."));
    expect(listed.sort()).toEqual(offered.sort());
  });

  test("compile against the declarations of the package", () => {
    expect(project.compile()).toBe("");
  });

  const isTest = ({ block }: (typeof examples)[number]): boolean => block.text.includes("node:test");

  test.each(examples.filter(isTest))("$title: the test passes", ({ name }) => {
    expect(project.run(name)).toMatch(/^\S+ fail 0$/mu);
  });

  describe("print the documented output, or nothing", () => {
    const programs = examples.filter((example) => !isTest(example));
    const outputs = new Map<string, string>();
    beforeAll(() => {
      for (const [name, output] of project.runTogether(programs.map(({ name }) => name))) outputs.set(name, output);
    });

    test.each(programs)("$title", ({ name, output }) => {
      expect(outputs.get(name)).toMatch(output === undefined ? /^$/u : shown(output));
    });
  });
});
