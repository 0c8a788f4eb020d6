import { readFileSync } from "node:fs";

/** The fields of package.json that tests use. */
export interface Package {
  readonly version: string;
  readonly repository: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
}

/** Reads package.json. */
export function readPackage(): Package {
  return JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as Package;
}
