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

/** Number of bytes of the digest at the start of a code cache. */
const digestLength = 32;

/** Mode bits that let other users write. */
const othersWrite = 0o022;

/**
 * Loads the core of the bundle with the code that V8 compiled in an earlier start: compiling takes longer than linting
 * a CRL. Afterwards, `require` finds the core loaded. Without a directory for code caches, it does nothing, and
 * `require` loads the core like any other file.
 *
 * @param file path of the core
 * @param require `require` of a module in the same directory
 * @returns a function that stores the code that V8 has compiled by then; undefined if it was stored before, or there is
 * no such directory
 */
export function loadCore(file: string, require: NodeJS.Require, env: NodeJS.ProcessEnv): (() => void) | undefined {
  const folder = cacheFolder(env);
  if (folder === undefined) return undefined;
  const [v8 = ""] = process.versions.v8.split("-");
  const path = join(folder, `core-${v8}-${process.platform}-${process.arch}.cache`);
  const { code, identity } = readCore(file);
  const text = code.toString("latin1");
  const cachedData = readCache(path, identity);
  const script = new Script(text, { filename: file, ...(cachedData && { cachedData }) });
  try {
    // Without a prototype, V8 stores the exports in a hash table. Otherwise, each of hundreds changes the object's
    // hidden class.
    const module = { exports: Object.create(null) as object, loaded: true };
    require.cache[file] = module as NodeJS.Module;
    const body = script.runInThisContext() as (...wrapped: readonly unknown[]) => void;
    body.call(module.exports, module.exports, require, module, file, dirname(file));
  } catch (error) {
    if (cachedData === undefined) throw error;
    // V8 has been seen to store code that is wrong when it is loaded. `require` compiles the core again; another Script
    // with the same text would have the wrong code again. The next start stores it.
    Reflect.deleteProperty(require.cache, file);
    rmSync(path, { force: true });
    return undefined;
  }
  const isUsed = cachedData !== undefined && script.cachedDataRejected !== true;
  return isUsed ? undefined : () => writeCache(path, identity, script);
}

/**
 * Returns this user's directory for code caches; undefined if there is none, or if Node's own cache is in use or
 * disabled.
 */
function cacheFolder(env: NodeJS.ProcessEnv): string | undefined {
  if (isSet(env["NODE_DISABLE_COMPILE_CACHE"]) || isSet(env["NODE_COMPILE_CACHE"])) return undefined;
  const { XDG_CACHE_HOME: given = "", HOME: home = "", LOCALAPPDATA: local = "" } = env;
  const above = isAbsolute(given) ? given : process.platform === "win32" ? local : home && join(home, ".cache");
  return isAbsolute(above) ? join(above, "crllint") : undefined;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}

interface Core {
  /** The file, which is in ASCII, in the function that Node puts around each CommonJS file. */
  readonly code: Buffer;
  /** Changes when the file changes. */
  readonly identity: string;
}

function readCore(file: string): Core {
  const [head, tail] = ["(function (exports, require, module, __filename, __dirname) { ", "\n})"];
  const descriptor = openSync(file, "r");
  try {
    const { size, mtimeMs } = fstatSync(descriptor);
    // One buffer, since joining half a megabyte takes time.
    const code = Buffer.allocUnsafe(head.length + size + tail.length);
    code.write(head, "latin1");
    readSync(descriptor, code, head.length, size, 0);
    code.write(tail, head.length + size, "latin1");
    // The first line is a digest of the rest, which the bundler wrote. The time shows later changes by hand; alone, it
    // does not suffice, because npm sets it to the same date in all packages.
    const firstLine = code.subarray(head.length, code.indexOf("\n")).toString("latin1");
    return { code, identity: `${firstLine} ${mtimeMs}` };
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Reads a code cache if it is undamaged, belongs to the core with this identity, and can only have been written by this
 * user. V8 checks only lengths.
 */
function readCache(path: string, identity: string): Buffer | undefined {
  try {
    if (!isPrivate(dirname(path))) return undefined;
    const descriptor = openSync(path, "r");
    try {
      if (!isOwn(fstatSync(descriptor))) return undefined;
      const cache = readFileSync(descriptor);
      const cachedData = cache.subarray(digestLength);
      return digest(identity, cachedData).equals(cache.subarray(0, digestLength)) ? cachedData : undefined;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

/** Writes a code cache if this user has a directory for it. Otherwise, the next start compiles again. */
function writeCache(path: string, identity: string, script: Script): void {
  try {
    const folder = dirname(path);
    for (const each of [dirname(folder), folder]) makePrivate(each);
    if (!isPrivate(folder)) return;
    // Creates the file first: if that fails, V8 need not create the cache.
    const temporary = `${path}.${process.pid}`;
    writeFileSync(temporary, "", { flag: "wx", mode: 0o600 });
    try {
      const cachedData = script.createCachedData();
      writeFileSync(temporary, Buffer.concat([digest(identity, cachedData), cachedData]));
      renameSync(temporary, path);
    } catch {
      rmSync(temporary, { force: true });
    }
  } catch {
    // The directory is not writable.
  }
}

function digest(identity: string, cachedData: Buffer): Buffer {
  // Loaded only if there is something to check.
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256").update(identity).update(cachedData).digest();
}

/** Creates a directory if it does not exist, but not in a directory of another user: `sudo` keeps the user's home. */
function makePrivate(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false }) !== undefined || !isOwn(statSync(dirname(folder)))) return;
  mkdirSync(folder, { mode: 0o700 });
}

/** Whether only this user can add, rename and remove files in a directory, and can replace the directory. */
function isPrivate(folder: string): boolean {
  return isOwn(statSync(folder)) && isOwn(statSync(dirname(folder)));
}

/**
 * Whether a file or directory belongs to this user, and no other user can write to it. On Windows, the user's profile
 * is protected by the system.
 */
function isOwn({ uid, mode }: Stats): boolean {
  const user = process.geteuid?.();
  return user === undefined || (uid === user && (mode & othersWrite) === 0);
}
