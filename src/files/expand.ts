import { type Dirent, existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

/** A file to read. */
export interface Operand {
  /** Path as it was given or found; `-` for standard input. */
  readonly path: string;
  /** Whether it was named, by itself or by a pattern; false for what a directory was found to hold. */
  readonly isNamed: boolean;
}

/** An operand, or a directory below one, without any file. */
export interface EmptyOperand {
  readonly path: string;
  /** Why not. */
  readonly fault: string;
}

const suffixes = [".crl", ".der", ".pem", ".cer", ".crt"];

const nothing = "this directory holds no file with one of the suffixes";

const magic = /[*?[\]{}!()]/u;

/**
 * The files that operands name: directories are walked, patterns that are not the name of a file are expanded (Windows
 * shells do not expand them). Each file comes once, at the first place it is met; what a directory
 * or a pattern holds is in the order of code units.
 */
export async function expandOperands(operands: readonly string[]): Promise<readonly (Operand | EmptyOperand)[]> {
  const found: (Operand | EmptyOperand)[] = [];
  const known = new Set<string>();
  const add = (path: string, isNamed: boolean): void => {
    const key = path === "-" ? path : resolve(path);
    if (known.has(key)) return;
    known.add(key);
    found.push({ path, isNamed });
  };
  for (const path of operands) {
    if (path === "-") add(path, true);
    else if (isDirectory(path)) {
      const { files, unread } = walk(path);
      if (files.length === 0 && unread.length === 0) found.push({ path, fault: `${nothing} ${suffixes.join(" ")}` });
      for (const directory of unread) found.push({ path: directory, fault: "this directory cannot be read" });
      for (const file of files) add(file, false);
    } else if (magic.test(path) && !existsSync(path)) {
      const files = await matchPattern(path);
      if (files.length === 0) found.push({ path, fault: "no file matches this pattern" });
      for (const file of files) add(file, true);
    } else add(path, true);
  }
  return found;
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    // Reading it reports what is wrong.
    return false;
  }
}

async function matchPattern(pattern: string): Promise<readonly string[]> {
  const { glob } = await import("tinyglobby");
  const files = await glob(pattern.replaceAll("\\", "/"), { expandDirectories: false, followSymbolicLinks: false });
  return files.toSorted();
}

interface Walked {
  readonly files: readonly string[];
  /** Directories that cannot be read. */
  readonly unread: readonly string[];
}

/** Files below a directory whose suffix may be that of a CRL or a certificate. Links to directories are not followed. */
function walk(top: string): Walked {
  const files: string[] = [];
  const unread: string[] = [];
  const open = [top];
  for (let directory = open.pop(); directory !== undefined; directory = open.pop()) {
    const entries = listDirectory(directory);
    if (entries === undefined) unread.push(directory);
    for (const entry of entries ?? []) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith(".") && entry.name !== "node_modules") open.push(path);
      } else if (suffixes.some((suffix) => entry.name.toLowerCase().endsWith(suffix))) files.push(path);
    }
  }
  return { files: files.toSorted(), unread: unread.toSorted() };
}

function listDirectory(directory: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return undefined;
  }
}
