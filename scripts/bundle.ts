// Bundles the command line into dist/cli/: hundreds of files, each found, opened and compiled by itself, would take
// longer to start than to lint. CommonJS, since Node starts an ES module later; what every lint run needs is one file,
// what one command, format or part of the rules alone needs is read when it is used. Nothing is minified: stacks show
// the names of the source.
// `tsx scripts/bundle.ts [folder]` writes below another folder than dist/.
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Plugin, rolldown } from "rolldown";
import { ruleChunks, ruleEntries } from "./rule-chunks.ts";
import { runtimePackages } from "./runtime-packages.ts";

const root = new URL("../", import.meta.url);
const dist = process.argv[2] === undefined ? new URL("dist/", root) : pathToFileURL(`${resolve(process.argv[2])}/`);

/** commander runs executable subcommands, of which crllint has none: loading what they need takes as long as linting. */
const noSubprocesses: Plugin = {
  name: "no-subprocesses",
  resolveId: {
    filter: { id: /^node:child_process$/u },
    handler: (_, importer) => (importer?.includes("/node_modules/commander/") === true ? "\0no-subprocesses" : null),
  },
  load: { filter: { id: /^\0no-subprocesses$/u }, handler: () => "module.exports = {};" },
};

/** Folder of the package that a bundled module is of; undefined for our own. */
function packageOf(module: string): string | undefined {
  return /^(?<folder>.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(module.replaceAll("\\", "/"))?.groups?.["folder"];
}

/** The licence of a package, under its name and version. */
function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as {
    readonly [field: string]: string;
  };
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(?:\.\w+)?$/iu.test(entry));
  if (file === undefined || !existsSync(`${folder}/${file}`)) throw new Error(`${name} has no licence text to copy`);
  return `${name} ${version} (${license})\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
}

/** What `crllint ca.pem crl.der` cannot do without: one file of its own, since each file that is opened costs. */
const start = ["run.ts", "lint.ts", "finish.ts", "../report/human.ts"];

/** Modules that those of `start` import statically, and these themselves. */
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

/** What rolldown writes for each binding that another file uses, at the end of the one that has it. */
const accessor =
  /^Object\.defineProperty\(exports, "(?<name>[\w$]+)", \{\s+enumerable: true,\s+get: function\(\) \{\s+return (?<local>[\w$]+);\s+\}\s+\}\);$/gmu;

/**
 * Makes files quick to read. Without other characters than those of ASCII a file takes half the space; and no binding
 * changes once its file has been run, so that accessors for hundreds of them only take their time.
 */
const quickToRead: Plugin = {
  name: "quick-to-read",
  generateBundle(_, files) {
    const chunks = Object.values(files).filter((file) => file.type === "chunk");
    const runtime = chunks.find(({ name }) => name === "rolldown-runtime");
    for (const chunk of chunks) {
      // What every start needs holds the few helpers itself: each file that is opened costs.
      const isStart = chunk.name === "core" || chunk.name === "main";
      chunk.code = makeQuick(isStart && runtime ? withRuntime(chunk.code, runtime) : chunk.code);
    }
  },
};

/** The code of a file with the helpers of the bundler in place of the file that has them. */
function withRuntime(code: string, runtime: { readonly fileName: string; readonly code: string }): string {
  const name = `require("./${runtime.fileName}")`;
  const inside = `(() => {\nconst exports = {};\n${runtime.code}\nreturn exports;\n})()`;
  return code
    .replace(`const require_rolldown_runtime = ${name};`, `const require_rolldown_runtime = ${inside};`)
    .replace(`${name};\n`, "");
}

function makeQuick(code: string): string {
  // In code without comments, characters beyond ASCII stand in texts and patterns only.
  return code.replace(accessor, "exports.$<name> = $<local>;").replace(/[^\0-\x7f]/gu, (character) => {
    const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
  });
}

const bundle = await rolldown({
  input: {
    main: fileURLToPath(new URL("src/cli/main.ts", root)),
    worker: fileURLToPath(new URL("src/files/worker.ts", root)),
    ...ruleEntries,
  },
  // The one finds the file of its own threads beside its module; the other has no licence text that could be copied.
  external: ["tinypool", "@bomb.sh/tab"],
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
// npm makes what a package installs executable, but not what a clone has built: npx runs it from there, too.
chmodSync(new URL("cli/main.cjs", dist), 0o755);

const modules = output.flatMap((item) => (item.type === "chunk" ? item.moduleIds : []));
const folders = [...new Set(modules.flatMap((module) => packageOf(module) ?? []))].sort();
const notice = "The files below cli/ hold copies of the packages named here, each under its own licence.\n";
const names = new Set(folders.map((folder) => folder.split("/node_modules/").at(-1)));
const beside = runtimePackages().filter(({ name }) => !names.has(name));
const installed = beside.map(({ name, version, license }) => `  ${name} ${version} (${license})\n`).join("");
writeFileSync(
  new URL("THIRD-PARTY-LICENSES", dist),
  [notice, ...folders.map(licenceOf), `npm installs these beside crllint, unchanged:\n\n${installed}`].join(
    `\n${"-".repeat(80)}\n\n`,
  ),
);
