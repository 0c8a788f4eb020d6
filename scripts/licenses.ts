// Licenses of the packages whose code a build copies.
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** The only package without a license text. It can only be copied if its author is named instead. */
const withoutText = "@bomb.sh/tab";

/** Joins parts of a text with a line between them. */
export function withLines(parts: readonly string[]): string {
  return parts.join(`\n${"-".repeat(80)}\n\n`);
}

/** Returns the directories of the packages that modules belong to, sorted. Modules of crllint belong to no package. */
export function packagesOf(modules: readonly string[]): readonly string[] {
  return [...new Set(modules.flatMap((module) => packageOf(module) ?? []))].sort();
}

function packageOf(module: string): string | undefined {
  return /^(?<folder>.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(module.replaceAll("\\", "/"))?.groups?.["folder"];
}

/** Returns the license of a package, after its name and version. */
export function licenseOf(folder: string): string {
  const { name, version, license, author } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as {
    readonly [field: string]: string;
  };
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(?:\.\w+)?$/iu.test(entry));
  const title = `${name} ${version} (${license})`;
  if (file !== undefined && existsSync(`${folder}/${file}`))
    return `${title}\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
  if (name === withoutText) return `${title}\n\nBy ${author}. The package has no license text.\n`;
  throw new Error(`${name} has no license text to copy`);
}
