import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { builtLibrary } from "../support/built.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");

/** Compiler options of a program that uses the library: the strictest that TypeScript has. */
const compilerOptions = {
  target: "es2023",
  lib: ["es2023"],
  module: "nodenext",
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  // The declarations themselves must also compile.
  skipLibCheck: false,
  outDir: "js",
  rootDir: ".",
};

/** Module that makes `new Date()` return a time at which the CRLs of the kit are valid. */
const clock = `data:text/javascript,${encodeURIComponent(
  "const real = Date; globalThis.Date = class extends real { constructor(...given) { super(...(given.length > 0 ? given : ['2026-11-02'])); } };",
)}`;

/** Program that imports files in order, and prints as JSON the output of each, or its error. */
const runner = `
const outputs = {};
const { write } = process.stdout;
for (const file of process.argv.slice(2)) {
  outputs[file] = "";
  process.stdout.write = (text) => ((outputs[file] += text), true);
  await import(file).catch(({ stack }) => (outputs[file] = stack));
}
process.stdout.write = write;
console.log(JSON.stringify(outputs));
`;

/** A separate project in which the built package is installed as by npm, with its declared exports. */
export class Installed {
  readonly folder = mkdtempSync(join(tmpdir(), "crllint-library-"));

  constructor() {
    const modules = join(this.folder, "node_modules");
    const home = join(modules, "crllint");
    mkdirSync(home, { recursive: true });
    // A copy, because Node looks for packages from the real path of a file.
    cpSync(builtLibrary(), join(home, "dist"), { recursive: true });
    cpSync(join(root, "package.json"), join(home, "package.json"));
    const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    for (const name of [...Object.keys(dependencies), "@types/node", "undici-types"]) {
      mkdirSync(dirname(join(modules, name)), { recursive: true });
      symlinkSync(join(root, "node_modules", name), join(modules, name), "dir");
    }
    this.put("package.json", JSON.stringify({ type: "module" }));
    this.put("tsconfig.json", JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  }

  /** Writes a file of the project. */
  put(name: string, content: string | Uint8Array): void {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** Compiles all files; returns the output of the compiler, which is empty without errors. */
  compile(): string {
    try {
      execFileSync(process.execPath, [tsc, "-p", "."], { cwd: this.folder, encoding: "utf8" });
      return "";
    } catch (error) {
      return String((error as { readonly stdout?: string }).stdout);
    }
  }

  /** Runs a compiled file on 2026-11-02; returns its output. */
  run(name: string): string {
    return this.#node(compiled(name));
  }

  /** Runs compiled files in one process, which loads the library once; returns the output of each, by its name. */
  runTogether(names: readonly string[]): ReadonlyMap<string, string> {
    this.put("run.mjs", runner);
    const outputs = JSON.parse(this.#node("run.mjs", ...names.map(compiled))) as Readonly<Record<string, string>>;
    return new Map(names.map((name) => [name, outputs[compiled(name)] ?? "not run"]));
  }

  #node(...args: readonly string[]): string {
    const env = { ...process.env, NO_COLOR: "1" };
    return execFileSync(process.execPath, ["--import", clock, ...args], { cwd: this.folder, encoding: "utf8", env });
  }

  /** Removes the project. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Path of the file that a file was compiled to. */
function compiled(name: string): string {
  return `./js/${name.replace(/\.ts$/u, ".js")}`;
}
