import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, test } from "vitest";

const src = new URL("../src/", import.meta.url);

/**
 * The directories of src/ in the order of dependencies. A file imports only from its own directory and from those above
 * it in this list, types included: code that needs a later directory is in the wrong place.
 */
const directories = [
  // Readers of encoded data.
  "der",
  "pem",
  "input",
  "name",
  "algorithm",
  "extension",
  "crl",
  "cert",
  // Makes CRLs and CAs for examples and tests; uses only DER.
  "fixture",
  "sources",
  "verify",
  // Further inputs, the definition of a rule, and the rules.
  "given",
  "rule",
  "checks",
  "lint",
  "rules",
  // The status of certificates, and the behavior of clients.
  "status",
  "clients",
  // Options, configuration, input files, reports and commands.
  "report",
  "options",
  "config",
  "library",
  "explain",
  "files",
  "fetch",
  "monitor",
  "serve",
  "cli",
] as const;

/** Directories that may use modules of Node. The others also run in a browser. */
const onNode: ReadonlySet<string> = new Set(["fixture", "clients", "files", "fetch", "monitor", "cli"]);

/** Directories that import only types from modules of Node; they look up the modules at run time. */
const nodeTypesOnly: ReadonlySet<string> = new Set(["verify"]);

/** Files of src/ outside these directories, and the directories that may import them. */
const outside: Readonly<Record<string, readonly string[]>> = {
  "version.ts": ["library", "fetch", "monitor", "serve", "cli"],
  // Pages of rules show the output of the public library.
  "index.ts": ["explain"],
};

const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".ts") && name.includes("/"));

interface Import {
  /** Path below src/, or the module's name. */
  readonly target: string;
  readonly isTypeOnly: boolean;
}

const importOf =
  /^(?:import|export)\s+(?<type>type\s)?(?:[^"';]*?\sfrom\s+)?"(?<module>[^"]+)";|(?<typeof>typeof\s+)?\bimport\("(?<lazy>[^"]+)"\)/gmu;

/** Returns the imports in the text of a file. */
function importsIn(file: string, text: string): readonly Import[] {
  return [...text.matchAll(importOf)].map(({ groups }) => {
    const module = groups?.["module"] ?? groups?.["lazy"] ?? "";
    const target = module.startsWith(".") ? posix.join(posix.dirname(file), module) : module;
    return { target, isTypeOnly: (groups?.["type"] ?? groups?.["typeof"]) !== undefined };
  });
}

const importsOf = new Map(
  files.map((file) => [file, importsIn(file, readFileSync(new URL(file, src), "utf8"))] as const),
);

function directoryOf(file: string): string {
  return file.slice(0, file.indexOf("/"));
}

test("every form of import is found", () => {
  const text = `import { a } from "./a.ts";
import type { B } from "../b/b.ts";
export * from "./c.ts";
const { d } = await import("./d.ts");
type E = Parameters<typeof import("../e/e.ts").e>[0];
`;
  expect(importsIn("x/y.ts", text)).toEqual([
    { target: "x/a.ts", isTypeOnly: false },
    { target: "b/b.ts", isTypeOnly: true },
    { target: "x/c.ts", isTypeOnly: false },
    { target: "x/d.ts", isTypeOnly: false },
    { target: "e/e.ts", isTypeOnly: true },
  ]);
});

test("every directory of src/ is in the list", () => {
  const found = readdirSync(src, { withFileTypes: true }).filter((item) => item.isDirectory());
  expect(found.map(({ name }) => name).sort()).toEqual([...directories].sort());
});

describe.each(directories)("%s/", (directory) => {
  test("imports only from itself and from directories above it in the list", () => {
    const allowed = new Set<string>(directories.slice(0, directories.indexOf(directory) + 1));
    const violations: string[] = [];
    for (const [file, imports] of importsOf) {
      if (directoryOf(file) !== directory) continue;
      for (const { target } of imports) {
        const isOwn = files.includes(target);
        const isOutside = target.endsWith(".ts") && !isOwn;
        if (isOwn ? !allowed.has(directoryOf(target)) : isOutside && outside[target]?.includes(directory) !== true) {
          violations.push(`${file} -> ${target}`);
        }
      }
    }
    expect(violations).toEqual([]);
  });

  test.runIf(!onNode.has(directory))("runs without Node", () => {
    const violations = [...importsOf].flatMap(([file, imports]) =>
      imports
        .filter(({ target, isTypeOnly }) => target.startsWith("node:") && !(isTypeOnly && nodeTypesOnly.has(directory)))
        .filter(() => directoryOf(file) === directory)
        .map(({ target }) => `${file} -> ${target}`),
    );
    expect(violations).toEqual([]);
  });
});

test("no import cycles", () => {
  const cycles: string[] = [];
  const state = new Map<string, "open" | "done">();
  const path: string[] = [];
  const visit = (file: string): void => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      cycles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
      return;
    }
    state.set(file, "open");
    path.push(file);
    for (const { target } of importsOf.get(file) ?? []) if (importsOf.has(target)) visit(target);
    path.pop();
    state.set(file, "done");
  };
  for (const file of files) visit(file);
  expect(cycles).toEqual([]);
});

test("no rule uses the clock, random numbers or Node", () => {
  const platform = /\b(?:Date\.now|new Date\(\)|performance\.|\bprocess\.\w|Math\.random|Buffer\b)/u;
  const violations = files.filter(
    (file) => file.startsWith("rules/") && platform.test(readFileSync(new URL(file, src), "utf8")),
  );
  expect(violations).toEqual([]);
});
