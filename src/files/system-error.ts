import { escapeText } from "../name/escape.ts";

/** Meaning of codes of the system. Codes that are not in the table are shown themselves. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file or directory",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "this is a directory",
  ENOTDIR: "a part of its path is not a directory",
  EEXIST: "a file of this name already exists",
  ELOOP: "symbolic link loop",
  ENAMETOOLONG: "its name is too long",
  ENXIO: "this is a socket or a device, not a file",
  EIO: "the device reports an error",
  EMFILE: "too many files are open",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EPIPE: "its reader closed the pipe",
  EADDRINUSE: "the address is in use",
  EADDRNOTAVAIL: "this machine does not have the address",
};

/** Returns the code of an error of the system, such as `ENOENT`; undefined for other errors. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** Returns the reason of an error of the system in words, and the escaped message of any other error. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code !== undefined) return reasons[code] ?? `the system reports ${escapeText(code)}`;
  return escapeText(error instanceof Error ? error.message : String(error));
}

/** Returns the reason why a file could not be written, as `reasonOf`. */
export function whyNotWritten(error: unknown): string {
  return codeOf(error) === "ENOENT" ? "no such directory" : reasonOf(error);
}
