import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Form, forms } from "../clients/forms.ts";
import { lintCase, profileFor } from "../explain/lint-case.ts";
import { type CrlCase, kit } from "../fixture/index.ts";
import type { AnyRule, Example } from "../rule/rule.ts";
import { readInput } from "../input/read.ts";
import { encodePem } from "../pem/encode.ts";
import { rules } from "../rules/index.ts";
import { escapePath } from "../files/escape-path.ts";
import { makeDirectory } from "../files/make-directory.ts";
import { codeOf, reasonOf } from "../files/system-error.ts";
import { suggestNearest } from "../options/nearest.ts";
import { options } from "../options/table.ts";
import { UsageError } from "../options/usage-error.ts";
import { type Flags, libraryNameOf, longFlag } from "../options/values.ts";
import type { ExitCode, Io } from "./io.ts";

/**
 * Writes the bad and good examples of rules with their inputs, so users can test their own gate, or test cases for
 * clients. The files always have the same bytes.
 *
 * @param id id of the rule; undefined for all rules
 * @throws UsageError if there is no such rule, or the directory cannot be written
 */
export async function writeFixtures(id: string | undefined, flags: Flags<"fixture">, io: Io): Promise<ExitCode> {
  if ((id === undefined) !== (flags.all === true)) throw new UsageError("give either the id of a rule or --all");
  const chosen = id === undefined ? rules : [ruleOf(id)];
  try {
    makeDirectory(flags.out);
    if (flags.format === "limbo") return await writeLimbo(id === undefined ? forms : [], chosen, flags.out, io);
    for (const rule of chosen) {
      const folder = id === undefined ? join(flags.out, rule.id) : flags.out;
      const count = writeExamples(rule, folder);
      const line = `wrote ${count} examples of ${rule.id} to ${escapePath(folder)}; its README.md shows how to try them\n`;
      await io.write(line);
    }
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    throw new UsageError(`cannot write to directory ${escapePath(flags.out)}: ${reasonOf(error)}`, { cause: error });
  }
  return 0;
}

function ruleOf(id: string): AnyRule {
  const rule = rules.find((each) => each.id === id);
  if (rule !== undefined) return rule;
  const ids = rules.map((each) => each.id);
  throw new UsageError(`no such rule: ${escapePath(id)}${suggestNearest(id, ids)}`);
}

async function writeLimbo(
  chosenForms: readonly Form[],
  chosen: readonly AnyRule[],
  folder: string,
  io: Io,
): Promise<ExitCode> {
  const { limboSuite } = await import("../explain/limbo.ts");
  const suite = limboSuite(chosenForms, chosen);
  const file = join(folder, "limbo.json");
  writeFileSync(file, `${JSON.stringify(suite, null, 2)}\n`);
  await io.write(`wrote ${suite.testcases.length} test cases to ${escapePath(file)}\n`);
  return 0;
}

/** Writes the examples of a rule, and returns their number. */
function writeExamples(rule: AnyRule, folder: string): number {
  const examples = rule.examples();
  const lines = [
    `# ${rule.id}`,
    "",
    `${rule.title}. Made by \`crllint fixture ${rule.id}\`; keys and names are for tests only.`,
  ];
  makeDirectory(folder);
  for (const [kind, list] of Object.entries(examples) as ["bad" | "good", readonly Example[]][]) {
    for (const [i, example] of list.entries()) {
      lines.push("", ...writeExample(rule, example, `${kind}-${i + 1}`, folder));
    }
  }
  writeFileSync(join(folder, "README.md"), `${lines.join("\n")}\n`);
  return examples.bad.length + examples.good.length;
}

/** Writes the files of one example, and returns its section of the README. */
function writeExample(rule: AnyRule, example: Example, name: string, folder: string): readonly string[] {
  const made = example.make(kit);
  const given = givenBy(made);
  const write = (file: string, bytes: Uint8Array | string): string => {
    makeDirectory(dirname(join(folder, file)));
    writeFileSync(join(folder, file), bytes);
    return file;
  };
  const args = [`--profile ${[profileFor(rule, example)].flat().join(",")}`];
  for (const [option, { flags, value }] of Object.entries(given.options)) {
    if (value === true) args.push(flags);
    else if (typeof value === "string") args.push(`${flags} ${/^[\w.:/-]+$/u.test(value) ? value : `'${value}'`}`);
    else {
      for (const [i, bytes] of [value].flat().entries()) {
        const file = [value].flat().length === 1 ? `${name}.${option}` : `${name}.${option}-${i + 1}`;
        args.push(`${flags} ${write(file, bytes)}`);
      }
    }
  }
  const cas = [made.ca ?? []].flat() as readonly Uint8Array[];
  for (const [i, der] of cas.entries()) {
    args.push(write(cas.length === 1 ? `${name}.ca.pem` : `${name}.ca-${i + 1}.pem`, encodePem("CERTIFICATE", der)));
  }
  for (const [i, crl] of given.crls.entries()) args.push(write(`${name}.other-${i + 1}.crl`, crl));
  const file = given.name === undefined ? `${name}.${made.form ?? "crl"}` : join(name, given.name);
  args.push(write(file, made.crl));
  const found = new Set(lintCase(made, { profile: profileFor(rule, example) }).findings.map((finding) => finding.rule));
  const outcome = found.size === 0 ? "nothing found" : [...found].map((each) => `\`${each}\``).join(", ");
  // The command also lints the other CRLs.
  const where = given.crls.length === 0 ? "" : ` in ${file}`;
  return [
    `## ${name}: ${example.title}`,
    "",
    `${outcome}${where}${onlyInLibrary(made.crl, given.others)}:`,
    "",
    "```sh",
    `crllint ${args.join(" ")}`,
    "```",
  ];
}

/** Returns a note on the inputs of an example that cannot be given to the command; empty if there are none. */
function onlyInLibrary(crl: Uint8Array, others: readonly string[]): string {
  if (others.length > 0) return `, with ${others.join(" and ")} of \`lintCrl\`, which the command does not have`;
  const isCertificate = readInput("crl", crl).every(({ kind }) => kind === "certificate");
  return isCertificate ? ", with `lintCrl`: the command treats the file as a CA certificate" : "";
}

/** An option of the command line, with its value: text, files, or none. */
interface GivenOption {
  readonly flags: string;
  readonly value: string | true | Uint8Array | readonly Uint8Array[];
}

/** Returns the inputs of an example in the form that the command line accepts. */
function givenBy(made: CrlCase): {
  readonly options: Readonly<Record<string, GivenOption>>;
  /** Further CRLs that are operands. */
  readonly crls: readonly Uint8Array[];
  /** Name that the file of the CRL must have. */
  readonly name: string | undefined;
  /** Options that only the library has. */
  readonly others: readonly string[];
} {
  const { form, now = "thisUpdate", previous, base, certificates, shards, options: others = {} } = made;
  const { name, together, ...rest } = others as { name?: string; together?: readonly Uint8Array[] };
  const values: Record<string, unknown> = { form, now, previous, base, certificates, ...rest };
  if (shards !== undefined) values["shards"] = true;
  const given: Record<string, GivenOption> = {};
  for (const [key, option] of options) {
    const { flags, sets } = option;
    const flag = longFlag(flags);
    const libraryName = key === "shards" ? key : (sets?.[0] ?? libraryNameOf(key, option) ?? "");
    const value = values[libraryName];
    if (flag === undefined || value === undefined || (sets !== undefined && sets[1] !== value)) continue;
    delete values[libraryName];
    given[key] = { flags: flag, value: sets === undefined ? (value as GivenOption["value"]) : true };
  }
  const left = Object.keys(values).filter((key) => values[key] !== undefined);
  return { options: given, crls: [...(shards ?? []), ...(together ?? [])], name, others: left };
}
