// Bundles the command line into dist/cli/. Without a bundle, finding, opening and compiling hundreds of files takes
// longer than linting a CRL. The format is CommonJS, because Node starts ES modules more slowly. The code that each run
// needs is one file. Code for one command, format or part of the rules is loaded when it is used. Nothing is minified,
// so stack traces show the names of the source. `tsx scripts/bundle.ts [directory]` writes to a directory other than
// dist/.
import { createHash } from "node:crypto";
import { chmodSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Plugin, rolldown } from "rolldown";
import { toAscii } from "./ascii.ts";
import { licenseOf, packagesOf, withLines } from "./licenses.ts";
import { ruleChunks, ruleEntries } from "./rule-chunks.ts";
import { runtimePackages } from "./runtime-packages.ts";

const root = new URL("../", import.meta.url);
const dist = process.argv[2] === undefined ? new URL("dist/", root) : pathToFileURL(`${resolve(process.argv[2])}/`);

/**
 * commander supports executable subcommands, which crllint does not use. Loading their modules takes as long as
 * linting.
 */
const noSubprocesses: Plugin = {
  name: "no-subprocesses",
  resolveId: {
    filter: { id: /^node:child_process$/u },
    handler: (_, importer) => (importer?.includes("/node_modules/commander/") === true ? "\0no-subprocesses" : null),
  },
  load: { filter: { id: /^\0no-subprocesses$/u }, handler: () => "module.exports = {};" },
};

/** Modules that `crllint ca.pem crl.der` needs. They become one file, because opening each file takes time. */
const start = ["start.ts", "run.ts", "lint.ts", "finish.ts", "../report/human.ts"];

/** The modules in `start`, and all modules that they import statically. */
const core = new Set<string>();

const findCore: Plugin = {
  name: "find-core",
  buildEnd() {
    const open = start.map((file) => fileURLToPath(new URL(`src/cli/${file}`, root)));
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (core.has(id)) continue;
      core.add(id);
      open.push(...(this.getModuleInfo(id)?.importedIds ?? []));
    }
  },
};

/** Accessor that rolldown writes at the end of a file for each export that another file uses. */
const accessor =
  /^Object\.defineProperty\(exports, "(?<name>[\w$]+)", \{\s+enumerable: true,\s+get: function\(\) \{\s+return (?<local>[\w$]+);\s+\}\s+\}\);$/gmu;

/**
 * Makes files load faster. Bindings do not change after their file has run, so plain properties replace hundreds of
 * accessors.
 */
const quickToRead: Plugin = {
  name: "quick-to-read",
  generateBundle(_, files) {
    const chunks = Object.values(files).filter((file) => file.type === "chunk");
    const runtime = chunks.find(({ name }) => name === "rolldown-runtime");
    for (const chunk of chunks) {
      // The files that every start loads include the helpers, which are few: opening another file takes time.
      const isStart = chunk.name === "core" || chunk.name === "main";
      const code = makeQuick(runtime ? withRuntime(chunk.code, runtime, isStart) : chunk.code);
      chunk.code = chunk.name === "core" ? withDigest(code) : code;
    }
  },
};

/**
 * Returns the code of a file that loads the helpers of the bundler only if it uses them.
 *
 * @param isInside whether the helpers become part of the file
 */
function withRuntime(
  code: string,
  runtime: { readonly fileName: string; readonly code: string },
  isInside: boolean,
): string {
  const load = `require("./${runtime.fileName}");\n`;
  const used = `const require_rolldown_runtime = ${load}`;
  const inside = `const require_rolldown_runtime = (() => {\nconst exports = {};\n${runtime.code}\nreturn exports;\n})();\n`;
  return code.includes(used) ? code.replace(used, isInside ? inside : used) : code.replace(load, "");
}

/** Returns the core with a first line that differs if any of it does: `loadCore` need not read all of it to compare. */
function withDigest(code: string): string {
  return `// ${createHash("sha256").update(code).digest("hex")}\n${code}`;
}

function makeQuick(code: string): string {
  return toAscii(code.replace(accessor, "exports.$<name> = $<local>;"));
}

const bundle = await rolldown({
  input: {
    main: fileURLToPath(new URL("src/cli/main.ts", root)),
    worker: fileURLToPath(new URL("src/files/worker.ts", root)),
    ...ruleEntries,
  },
  // The first two packages load files from the directories of their modules. The third has no license text.
  external: ["tinypool", "node-sqlite3-wasm", "@bomb.sh/tab"],
  platform: "node",
  plugins: [ruleChunks, noSubprocesses, findCore, quickToRead],
});
const { output } = await bundle.write({
  dir: fileURLToPath(new URL("cli", dist)),
  format: "cjs",
  entryFileNames: "[name].cjs",
  chunkFileNames: ({ name }) => (name === "core" ? "core.cjs" : "[name]-[hash].cjs"),
  codeSplitting: { groups: [{ name: "core", test: (id) => core.has(id) }] },
  comments: false,
});
await bundle.close();
// npm makes the commands of installed packages executable, but not those of a clone, which npx also runs.
chmodSync(new URL("cli/main.cjs", dist), 0o755);

const modules = output.flatMap((item) => (item.type === "chunk" ? item.moduleIds : []));
const folders = packagesOf(modules);
const notice = "The files in cli/ contain copies of the following packages, each under its own license.\n";
const names = new Set(folders.map((folder) => folder.split("/node_modules/").at(-1)));
const beside = runtimePackages().filter(({ name }) => !names.has(name));
const list = beside.map(({ name, version, license }) => `  ${name} ${version} (${license})\n`);
const installed = `npm installs these packages with crllint, unchanged:\n\n${list.join("")}`;
writeFileSync(new URL("THIRD-PARTY-LICENSES", dist), withLines([notice, ...folders.map(licenseOf), installed]));
