import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runtimePackages } from "../../scripts/runtime-packages.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const bin = join(root, "node_modules/.bin");

/** What `npm pack` says of the package. */
export interface Packed {
  /** Path of the tarball. */
  readonly tarball: string;
  /** Octets of the tarball, and of what is in it. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

/** Runs npm without its scripts and without the network. */
function npm(folder: string, ...args: readonly string[]): string {
  return execFileSync("npm", [...args, "--ignore-scripts", "--offline"], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    // A shell finds npm.cmd on Windows.
    shell: process.platform === "win32",
  });
}

/** A folder of one's own, to be taken away by its owner. */
export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), "crllint-package-"));
}

/** Builds and packs crllint in a folder of its own, whatever stands in dist/: as `npm publish` would do it. */
export function pack(folder: string): Packed {
  const run = (command: string, ...args: readonly string[]): void =>
    void execFileSync(process.execPath, [join(bin, command), ...args], { cwd: root });
  run("tsc", "-p", "tsconfig.build.json", "--outDir", join(folder, "dist"));
  run("tsx", "scripts/bundle.ts", join(folder, "dist"));
  // Stands for the code cache of the machine that builds, which nobody else could read or trust.
  writeFileSync(join(folder, "dist/cli/core.cjs.cache"), "");
  const { files } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    readonly files: readonly string[];
  };
  // npm takes these along whether they are named or not.
  for (const name of ["package.json", "README.md", "LICENSE", ...files.filter((file) => !/^!?dist/u.test(file))]) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  const [packed] = JSON.parse(npm(folder, "pack", "--json")) as [Packed & { readonly filename: string }];
  return { ...packed, tarball: join(folder, packed.filename) };
}

/**
 * Installs a tarball in an empty folder, beside no other packages than those that crllint needs. npm links the command,
 * but does not unpack: it would look up everything that its cache does not hold.
 */
export function install(tarball: string, folder: string): void {
  const modules = join(folder, "node_modules");
  for (const { name } of runtimePackages()) {
    cpSync(join(root, "node_modules", name), join(modules, name), { recursive: true });
  }
  mkdirSync(join(modules, "crllint"));
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", join(modules, "crllint")]);
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  npm(folder, "rebuild", "crllint");
}
