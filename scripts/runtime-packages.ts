// What npm installs together with crllint: its dependencies and theirs, from the lock file. Optional peers are not
// among them, though the lock file of this repository, whose tools bring some, does not mark those as tools.
import { readFileSync } from "node:fs";

/** A package in the lock file. */
interface Locked {
  readonly version: string;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A package that is installed with crllint, with the licence that it declares. */
export interface RuntimePackage {
  readonly name: string;
  readonly version: string;
  readonly license: string | undefined;
  readonly hasInstallScript: boolean;
}

/** All packages that are installed with crllint, by their names. */
export function runtimePackages(): readonly RuntimePackage[] {
  const { packages } = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8")) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  const found = new Map<string, RuntimePackage>();
  const visit = (place: string): void => {
    const { dependencies, optionalDependencies } = packages[place] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
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

/** Where a package finds another: in its own folder, else in the nearest one around it. */
function placeOf(name: string, from: string, packages: Readonly<Record<string, Locked>>): string {
  const own = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
  if (own in packages) return own;
  if (from === "") throw new Error(`package-lock.json has no ${name}`);
  return placeOf(name, from.slice(0, Math.max(0, from.lastIndexOf("node_modules/") - 1)), packages);
}
