import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { Module } from "node:module";
import { arch, platform, versions } from "node:process";
import { constants, Script } from "node:vm";

/**
 * The path of the code cache of a bundled file: next to it, one for each V8 and each kind of processor. V8 accepts no
 * other.
 *
 * @param file path of the bundled file
 */
export function codeCachePath(file: string): string {
  const [v8 = ""] = versions.v8.split("-");
  return `${file}.${v8}-${platform}-${arch}.cache`;
}

/** Compiles a bundled CommonJS file as Node does, but with a code cache where there is one. */
export function compile(file: string, cachedData?: Buffer): Script {
  return new Script(readWrapped(file), {
    filename: file,
    ...(cachedData && { cachedData }),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
}

/** The text of a CommonJS file, in ASCII, as a function: made in one piece, since to put together half a megabyte takes time. */
function readWrapped(file: string): string {
  const [head = "", tail = ""] = Module.wrap("\0").split("\0");
  const descriptor = openSync(file, "r");
  try {
    const { size } = fstatSync(descriptor);
    const text = Buffer.allocUnsafe(head.length + size + tail.length);
    text.write(head, "latin1");
    readSync(descriptor, text, head.length, size, 0);
    text.write(tail, head.length + size, "latin1");
    return text.toString("latin1");
  } finally {
    closeSync(descriptor);
  }
}

/** Runs a compiled CommonJS file, so that `require` finds it loaded from then on. */
export function runAsModule(script: Script, file: string, cache: NodeJS.Dict<NodeJS.Module>): NodeJS.Module {
  const module = new Module(file);
  module.filename = file;
  cache[file] = module;
  const body = script.runInThisContext() as (...wrapped: readonly unknown[]) => void;
  body.call(
    module.exports,
    module.exports,
    module.require.bind(module),
    module,
    file,
    file.slice(0, -"/core.cjs".length),
  );
  module.loaded = true;
  return module;
}

/**
 * Loads the core of the bundle with the code cache that the build has put next to it: compiling takes half of the time
 * that a start takes. Without a cache that this V8 takes nothing is done, and `require` loads the core as ever.
 *
 * @param file path of the core
 * @param cache `require.cache` of the module that loads it
 */
export function loadWithCodeCache(file: string, cache: NodeJS.Dict<NodeJS.Module>): void {
  let cachedData: Buffer;
  try {
    cachedData = readFileSync(codeCachePath(file));
  } catch {
    return;
  }
  const script = compile(file, cachedData);
  if (script.cachedDataRejected !== true) runAsModule(script, file, cache);
}
