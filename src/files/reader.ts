import { type Limits, usualLimits } from "../der/limits.ts";
import { escapePath } from "./escape-path.ts";
import {
  type FileHead,
  type InputFile,
  isPipe,
  readFile,
  readPipe,
  readStdin,
  readWanted,
  usualWait,
  type UnreadFile,
} from "./read-files.ts";
import type { World } from "./world.ts";

/** The value of an option that names files. */
export type Paths = string | readonly string[] | undefined;

/** The paths that an option names: none, one or several. */
export function listOf(paths: Paths): readonly string[] {
  return paths === undefined ? [] : [paths].flat();
}

/** Reads the files that a call names. Standard input, `-`, can be read once. */
export class Reader {
  /** How far inputs are read. */
  readonly limits: Limits;
  readonly #world: Pick<World, "readStdin">;
  readonly #stdinName: string;
  readonly #seconds: number;
  #hasReadStdin = false;

  /**
   * @param stdinName what reports call standard input
   * @param seconds maximum time in which standard input, or a pipe, must end
   */
  constructor(world: Pick<World, "readStdin">, stdinName: string, limits = usualLimits, seconds = usualWait) {
    this.limits = limits;
    this.#world = world;
    this.#stdinName = stdinName;
    this.#seconds = seconds;
  }

  /** A path as reports show it. */
  nameOf(path: string): string {
    return escapePath(path === "-" ? this.#stdinName : path);
  }

  /** The file or pipe at a path that was named, or why it cannot be read. */
  async read(path: string): Promise<InputFile | UnreadFile> {
    const name = this.nameOf(path);
    if (path === "-") {
      if (this.#hasReadStdin) return { name, fault: "standard input can be read only once" };
      this.#hasReadStdin = true;
      return readStdin(this.#world, this.limits.size, name, this.#seconds);
    }
    return isPipe(path)
      ? readPipe(path, this.limits.size, name, this.#seconds)
      : readFile(path, this.limits.size, name);
  }

  /** A file of a directory, or only its first bytes if the rest is not wanted. */
  readFound(path: string, isWanted: (head: Uint8Array) => boolean): InputFile | UnreadFile | FileHead {
    return readWanted(path, this.limits.size, isWanted, this.nameOf(path));
  }
}
