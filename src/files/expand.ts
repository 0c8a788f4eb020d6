import { type Dirent, existsSync, readdir, realpathSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { Severity } from "../rule/report.ts";
import { faultOfName, type Listing, listDirectory } from "./list-directory.ts";
import { codeOf, reasonOf } from "./system-error.ts";

/** A file to read. */
export interface Operand {
  /** Path as given or found; `-` for standard input. */
  readonly path: string;
  /** Whether it was named, directly or by a pattern; false for a file found in a directory. */
  readonly isNamed: boolean;
  /** The directory that it was found in, as given; undefined for a named file. */
  readonly folder?: string;
}

/** An operand without any file, or a directory or link below one. */
export interface EmptyOperand {
  readonly path: string;
  /** Reason why there is none. */
  readonly fault: string;
  readonly severity: Severity;
  /** Set for a link that leads to no file, and for a file without a usable name: it is counted as unreadable. */
  readonly isCounted?: true;
}

/** Directories of version control: they contain copies of the files next to them. */
export const versionControl: ReadonlySet<string> = new Set([
  ".git",
  ".hg",
  ".svn",
  ".bzr",
  ".jj",
  ".sl",
  "_darcs",
  "CVS",
]);

/** Names of CRLs and certificates. OpenSSL names them `12d0da68.r0` and `12d0da68.0` in a directory. */
const names = /\.(?:crl|arl|der|pem|cer|crt|r[0-9]+|p7b|p7c|ldif)$|(?:^|[/\\])[0-9a-f]{8}\.[0-9]+$/iu;

const magic = /[*?[\]{}!()]/u;

/** Whether a file is named like a CRL or a certificate. */
export function isNamedLikeObject(path: string): boolean {
  return names.test(path);
}

/**
 * Returns the files that operands name. Directories are searched, and patterns that are not the name of a file are
 * expanded (Windows shells do not expand them). Each file is returned once, by whatever path, at the first position at
 * which it is found. Files of a directory or a pattern are in the order of code units.
 */
export async function expandOperands(operands: readonly string[]): Promise<readonly (Operand | EmptyOperand)[]> {
  const found: (Operand | EmptyOperand)[] = [];
  const known = new Set<string>();
  const add = (operand: Operand, key: string): void => {
    if (known.has(key)) return;
    known.add(key);
    found.push(operand);
  };
  const unreadPaths = new Set<string>();
  const addUnread = (operand: EmptyOperand): void => {
    const key = identityOf(operand.path);
    if (!unreadPaths.has(key)) found.push(operand);
    unreadPaths.add(key);
  };
  const addPath = (path: string): void => {
    const fault = faultOfUrl(path);
    if (fault !== undefined) {
      found.push({ path, fault, severity: "error" });
      return;
    }
    if (!isDirectory(path)) {
      add({ path, isNamed: true }, identityOf(path));
      return;
    }
    const nameFault = faultOfName(path);
    if (nameFault !== undefined) {
      addUnread({ path, fault: nameFault, severity: "error" });
      return;
    }
    const { files, unread } = new Walk(path).run();
    if (files.length === 0 && unread.length === 0) {
      found.push({ path, fault: "this directory holds no file", severity: "error" });
    }
    for (const each of unread) addUnread(each);
    for (const { path: file, real } of files) add({ path: file, isNamed: false, folder: path }, real);
  };
  for (const path of operands) {
    if (path === "-") add({ path, isNamed: true }, path);
    else if (magic.test(path) && !existsSync(path)) {
      const { paths, unread } = await matchPattern(path);
      if (paths.length + unread.length === 0) {
        found.push({ path, fault: "no file matches this pattern", severity: "error" });
      }
      for (const each of unread) addUnread(each);
      for (const each of paths) addPath(each);
    } else addPath(path);
  }
  return found;
}

/** Advice for a CRL that only a directory service has. */
export const ldapAdvice = "save the CRL with: ldapsearch -LLL -H HOST -b DN > crl.ldif, then lint that file";

/** Returns the reason why a URL is not read, and an alternative. */
function faultOfUrl(path: string): string | undefined {
  const scheme = /^(?<scheme>https?|ldaps?|ftp):\/\//iu.exec(path)?.groups?.["scheme"]?.toLowerCase();
  if (scheme === undefined || existsSync(path)) return undefined;
  if (scheme.startsWith("http")) return "this is a URL; fetch and lint it with: crllint fetch --issuer ca.pem URL";
  if (scheme === "ftp") return "this is a URL that crllint does not fetch; download the CRL, then lint the file";
  return `this is an LDAP URL, which crllint does not fetch; ${ldapAdvice}`;
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    // The error is reported when it is read.
    return false;
  }
}

/** Files and directories that a pattern matches, and directories that it looks into and that cannot be read. */
interface Matches {
  readonly paths: readonly string[];
  readonly unread: readonly EmptyOperand[];
}

/** Returns the files and directories that a pattern matches, as in a shell. Links to directories are followed. */
async function matchPattern(pattern: string): Promise<Matches> {
  const { escapePath, glob } = await import("tinyglobby");
  const slashed = pattern.replaceAll("\\", "/");
  // An existing directory is matched literally: C:\Program Files (x86)\crls\*.crl.
  const folder = slashed.slice(0, slashed.slice(0, slashed.search(/[*?{]|$/u)).lastIndexOf("/") + 1);
  const literal = existsSync(folder) ? folder : "";
  // The library treats a directory that cannot be read as an empty one.
  const closed = new Map<string, string>();
  const listing = ((directory: string, options: { withFileTypes: true }, done: (...given: Listed) => void) => {
    readdir(directory, options, (error, entries) => {
      if (error !== null && !nowhere.has(codeOf(error) ?? "")) closed.set(directory, notListed(error));
      done(error, entries);
    });
  }) as typeof readdir;
  const options = { expandDirectories: false, onlyFiles: false, fs: { readdir: listing } };
  const rest = slashed.slice(literal.length);
  if (climbsFromName(rest)) {
    const fault = "a pattern must not have .. after a wildcard";
    return { paths: [], unread: [{ path: pattern, fault, severity: "error" }] };
  }
  // The library removes `..` together with the name before it, even if that is a link: it starts after both.
  const isLeftOut = climbsFromName(literal);
  const from = isLeftOut ? identityOf(literal) : process.cwd();
  const matched = await glob(isLeftOut ? rest : escapePath(literal) + rest, { ...options, cwd: from });
  const pathOf = (path: string): string => `${isLeftOut ? literal : ""}${path}`;
  const found = new Set(matched.map((path) => pathOf(path.replace(/(?<=.)\/$/u, ""))));
  const unread = [...closed]
    .map(([directory, fault]): EmptyOperand => {
      return { path: pathOf(relative(from, directory) || (isLeftOut ? "" : ".")), fault, severity: "error" };
    })
    // A directory that the pattern matches is reported when it is searched.
    .filter(({ path }) => !found.has(path));
  return { paths: [...found].toSorted(), unread: unread.toSorted(byPath) };
}

/** Codes of a path without a directory: links may form a loop. */
const nowhere: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "ELOOP"]);

type Listed = [error: Error | null, entries: readonly Dirent[]];

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : 1;
}

/** A file of a directory. */
interface FoundFile {
  readonly path: string;
  /** Its path without links. */
  readonly real: string;
}

/** Searches a directory for files of any name. */
class Walk {
  readonly #top: string;
  readonly #files = new Map<string, string>();
  readonly #unread: EmptyOperand[] = [];
  /** Real paths of the directories that were searched. */
  readonly #walked = new Set<string>();
  readonly #open: { readonly path: string; readonly real: string }[] = [];
  readonly #links: string[] = [];

  constructor(top: string) {
    this.#top = top;
  }

  run(): { readonly files: readonly FoundFile[]; readonly unread: readonly EmptyOperand[] } {
    this.#open.push({ path: this.#top, real: identityOf(this.#top) });
    for (;;) {
      const directory = this.#open.pop();
      if (directory !== undefined) this.#list(directory);
      else {
        // Links come last, so a file that is also found directly is listed by its own name.
        const link = this.#links.pop();
        if (link === undefined) break;
        this.#follow(link);
      }
    }
    const files = Array.from(this.#files, ([real, path]): FoundFile => ({ path, real }));
    return { files: files.toSorted(byPath), unread: this.#unread.toSorted(byPath) };
  }

  #list({ path, real }: { readonly path: string; readonly real: string }): void {
    if (this.#walked.has(real)) return;
    this.#walked.add(real);
    const listing = tryToList(path);
    if (typeof listing === "string") return this.#report(path, listing);
    for (const { shown, fault, isDirectory: isFolder } of listing.unnamed) {
      const at = pathIn(path, shown);
      this.#unread.push({ path: at, fault, severity: "error", ...(!isFolder && { isCounted: true }) });
    }
    for (const entry of listing.items) {
      const { name } = entry;
      const at = { path: pathIn(path, name), real: join(real, name) };
      if (entry.isDirectory()) {
        if (!versionControl.has(name)) this.#open.push(at);
      } else if (entry.isSymbolicLink()) this.#links.push(at.path);
      // Files that could block are not read: a pipe, a socket, a device.
      else if (entry.isFile()) this.#files.set(at.real, at.path);
    }
  }

  #follow(path: string): void {
    const real = realPath(path);
    const status = real === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
    if (real === undefined || status === undefined) {
      // Whatever its name is, it may be the link to the current CRL.
      const fault = "this symbolic link leads nowhere";
      this.#unread.push({ path, fault, severity: "error", isCounted: true });
    } else if (status.isFile()) {
      if (!this.#files.has(real)) this.#files.set(real, path);
    } else if (status.isDirectory() && !this.#walked.has(real)) {
      if (contains(real, identityOf(this.#top))) {
        this.#report(path, "not followed: this symbolic link leads to a directory that contains this one", "notice");
      } else this.#open.push({ path, real });
    }
  }

  #report(path: string, fault: string, severity: Severity = "error"): void {
    this.#unread.push({ path, fault, severity });
  }
}

function contains(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/** Returns text that is the same for all paths of one file or directory: removing `..` could lead through a link. */
export function identityOf(path: string): string {
  return realPath(path) ?? (climbsFromName(path) ? path : resolve(path));
}

/** Returns the path without links; undefined if it leads nowhere. If it is not UTF-8, each byte is a character. */
function realPath(path: string): string | undefined {
  try {
    const real = realpathSync.native(path);
    return real.includes("\u{fffd}") ? realpathSync.native(path, { encoding: "latin1" }) : real;
  } catch {
    return undefined;
  }
}

/** Returns the path of an item of a directory, in its shortest form if that is the same path. */
export function pathIn(folder: string, name: string): string {
  if (!climbsFromName(folder)) return join(folder, name);
  return folder.endsWith("/") || folder.endsWith(sep) ? `${folder}${name}` : `${folder}${sep}${name}`;
}

/** Whether `..` comes after a name in a path. If the name is that of a link, the path without both leads elsewhere. */
function climbsFromName(path: string): boolean {
  const parts = path.split(sep === "/" ? "/" : /[\\/]/u).filter((part) => part !== "" && part !== ".");
  return parts.some((part, i) => part === ".." && i > 0 && parts[i - 1] !== "..");
}

/** Returns the items of a directory, or why they cannot be read. */
function tryToList(directory: string): Listing | string {
  try {
    return listDirectory(directory);
  } catch (error) {
    return notListed(error);
  }
}

function notListed(error: unknown): string {
  return `this directory cannot be read: ${reasonOf(error)}`;
}
