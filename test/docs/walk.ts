import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { builtMain } from "../support/built.ts";

/** Output and exit code of a shell script. */
interface ShellResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Standard output and exit code of one of several commands. */
interface CommandResult {
  readonly code: number;
  readonly out: string;
}

/** An empty directory in which a test runs the commands of a page, with `crllint` on the path. */
export class Walk {
  readonly #home = mkdtempSync(join(tmpdir(), "crllint-walk-"));
  /** Path of the directory. */
  readonly folder = join(this.#home, "here");

  static begin(): Walk {
    const walk = new Walk();
    mkdirSync(walk.folder);
    mkdirSync(join(walk.#home, "bin"));
    // A gate ignores the environment, so its time is an argument.
    const gateNow = 'case " $* " in *" --gate "*) set -- "$@" ${GATE_NOW:+--now $GATE_NOW} ;; esac';
    walk.command("crllint", `${gateNow}\nexec "${process.execPath}" "${builtMain()}" "$@"`);
    // Replaces npx, which runs commands that a project has installed.
    walk.command("npx", 'case $1 in -*) shift ;; esac\nexec "$@"');
    return walk;
  }

  /** Runs shell text in the directory. A pipe fails if any of its commands fails. */
  run(text: string, env: NodeJS.ProcessEnv = {}): ShellResult {
    const { status, stdout, stderr } = spawnSync("bash", ["-o", "pipefail", "-c", text], {
      ...this.#spawnOptions(env),
      encoding: "utf8",
    });
    return { code: status, out: stdout, err: stderr };
  }

  /** Starts a command that runs until a signal ends it. */
  start(command: string, env: NodeJS.ProcessEnv = {}): ChildProcessByStdio<null, Readable, null> {
    // Signals then reach the command, not the shell that starts it.
    return spawn("bash", ["-c", `exec ${command}`], {
      ...this.#spawnOptions(env),
      stdio: ["ignore", "pipe", "inherit"],
    });
  }

  #spawnOptions(env: NodeJS.ProcessEnv) {
    const path = [join(this.#home, "bin"), process.env["PATH"]].join(delimiter);
    return { cwd: this.folder, env: { ...process.env, PATH: path, NO_COLOR: "1", ...env } };
  }

  /** Runs commands one after another in one shell; returns the output and exit code of each. */
  paste(commands: readonly string[], env: NodeJS.ProcessEnv = {}): { ended: CommandResult[]; err: string } {
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

  /** Writes a file into the directory, or below it. */
  put(name: string, content: Uint8Array | string): void {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** Removes the directory. */
  end(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }
}

/**
 * Returns a regular expression for an output block of a page: `...` on its own line stands for any lines, at the
 * end of a line for the rest of that line.
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
