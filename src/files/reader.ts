import { type Limits, usualLimits } from "../der/limits.ts";
import { escapePath } from "./escape-path.ts";
import type { Io } from "../cli/io.ts";
import { type FileContent, readFile, readStdin } from "./read-files.ts";

/** Reads what the command line names. Standard input, `-`, is there once. */
export class Reader {
  /** How far what it reads is to be read. */
  readonly limits: Limits;
  readonly #io: Io;
  readonly #stdinName: string;
  #hasReadStdin = false;

  /** @param stdinName what standard input is called in reports */
  constructor(io: Io, stdinName: string, limits = usualLimits) {
    this.limits = limits;
    this.#io = io;
    this.#stdinName = stdinName;
  }

  /** A path as reports show it. */
  nameOf(path: string): string {
    return escapePath(path === "-" ? this.#stdinName : path);
  }

  /** What a path holds, or why it cannot be had. */
  async read(path: string): Promise<FileContent> {
    if (path !== "-") return readFile(path, this.limits.size);
    if (this.#hasReadStdin) return { fault: "standard input can be read only once" };
    this.#hasReadStdin = true;
    return readStdin(this.#io, this.limits.size);
  }
}
