import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const src = new URL("../src/", import.meta.url);

/**
 * Which rooms a room may import from at run time; types may come from anywhere further down, and from those in
 * `types`. Imports run one way: a room that needs more is the wrong place for the code.
 */
const rooms: Readonly<Record<string, { readonly from: readonly string[]; readonly types?: readonly string[] }>> = {
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
    // Examples are made by the kit, which is handed to them.
    types: ["fixture"],
  },
  rules: {
    from: ["der", "name", "algorithm", "extension", "sources", "crl", "cert", "input", "pem", "lint"],
    types: ["fixture"],
  },
  verify: { from: ["der", "algorithm"], types: ["lint"] },
  report: { from: ["name", "sources", "lint"] },
  config: { from: ["der", "name", "sources", "lint", "report"] },
  // What src/index.ts offers.
  library: { from: ["der", "pem", "input", "crl", "cert", "sources", "lint", "rules", "verify", "report"] },
  fixture: { from: ["der", "pem"] },
  // Stands on the public index: what it shows is what a user of the library gets.
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

/** Rooms that may use modules of Node: the command line, and the kit, which makes keys and signatures for tests. */
const onNode = new Set(["cli", "fixture"]);

/** Modules of Node by type only: what they hold is asked for at run time, where there is one. */
const nodeTypesOnly = new Set(["verify"]);

const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".ts") && name.includes("/"));

const imports = /^(?:import|export)\s+(?<type>type\s)?(?:[^"';]*?\sfrom\s+)?"(?<module>[^"]+)";/gmu;

describe.each(Object.keys(rooms))("room %s", (room) => {
  const allowed = rooms[room] ?? { from: [] };

  test.each(files.filter((file) => file.startsWith(`${room}/`)))("%s imports only what its room may", (file) => {
    const text = readFileSync(new URL(file, src), "utf8");
    const strays: string[] = [];
    for (const { groups } of text.matchAll(imports)) {
      const module = groups?.["module"] ?? "";
      const typeOnly = groups?.["type"] !== undefined;
      if (module.startsWith("node:")) {
        if (!onNode.has(room) && !(typeOnly && nodeTypesOnly.has(room))) strays.push(module);
        continue;
      }
      if (!module.startsWith(".")) continue;
      const target = new URL(module, new URL(file, src)).href.slice(src.href.length);
      const other = target.includes("/") ? (target.split("/")[0] ?? "") : "";
      const fine =
        other === room || allowed.from.includes(other) || (typeOnly && allowed.types?.includes(other) === true);
      // The public index and the version stand above all rooms but the command line and the reports.
      if (!fine && !(other === "" && ["cli", "explain", "library", "serve"].includes(room))) strays.push(module);
    }
    expect(strays).toEqual([]);
  });
});

test("every folder of src/ is a room", () => {
  const folders = readdirSync(src, { withFileTypes: true }).filter((item) => item.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(rooms).sort());
});

test("no rule reads a clock, draws lots or touches the platform", () => {
  const platform = /\b(?:Date\.now|new Date\(\)|performance\.|\bprocess\.\w|Math\.random|Buffer\b)/u;
  const strays = files.filter(
    (file) => file.startsWith("rules/") && platform.test(readFileSync(new URL(file, src), "utf8")),
  );
  expect(strays).toEqual([]);
});
