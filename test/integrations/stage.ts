import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { kit } from "../../src/fixture/index.ts";
import { readPackage } from "../support/package.ts";
import { reversedCrl, Workbench } from "../cli/workbench.ts";
import { builtMain } from "../support/built.ts";

/** Directory of the project. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** Returns a file of the project as text. */
export function readProjectFile(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** Parses a YAML file of the project. A duplicate key or a tab is an error. */
export function readYaml(path: string): unknown {
  return parse(readProjectFile(path));
}

/** The version of the project. */
export const { version } = readPackage();

/** Exit code and output of a script. */
export interface ScriptResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Program that starts the crllint on the path. */
const startCrllint = `const { spawnSync } = require("node:child_process");
process.exitCode = spawnSync("crllint", process.argv.slice(2), { stdio: "inherit" }).status;
`;

/**
 * A directory with a CA, a valid CRL, and one with a reversed issuer, in which scripts run as on build servers.
 * `crllint` is the command in src/; substitutes for `npm` and `npx` build or install it in the same place as the real ones. `clone` is a clone of the
 * project.
 */
export class Stage extends Workbench {
  constructor() {
    super();
    this.put("ca/ca.pem", kit.ca.certificate);
    this.put("good/good.crl", kit.crl().crl);
    this.put("crls/reversed.crl", reversedCrl());
    const node = `'${process.execPath}' '${builtMain()}'`;
    this.program("bin/crllint", `export CRLLINT_NOW=2026-11-04T00:00:00Z\nexec ${node} "$@"\n`);
    this.program("bin/npx", `printf '%s\\n' "$1" "$2" "$3" > npx-arguments\nshift 3\nexec crllint "$@"\n`);
    this.put("clone/package.json", readProjectFile("package.json"));
    this.put("main.cjs", startCrllint);
    this.program(
      "bin/npm",
      `printf '%s\\n' "$@" >> '${this.folder}/npm-arguments'
case $1 in
  install) into="$3/node_modules/crllint" ;;
  *) into=. ;;
esac
mkdir -p "$into/dist/cli"
cp '${this.folder}/main.cjs' "$into/dist/cli/main.cjs"
`,
    );
  }

  /** Writes a program for the POSIX shell. */
  program(name: string, text: string): void {
    chmodSync(this.put(name, `#!/bin/sh\n${text}`), 0o755);
  }

  /** Reads an output file of a script. */
  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  /** Runs a script in bash with these options, and with this environment in addition to PATH. */
  bash(options: readonly string[], script: string, env: Readonly<Record<string, string>> = {}): ScriptResult {
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
