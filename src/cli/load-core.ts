import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { Script } from "node:vm";

/** Length of the digest at the beginning of a code cache. */
const digestLength = 32;

/** Modes that let others write. */
const othersWrite = 0o022;

/**
 * Loads the core of the bundle with the code that V8 compiled in an earlier start: compiling takes longer than linting a
 * CRL. `require` finds it loaded from then on. Without a folder for code caches, it does nothing, and `require` loads the
 * core as it loads any file.
 *
 * @param file path of the core
 * @param require of a module in the same directory
 * @returns a function that stores what V8 has compiled by then, unless that was stored before
 */
export function loadCore(file: string, require: NodeJS.Require, env: NodeJS.ProcessEnv): (() => void) | undefined {
  const folder = cacheFolder(env);
  if (folder === undefined) return undefined;
  const [v8 = ""] = process.versions.v8.split("-");
  const path = join(folder, `core-${v8}-${process.platform}-${process.arch}.cache`);
  const code = readWrapped(file);
  const cachedData = readCache(path, code);
  const script = new Script(code.toString("latin1"), { filename: file, ...(cachedData && { cachedData }) });
  // Without a prototype, V8 has a hash table for the exports. Otherwise, each of hundreds changes the object's hidden class.
  const module = { exports: Object.create(null) as object, loaded: true };
  require.cache[file] = module as NodeJS.Module;
  const body = script.runInThisContext() as (...wrapped: readonly unknown[]) => void;
  body.call(module.exports, module.exports, require, module, file, dirname(file));
  return cachedData === undefined || script.cachedDataRejected === true
    ? () => writeCache(path, code, script)
    : undefined;
}

/** The folder of code caches of this user; undefined if there is none, or Node must not have any or has its own. */
function cacheFolder(env: NodeJS.ProcessEnv): string | undefined {
  if (isSet(env["NODE_DISABLE_COMPILE_CACHE"]) || isSet(env["NODE_COMPILE_CACHE"])) return undefined;
  const { XDG_CACHE_HOME: given = "", HOME: home = "", LOCALAPPDATA: local = "" } = env;
  const above = isAbsolute(given) ? given : process.platform === "win32" ? local : home && join(home, ".cache");
  return isAbsolute(above) ? join(above, "crllint") : undefined;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}

/** The text of a CommonJS file, in ASCII, as a function: made in one piece, since joining half a megabyte takes time. */
function readWrapped(file: string): Buffer {
  const [head, tail] = ["(function (exports, require, module, __filename, __dirname) { ", "\n})"];
  const descriptor = openSync(file, "r");
  try {
    const { size } = fstatSync(descriptor);
    const code = Buffer.allocUnsafe(head.length + size + tail.length);
    code.write(head, "latin1");
    readSync(descriptor, code, head.length, size, 0);
    code.write(tail, head.length + size, "latin1");
    return code;
  } finally {
    closeSync(descriptor);
  }
}

/** Reads a code cache that only this user can have written, if it is whole and of this code. V8 checks only lengths. */
function readCache(path: string, code: Buffer): Buffer | undefined {
  try {
    if (!isPrivate(dirname(path))) return undefined;
    const descriptor = openSync(path, "r");
    try {
      if (!isOwn(fstatSync(descriptor))) return undefined;
      const cache = readFileSync(descriptor);
      const cachedData = cache.subarray(digestLength);
      return digest(code, cachedData).equals(cache.subarray(0, digestLength)) ? cachedData : undefined;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

/** Writes a code cache, if this user has a folder for it. Otherwise, the next start compiles again. */
function writeCache(path: string, code: Buffer, script: Script): void {
  try {
    const folder = dirname(path);
    for (const each of [dirname(folder), folder]) makePrivate(each);
    if (!isPrivate(folder)) return;
    // Where no file can be made, V8 need not be asked.
    const temporary = `${path}.${process.pid}`;
    writeFileSync(temporary, "", { flag: "wx", mode: 0o600 });
    try {
      const cachedData = script.createCachedData();
      writeFileSync(temporary, Buffer.concat([digest(code, cachedData), cachedData]));
      renameSync(temporary, path);
    } catch {
      rmSync(temporary, { force: true });
    }
  } catch {
    // The folder cannot be written to.
  }
}

function digest(code: Buffer, cachedData: Buffer): Buffer {
  // Loaded only where there is something to check.
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256").update(code).update(cachedData).digest();
}

/** Makes a folder if there is none, but not in that of another user: `sudo` keeps the home of the user. */
function makePrivate(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false }) !== undefined || !isOwn(statSync(dirname(folder)))) return;
  mkdirSync(folder, { mode: 0o700 });
}

/** Whether only this user can add, rename and remove files in a folder, and can replace the folder. */
function isPrivate(folder: string): boolean {
  return isOwn(statSync(folder)) && isOwn(statSync(dirname(folder)));
}

/** Whether a file or folder belongs to this user, and no other user can write to it. Windows protects the profile. */
function isOwn({ uid, mode }: Stats): boolean {
  const user = process.geteuid?.();
  return user === undefined || (uid === user && (mode & othersWrite) === 0);
}
