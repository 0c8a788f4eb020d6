// Builds crllint as one executable file that runs on machines without Node: a single executable application, made from
// the Node that runs this script. It contains all code of crllint and a code cache.
//
//   npm run binary -- [DIRECTORY]
//
// writes crllint (crllint.exe on Windows), and LICENSES with the licenses of all its contents.
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { inject } from "postject";
import { type Plugin, rolldown } from "rolldown";
import { toAscii } from "./ascii.ts";
import { licenseOf, packagesOf, withLines } from "./licenses.ts";

const root = new URL("../", import.meta.url);
const isMac = process.platform === "darwin";
const isWindows = process.platform === "win32";
const directory = resolve(process.argv[2] ?? "binary");
const output = join(directory, isWindows ? "crllint.exe" : "crllint");

const incident = fileURLToPath(new URL("fixtures/incidents/bz1888371/globaltrust-2020-server-ov-1", root));

/** The usual call of a gate, with a valid CRL. The code cache contains only code that this call compiles. */
const gateCall = ["--no-config", "--now", "2024-03-26T00:00:00Z", `${incident}.pem`, `${incident}.sound.crl`];

/** The WebAssembly of SQLite, next to the module that otherwise reads it from this file. */
const sqlite = fileURLToPath(import.meta.resolve("node-sqlite3-wasm")).replace(/\.js$/u, ".wasm");

/** Makes the module of SQLite read its WebAssembly from the executable. */
const sqliteInside: Plugin = {
  name: "sqlite-inside",
  transform: {
    filter: { id: /[/\\]node-sqlite3-wasm\.js$/u },
    handler: (code, id) =>
      replaceOnce(
        code,
        "var wasmBinary;",
        'var wasmBinary = Buffer.from(require("node:sea").getRawAsset("sqlite"));',
        id,
      ),
  },
};

/** Includes the algorithms that OpenSSL lacks in the module that otherwise loads their packages by name. */
const nobleInside: Plugin = {
  name: "noble-inside",
  transform: {
    filter: { id: /[/\\]src[/\\]verify[/\\]noble\.ts$/u },
    handler: (code, id) => {
      const names = new Set(
        [...code.matchAll(/"(?<name>@noble\/[^"]+)"/gu)].map(({ groups }) => groups?.["name"] ?? ""),
      );
      const packages = [...names].map((name) => `case "${name}": return require("${name}");`).join(" ");
      const load = "createRequire(import.meta.url)(name)";
      return replaceOnce(code, load, `((name) => { switch (name) { ${packages} } })(name)`, id);
    },
  },
};

/** Replaces `loadCore`: the single file has its own code cache, so there is no core to load. */
const noCore: Plugin = {
  name: "no-core",
  load: {
    filter: { id: /[/\\]src[/\\]cli[/\\]load-core\.ts$/u },
    handler: () => ({ code: "export const loadCore = () => undefined;", moduleType: "js" }),
  },
};

/** Replaces tinypool: a thread runs a file, and the executable is not a script file. It starts no threads. */
const noThreads: Plugin = {
  name: "no-threads",
  resolveId: { filter: { id: /^tinypool$/u }, handler: () => "\0no-threads" },
  load: { filter: { id: /^\0no-threads$/u }, handler: () => "export const Tinypool = undefined;" },
};

/**
 * Loads Node's modules when they are used, like the files of the package. Otherwise, one file would load all of them at
 * its start.
 */
const nodeLate: Plugin = {
  name: "node-late",
  resolveId: {
    filter: { id: /^node:/u },
    handler: (id, importer) => (importer?.startsWith("\0node:") === true ? { id, external: true } : `\0${id}`),
  },
  load: { filter: { id: /^\0node:/u }, handler: (id) => `module.exports = require("${id.slice(1)}");` },
};

function replaceOnce(code: string, text: string, by: string, id: string): string {
  const parts = code.split(text);
  if (parts.length !== 2) throw new Error(`${id}: ${text} occurs ${parts.length - 1} times, not once`);
  return parts.join(by);
}

/** Writes all code of crllint to one CommonJS file, and returns the paths of its modules. */
async function bundle(file: string): Promise<readonly string[]> {
  const made = await rolldown({
    input: fileURLToPath(new URL("src/cli/main.ts", root)),
    platform: "node",
    plugins: [sqliteInside, nobleInside, noCore, noThreads, nodeLate],
  });
  const { output: files } = await made.write({ file, format: "cjs", codeSplitting: false, comments: false });
  await made.close();
  // The code will be wrapped in a function, so it cannot start with the line that names Node.
  writeFileSync(file, toAscii(readFileSync(file, "utf8").replace(/^#!.*/u, "")));
  return files.flatMap((item) => (item.type === "chunk" ? item.moduleIds : []));
}

/** Returns the licenses of crllint, Node and all packages. An archive of Node has its license text next to `bin`. */
function licenses(modules: readonly string[]): string {
  const text = resolve(dirname(process.execPath), isWindows ? "." : "..", "LICENSE");
  const nodeText = `Node.js ${process.versions.node}\n\n${
    existsSync(text)
      ? readFileSync(text, "utf8")
      : "See the LICENSE of this version at https://github.com/nodejs/node\n"
  }`;
  const own = `crllint\n\n${readFileSync(new URL("LICENSE", root), "utf8")}`;
  return withLines([own, nodeText, ...packagesOf(modules).map(licenseOf)]);
}

function node(...args: readonly string[]): void {
  execFileSync(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
}

const folder = mkdtempSync(join(tmpdir(), "crllint-binary-"));
try {
  const [code, cache, blob, config] = ["code.cjs", "code.cache", "blob", "sea.json"].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  const modules = await bundle(code);
  node(fileURLToPath(new URL("scripts/binary-cache.cjs", root)), code, cache, ...gateCall);
  const main = fileURLToPath(new URL("scripts/binary-start.cjs", root));
  const sea = { main, output: blob, disableExperimentalSEAWarning: true, assets: { code, cache, sqlite } };
  writeFileSync(config, JSON.stringify(sea));
  node("--experimental-sea-config", config);
  mkdirSync(directory, { recursive: true });
  rmSync(output, { force: true });
  copyFileSync(process.execPath, output);
  chmodSync(output, 0o755);
  // Node's signature does not cover the added code. macOS does not start a program whose signature is wrong.
  if (isMac) execFileSync("codesign", ["--remove-signature", output]);
  await inject(output, "NODE_SEA_BLOB", readFileSync(blob), {
    sentinelFuse: "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2",
    ...(isMac && { machoSegmentName: "NODE_SEA" }),
  });
  if (isMac) execFileSync("codesign", ["--sign", "-", output]);
  writeFileSync(join(directory, "LICENSES"), licenses(modules));
  const size = (file: string): string => `${(statSync(file).size / 1e6).toFixed(1)} MB`;
  console.log(`${output}: ${size(output)} with ${size(blob)} of crllint; Node ${process.versions.node}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
