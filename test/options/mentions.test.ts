import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { options } from "../../src/options/table.ts";
import { libraryNameOf } from "../../src/options/values.ts";

const src = new URL("../../src/", import.meta.url);

/** Files with texts for users, which name options. */
const texts: ReadonlySet<string> = new Set(["cli/habits.ts", "explain/own-findings.ts"]);

/** Source files that are written by hand. Rules are left out: their texts name the options to give. */
const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter(
    (name) => name.endsWith(".ts") && !name.startsWith("rules/") && !name.includes("/schema/") && !texts.has(name),
  )
  .map((name) => ({ name, text: withoutComments(readFileSync(new URL(name, src), "utf8")) }));

/** Removes comments. They may name an option, and need no change when the option changes. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*\*[\s\S]*?\*\/|^\s*\/\/.*$/gmu, "");
}

/**
 * Whether a text names an option: by its flag, or by its name in code. A name of one word is also the name of other
 * things, and counts only as a member of options.
 */
function mentions(text: string, name: string, flag: string | undefined): boolean {
  if (flag !== undefined && new RegExp(String.raw`${flag}(?![\w-])`, "u").test(text)) return true;
  if (/[A-Z]/u.test(name)) return new RegExp(String.raw`\b${name}\b`, "u").test(text);
  const member = String.raw`\b(?:flags|options|optionTable)\??\.${name}\b`;
  const picked = String.raw`\{[^{}]*\b${name}\b[^{}]*\}(?: = \w*\.?#?(?:flags|options)\b|: (?:Flags<|\w*Options\b))`;
  return new RegExp(`${member}|${picked}`, "u").test(text);
}

function filesOf(name: string): readonly string[] {
  const option = options.get(name);
  const flag = /--[a-z-]+/u.exec(option?.flags ?? "")?.[0];
  const names = [name, (option && libraryNameOf(name, option)) ?? name];
  return files.filter(({ text }) => names.some((each) => mentions(text, each, flag))).map((file) => file.name);
}

/** Options that may appear in more than three files, by reason. */
const exceptions: readonly string[] = [
  // Inputs: read as paths and as contents, and compared by the engine.
  "issuer issuers previous base certs expectRevoked expectGood ccadb url tbsWas manifest shards",
  // Settings that a configuration has for single files.
  "scope baseline",
  // Settings that many rules or all reports use.
  "now validFor allDates maxFindings maxWarnings signature failOn format report verbose color width",
  // Options that reports recommend, and that `--gate` sets.
  "gate failOnSkipped",
  // --show-settings lists each of its patterns with its origin.
  "ignore",
  // Options that several commands use on their own, such as the directory that they write to.
  "profile limit shard out maxSize stdinName tbs listen",
].flatMap((names) => names.split(" "));

test("an option appears in at most three source files, such as the table and the code that uses it", () => {
  const found = [...options.keys()].filter((name) => filesOf(name).length > 3);
  expect(found.filter((name) => !exceptions.includes(name))).toEqual([]);
  // An option that no longer needs an exception must not have one.
  expect(exceptions.filter((name) => !found.includes(name))).toEqual([]);
});

test("failOnSkipped appears only in the option table, in the engine, in the preset that sets it and where settings are merged", () => {
  const otherFiles = filesOf("failOnSkipped").filter((file) => !file.startsWith("lint/"));
  expect(otherFiles).toEqual(["cli/gate.ts", "files/configure.ts", "options/table.ts"]);
});
