import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, test } from "vitest";

const src = new URL("../src/", import.meta.url);

/**
 * The directories of src/ from the ground up. A file imports only from its own directory and from those above it in
 * this list, types included: code that needs a later directory is in the wrong place.
 */
const directories = [
  // Bytes and what they say.
  "der",
  "pem",
  "input",
  "name",
  "algorithm",
  "extension",
  "crl",
  "cert",
  // Makes CRLs and CAs for examples and tests, out of nothing but DER.
  "fixture",
  "sources",
  "verify",
  // What goes with a CRL, what a rule is, and the rules.
  "given",
  "rule",
  "checks",
  "lint",
  "rules",
  // What a client makes of a CRL.
  "status",
  "clients",
  // What the user says, what is read for it, and how it is answered.
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

/** Modules of Node by type only: what they hold is asked for at run time, where there is one. */
const nodeTypesOnly: ReadonlySet<string> = new Set(["verify"]);

/** Files of src/ outside these directories, and the directories that may import them. */
const outside: Readonly<Record<string, readonly string[]>> = {
  "version.ts": ["library", "fetch", "monitor", "serve", "cli"],
  // Examples of rules are shown as a user of the library gets them.
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
  /^(?:import|export)\s+(?<type>type\s)?(?:[^"';]*?\sfrom\s+)?"(?<module>[^"]+)";|(?<!typeof )\bimport\("(?<lazy>[^"]+)"\)/gmu;

const importsOf = new Map(
  files.map((file) => {
    const text = readFileSync(new URL(file, src), "utf8");
    const imports = [...text.matchAll(importOf)].map(({ groups }): Import => {
      const module = groups?.["module"] ?? groups?.["lazy"] ?? "";
      const target = module.startsWith(".") ? posix.join(posix.dirname(file), module) : module;
      return { target, isTypeOnly: groups?.["type"] !== undefined };
    });
    return [file, imports] as const;
  }),
);

function directoryOf(file: string): string {
  return file.slice(0, file.indexOf("/"));
}

test("every directory of src/ is in the list", () => {
  const found = readdirSync(src, { withFileTypes: true }).filter((item) => item.isDirectory());
  expect(found.map(({ name }) => name).sort()).toEqual([...directories].sort());
});

describe.each(directories)("%s/", (directory) => {
  test("imports only from itself and from directories above it in the list", () => {
    const allowed = new Set<string>(directories.slice(0, directories.indexOf(directory) + 1));
    const strays: string[] = [];
    for (const [file, imports] of importsOf) {
      if (directoryOf(file) !== directory) continue;
      for (const { target } of imports) {
        const isOwn = files.includes(target);
        const isOutside = target.endsWith(".ts") && !isOwn;
        if (isOwn ? !allowed.has(directoryOf(target)) : isOutside && outside[target]?.includes(directory) !== true) {
          strays.push(`${file} -> ${target}`);
        }
      }
    }
    expect(strays).toEqual([]);
  });

  test.runIf(!onNode.has(directory))("runs without Node", () => {
    const strays = [...importsOf].flatMap(([file, imports]) =>
      imports
        .filter(({ target, isTypeOnly }) => target.startsWith("node:") && !(isTypeOnly && nodeTypesOnly.has(directory)))
        .filter(() => directoryOf(file) === directory)
        .map(({ target }) => `${file} -> ${target}`),
    );
    expect(strays).toEqual([]);
  });
});

test("no file imports itself by way of others", () => {
  const circles: string[] = [];
  const state = new Map<string, "open" | "done">();
  const path: string[] = [];
  const visit = (file: string): void => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      circles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
      return;
    }
    state.set(file, "open");
    path.push(file);
    for (const { target } of importsOf.get(file) ?? []) if (importsOf.has(target)) visit(target);
    path.pop();
    state.set(file, "done");
  };
  for (const file of files) visit(file);
  expect(circles).toEqual([]);
});

test("no rule reads a clock, draws lots or touches the platform", () => {
  const platform = /\b(?:Date\.now|new Date\(\)|performance\.|\bprocess\.\w|Math\.random|Buffer\b)/u;
  const strays = files.filter(
    (file) => file.startsWith("rules/") && platform.test(readFileSync(new URL(file, src), "utf8")),
  );
  expect(strays).toEqual([]);
});
