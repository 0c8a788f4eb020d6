import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const src = new URL("../src/", import.meta.url);

/**
 * The directories from which a directory may import. Types may also come from those in `types`. Imports run in one
 * direction: code that needs another import belongs elsewhere.
 */
const areas: Readonly<Record<string, { readonly from: readonly string[]; readonly types?: readonly string[] }>> = {
  der: { from: [] },
  pem: { from: ["der"] },
  name: { from: ["der"] },
  algorithm: { from: ["der"] },
  extension: { from: ["der", "name"] },
  sources: { from: [] },
  crl: { from: ["der", "name", "algorithm", "extension"] },
  cert: { from: ["der", "name", "algorithm", "extension"] },
  input: { from: ["der", "pem"] },
  lint: {
    from: ["der", "name", "algorithm", "extension", "sources", "crl", "cert", "input", "pem"],
    // The kit builds the examples, and is passed to them.
    types: ["fixture"],
  },
  rules: {
    from: ["der", "name", "algorithm", "extension", "sources", "crl", "cert", "input", "pem", "lint"],
    types: ["fixture"],
  },
  verify: { from: ["der", "algorithm"], types: ["lint"] },
  report: { from: ["name", "sources", "lint"] },
  config: { from: ["der", "name", "sources", "lint", "report"] },
  // The exports of src/index.ts.
  library: { from: ["der", "pem", "input", "crl", "cert", "sources", "lint", "rules", "verify", "report"] },
  fixture: { from: ["der", "pem"] },
  // Uses the public index, so its pages show the results that users of the library get.
  explain: {
    from: ["der", "name", "algorithm", "extension", "crl", "sources", "lint", "report", "fixture"],
  },
  serve: { from: ["pem", "name", "sources", "lint", "rules", "library", "report", "explain"] },
  cli: {
    from: [
      "der",
      "pem",
      "name",
      "algorithm",
      "extension",
      "sources",
      "crl",
      "cert",
      "input",
      "lint",
      "rules",
      "verify",
      "report",
      "fixture",
      "explain",
      "serve",
      "config",
      "library",
    ],
  },
  files: { from: ["lint", "library", "cli"] },
};

/** Directories that may use modules of Node: the command line, and the kit, which makes keys and signatures. */
const onNode = new Set(["cli", "fixture"]);

/** Directories that may import only types from modules of Node, and look up the modules at run time. */
const nodeTypesOnly = new Set(["verify"]);

const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".ts") && name.includes("/"));

const imports = /^(?:import|export)\s+(?<type>type\s)?(?:[^"';]*?\sfrom\s+)?"(?<module>[^"]+)";/gmu;

describe.each(Object.keys(areas))("directory %s", (area) => {
  const allowed = areas[area] ?? { from: [] };

  test.each(files.filter((file) => file.startsWith(`${area}/`)))("%s has only allowed imports", (file) => {
    const text = readFileSync(new URL(file, src), "utf8");
    const strays: string[] = [];
    for (const { groups } of text.matchAll(imports)) {
      const module = groups?.["module"] ?? "";
      const typeOnly = groups?.["type"] !== undefined;
      if (module.startsWith("node:")) {
        if (!onNode.has(area) && !(typeOnly && nodeTypesOnly.has(area))) strays.push(module);
        continue;
      }
      if (!module.startsWith(".")) continue;
      const target = new URL(module, new URL(file, src)).href.slice(src.href.length);
      const other = target.includes("/") ? (target.split("/")[0] ?? "") : "";
      const fine =
        other === area || allowed.from.includes(other) || (typeOnly && allowed.types?.includes(other) === true);
      // The public index and the version are above all directories except the command line and the reports.
      if (!fine && !(other === "" && ["cli", "explain", "library", "serve"].includes(area))) strays.push(module);
    }
    expect(strays).toEqual([]);
  });
});

test("every directory of src/ is listed", () => {
  const folders = readdirSync(src, { withFileTypes: true }).filter((item) => item.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(areas).sort());
});

test("no rule uses the clock, random numbers or the platform", () => {
  const platform = /\b(?:Date\.now|new Date\(\)|performance\.|\bprocess\.\w|Math\.random|Buffer\b)/u;
  const strays = files.filter(
    (file) => file.startsWith("rules/") && platform.test(readFileSync(new URL(file, src), "utf8")),
  );
  expect(strays).toEqual([]);
});
