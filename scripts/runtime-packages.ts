// Packages whose code crllint runs: its dependencies and their dependencies, from the lock file. Some are copied into
// dist/cli, and npm installs the others with crllint. Optional peers are not included. The development tools install
// some of them, but the lock file does not mark these.
import { readFileSync } from "node:fs";

/** A package in the lock file. */
interface Locked {
  readonly version: string;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A package that crllint needs, with the license that it declares. */
export interface RuntimePackage {
  readonly name: string;
  readonly version: string;
  readonly license: string | undefined;
  readonly hasInstallScript: boolean;
}

/**
 * Returns the packages that crllint needs, sorted by name.
 *
 * @param roots names of dependencies to return with their own dependencies. Default: all
 */
export function runtimePackages(roots?: readonly string[]): readonly RuntimePackage[] {
  const { packages } = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8")) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  const found = new Map<string, RuntimePackage>();
  const visit = (place: string): void => {
    const { dependencies, optionalDependencies } = packages[place] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      if (place === "" && roots?.includes(name) === false) continue;
      const at = placeOf(name, place, packages);
      if (found.has(at)) continue;
      const { version, license, hasInstallScript = false } = packages[at] as Locked;
      found.set(at, { name, version, license, hasInstallScript });
      visit(at);
    }
  };
  visit("");
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Returns the place where a package finds another: in its own directory, or in the nearest parent. */
function placeOf(name: string, from: string, packages: Readonly<Record<string, Locked>>): string {
  const own = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
  if (own in packages) return own;
  if (from === "") throw new Error(`package-lock.json has no ${name}`);
  return placeOf(name, from.slice(0, Math.max(0, from.lastIndexOf("node_modules/") - 1)), packages);
}
