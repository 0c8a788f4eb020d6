import { isUtf8 } from "node:buffer";
import { type Dirent, existsSync, readdirSync } from "node:fs";
import { sep } from "node:path";

/** An item of a directory. */
export type DirectoryItem = Pick<Dirent, "name" | "isFile" | "isDirectory" | "isSymbolicLink">;

/** An item of a directory with a name that is not UTF-8: no path leads to it, because paths are text. */
export interface UnnamedItem {
  /** Its name as paths have it: U+FFFD stands for the bytes that are not UTF-8. */
  readonly name: string;
  /** Its name with the bytes that are not ASCII as `\xff`. */
  readonly shown: string;
  /** Reason why it is not read. */
  readonly fault: string;
  readonly isDirectory: boolean;
}

/** The items of a directory. */
export interface Listing {
  readonly items: readonly DirectoryItem[];
  /** Files, directories and links with names that are not UTF-8. */
  readonly unnamed: readonly UnnamedItem[];
}

/** The character in text for bytes that are not UTF-8. */
const replaced = "\u{fffd}";

/**
 * Returns the items of a directory.
 *
 * @throws as readdir does
 */
export function listDirectory(path: string): Listing {
  const items = readdirSync(path, { withFileTypes: true });
  // A name with U+FFFD may be one in other bytes. Names as bytes take longer, and few directories need them.
  if (!items.some(({ name }) => name.includes(replaced))) return { items, unnamed: [] };
  const raw = readdirSync(path, { withFileTypes: true, encoding: "buffer" });
  const isReadable = ({ name }: Dirent<Buffer>): boolean => isUtf8(name);
  return {
    items: raw.filter(isReadable).map((item) => ({
      name: item.name.toString(),
      isFile: () => item.isFile(),
      isDirectory: () => item.isDirectory(),
      isSymbolicLink: () => item.isSymbolicLink(),
    })),
    unnamed: raw
      // Files that could block are not read: a pipe, a socket, a device.
      .filter((item) => !isReadable(item) && (item.isFile() || item.isDirectory() || item.isSymbolicLink()))
      .map((item) => ({
        name: item.name.toString(),
        shown: Array.from(item.name, showByte).join(""),
        fault: `the name of this ${item.isDirectory() ? "directory" : "file"} is not UTF-8; rename it`,
        isDirectory: item.isDirectory(),
      })),
  };
}

function showByte(byte: number): string {
  if (byte >= 0x80) return String.raw`\x${byte.toString(16)}`;
  const character = String.fromCharCode(byte);
  return character === "\\" ? String.raw`\\` : character;
}

/**
 * Returns the reason why a path that was given does not name one file: Node reads a name that is not UTF-8 with U+FFFD,
 * and another file may have the resulting name.
 */
export function faultOfName(path: string): string | undefined {
  if (!path.includes(replaced)) return undefined;
  if (hasNamesake(path)) return "a file or directory whose name is not UTF-8 may be meant; rename it";
  return existsSync(path) ? undefined : "no such file or directory; its name may not be UTF-8: rename it";
}

function hasNamesake(path: string): boolean {
  const separator = sep === "/" ? /(?<=\/)/u : /(?<=[\\/])/u;
  let folder = "";
  for (const part of path.split(separator)) {
    const name = part.replace(/[\\/]$/u, "");
    if (name.includes(replaced) && unnamedIn(folder).some((item) => item.name === name)) return true;
    folder += part;
  }
  return false;
}

function unnamedIn(folder: string): readonly UnnamedItem[] {
  try {
    return listDirectory(folder === "" ? "." : folder).unnamed;
  } catch {
    // The error is reported when the path is read.
    return [];
  }
}
