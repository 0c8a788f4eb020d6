import { type ChildProcessByStdio, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { root } from "./markdown.ts";

/** What some shell text wrote to standard output, and how it ended. */
interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What one of several commands wrote to standard output, and how it ended. */
interface Pasted {
  readonly code: number;
  readonly out: string;
}

/** An empty folder in which somebody pastes what a page says, with `crllint` on the path. */
export class Walk {
  readonly #home = mkdtempSync(join(tmpdir(), "crllint-walk-"));
  /** The folder. */
  readonly folder = join(this.#home, "here");

  /** Builds the command, as the package has it, beside the folder. */
  static begin(): Walk {
    const walk = new Walk();
    mkdirSync(walk.folder);
    const script = fileURLToPath(new URL("scripts/bundle.ts", root));
    execFileSync(process.execPath, ["--import", "tsx", script, walk.#home], { cwd: root, stdio: "pipe" });
    symlinkSync(fileURLToPath(new URL("node_modules", root)), join(walk.#home, "node_modules"), "dir");
    const main = join(walk.#home, "cli", "main.cjs");
    mkdirSync(join(walk.#home, "bin"));
    walk.command("crllint", `exec "${process.execPath}" "${main}" "$@"`);
    // npx finds what a project has installed; that is what this stands for.
    walk.command("npx", 'exec "$@"');
    return walk;
  }

  /** Runs shell text in the folder, as it is pasted. A pipe fails with any of its commands. */
  run(text: string, env: NodeJS.ProcessEnv = {}): Ended {
    const { status, stdout, stderr } = spawnSync("bash", ["-o", "pipefail", "-c", text], {
      ...this.#place(env),
      encoding: "utf8",
    });
    return { code: status, out: stdout, err: stderr };
  }

  /** Starts a command that goes on until it is told to end. */
  start(command: string, env: NodeJS.ProcessEnv = {}): ChildProcessByStdio<null, Readable, null> {
    // Signals are then for the command, and not for a shell in front of it.
    return spawn("bash", ["-c", `exec ${command}`], { ...this.#place(env), stdio: ["ignore", "pipe", "inherit"] });
  }

  #place(env: NodeJS.ProcessEnv) {
    const path = [join(this.#home, "bin"), process.env["PATH"]].join(delimiter);
    return { cwd: this.folder, env: { ...process.env, PATH: path, NO_COLOR: "1", ...env } };
  }

  /** Runs commands one behind the other in one shell, as they are pasted; gives what each wrote, and how it ended. */
  paste(commands: readonly string[], env: NodeJS.ProcessEnv = {}): { ended: Pasted[]; err: string } {
    const { out, err } = this.run(commands.map((command) => `${command}\nprintf '@@@%s\\n' $?\n`).join(""), env);
    const ended = [...out.matchAll(/(?<text>[^]*?)@@@(?<code>\d+)\n/gu)].map(({ groups }) => {
      return { out: groups?.["text"] ?? "", code: Number(groups?.["code"]) };
    });
    return { ended, err };
  }

  /** Puts another command on the path. */
  command(name: string, script: string): void {
    writeFileSync(join(this.#home, "bin", name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  /** Puts a file into the folder, or below it. */
  put(name: string, content: Uint8Array | string): void {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** Takes the folder away. */
  end(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }
}

/**
 * What a page shows of some output, as a regular expression: `...` on a line of its own stands for any lines, at the
 * end of one for the rest of it.
 */
export function shown(text: string): RegExp {
  const lines = text.trimEnd().split("\n");
  const patterns = lines.map((line) => {
    if (line === "...") return "(?:.*\n)*?";
    const [head, rest] = line.endsWith("...") ? [line.slice(0, -3), ".*"] : [line, ""];
    return `${head.replaceAll(/[\\^$.*+?()[\]{}|]/gu, "\\$&")}${rest}\n`;
  });
  return new RegExp(`^${patterns.join("")}$`, "u");
}
