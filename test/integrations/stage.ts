import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { kit } from "../../src/fixture/index.ts";
import { readPackage } from "../support/package.ts";
import { reversedCrl, Workbench } from "../cli/workbench.ts";

/** Folder of the project. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** A file of the project as text. */
export function readProjectFile(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** A YAML file of the project; a duplicate key or a tab is an error. */
export function readYaml(path: string): unknown {
  return parse(readProjectFile(path));
}

/** The version that the files of the project are about. */
export const { version } = readPackage();

/** What a script wrote, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * A folder with a CA, a sound CRL, and one whose issuer is reversed, in which scripts run as build servers run them.
 * `crllint` is the command in src/; `npm` and `npx` are stand-ins that put it in the place where the real ones would.
 */
export class Stage extends Workbench {
  constructor() {
    super();
    this.put("ca/ca.pem", kit.ca.certificate);
    this.put("good/good.crl", kit.crl().crl);
    this.put("crls/reversed.crl", reversedCrl());
    const main = join(root, "src/cli/main.ts");
    const node = `'${process.execPath}' --import '${import.meta.resolve("tsx")}' '${main}'`;
    this.program("bin/crllint", `export CRLLINT_NOW=2026-11-04T00:00:00Z\nexec ${node} "$@"\n`);
    this.program("bin/npx", `printf '%s\\n' "$1" "$2" > npx-arguments\nshift 2\nexec crllint "$@"\n`);
    this.program(
      "bin/npm",
      `printf '%s\\n' "$@" > npm-arguments
mkdir -p "$3/node_modules/.bin"
cp "$(command -v crllint)" "$3/node_modules/.bin/crllint"
`,
    );
  }

  /** Writes a program for the POSIX shell. */
  program(name: string, text: string): void {
    chmodSync(this.put(name, `#!/bin/sh\n${text}`), 0o755);
  }

  /** Reads a file that a script has written. */
  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  /** Runs a script with these arguments of bash and this environment beside PATH. */
  bash(options: readonly string[], script: string, env: Readonly<Record<string, string>> = {}): Ended {
    const file = join(this.folder, "tmp/script.sh");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, script);
    const { status, stdout, stderr } = spawnSync("bash", [...options, file], {
      cwd: this.folder,
      encoding: "utf8",
      env: { PATH: `${this.folder}/bin:${process.env["PATH"]}`, HOME: this.folder, ...env },
    });
    return { code: status, out: stdout, err: stderr };
  }
}
