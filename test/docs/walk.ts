import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { builtMain } from "../support/built.ts";
import { findTool } from "../support/tools.ts";

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

/** The programs of this machine that commands of pages may use. All others, such as `aws`, are substitutes. */
const tools = "bash basename cat chmod cmp cosign cp mkdir mv openssl rm sed sh ssh-keygen touch".split(" ");

/** An empty directory in which a test runs the commands of a page, with `crllint` on the path. */
export class Walk {
  readonly #home = mkdtempSync(join(tmpdir(), "crllint-walk-"));
  /** Path of the directory. */
  readonly folder = join(this.#home, "here");

  static begin(): Walk {
    const walk = new Walk();
    mkdirSync(walk.folder);
    mkdirSync(join(walk.#home, "bin"));
    mkdirSync(join(walk.#home, "tools"));
    for (const tool of tools) {
      const program = findTool(tool);
      if (program !== undefined) symlinkSync(program, join(walk.#home, "tools", tool));
    }
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
      cwd: this.folder,
      // Nothing else from the environment of the tests, which may have options of crllint or keys of a cloud.
      env: {
        PATH: ["bin", "tools"].map((name) => join(this.#home, name)).join(delimiter),
        HOME: this.#home,
        NO_COLOR: "1",
        ...env,
      },
      // If its input is a socket, as Node's pipes are, bash may read .bashrc, which can change PATH.
      stdio: ["ignore", "pipe", "pipe"],
      encoding: "utf8",
    });
    return { code: status, out: stdout, err: stderr };
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
