import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runtimePackages } from "../../scripts/runtime-packages.ts";
import { builtLibrary, builtMain } from "./built.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The package that `npm pack` makes. */
export interface Packed {
  /** Path of the tarball. */
  readonly tarball: string;
  /** Size of the tarball and of its contents, in bytes. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

/** Runs npm without scripts and without the network. */
function npm(folder: string, ...args: readonly string[]): string {
  return execFileSync("npm", [...args, "--ignore-scripts", "--offline"], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    // On Windows, only a shell finds npm.cmd.
    shell: process.platform === "win32",
  });
}

/** Returns a new directory, which the caller must remove. */
export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), "crllint-package-"));
}

/** Packs crllint, which is built independently of dist/ in a separate directory, as `npm publish` does. */
export function pack(folder: string): Packed {
  for (const built of [builtLibrary(), dirname(dirname(builtMain()))]) {
    cpSync(built, join(folder, "dist"), { recursive: true });
  }
  const { files } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    readonly files: readonly string[];
  };
  // npm includes these files even if they are not listed.
  for (const name of ["package.json", "README.md", "LICENSE", ...files.filter((file) => !/^!?dist/u.test(file))]) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  execFileSync(process.execPath, [join(root, "scripts/pack.mjs")], { cwd: folder });
  const [packed] = JSON.parse(npm(folder, "pack", "--json")) as [Packed & { readonly filename: string }];
  return { ...packed, tarball: join(folder, packed.filename) };
}

/**
 * Installs a tarball in an empty directory, with only the packages that crllint needs. npm links the command,
 * but does not unpack: it would look up everything that its cache does not contain.
 */
export function install(tarball: string, folder: string): void {
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "crllint"), { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", join(modules, "crllint")]);
  const { dependencies } = JSON.parse(readFileSync(join(modules, "crllint/package.json"), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  for (const { name } of runtimePackages(Object.keys(dependencies))) {
    cpSync(join(root, "node_modules", name), join(modules, name), { recursive: true });
  }
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  npm(folder, "rebuild", "crllint");
}
