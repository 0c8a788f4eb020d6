import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Form, forms } from "../clients/forms.ts";
import { lintCase, profileFor } from "../explain/lint-case.ts";
import { type CrlCase, kit } from "../fixture/index.ts";
import type { AnyRule, Example } from "../rule/rule.ts";
import { encodePem } from "../pem/encode.ts";
import { rules } from "../rules/index.ts";
import { escapePath } from "../files/escape-path.ts";
import { findNearest } from "../options/nearest.ts";
import { options } from "../options/table.ts";
import { UsageError } from "../options/usage-error.ts";
import { type Flags, libraryNameOf } from "../options/values.ts";
import type { ExitCode, Io } from "./io.ts";

/**
 * Writes the bad and good examples of rules with their inputs, so users can test their own gate; or test cases for
 * clients. The files have the same bytes every time.
 *
 * @param id id of the rule; undefined for all rules
 * @throws UsageError if there is no such rule, or the directory cannot be written
 */
export async function writeFixtures(id: string | undefined, flags: Flags<"fixture">, io: Io): Promise<ExitCode> {
  if ((id === undefined) !== (flags.all === true)) throw new UsageError("give either the id of a rule or --all");
  const chosen = id === undefined ? rules : [ruleOf(id)];
  try {
    mkdirSync(flags.out, { recursive: true });
    if (flags.format === "limbo") return await writeLimbo(id === undefined ? forms : [], chosen, flags.out, io);
    for (const rule of chosen) {
      const folder = id === undefined ? join(flags.out, rule.id) : flags.out;
      const count = writeExamples(rule, folder);
      const line = `wrote ${count} examples of ${rule.id} to ${escapePath(folder)}; its README.md says how to try them\n`;
      await io.write(line);
    }
  } catch (error) {
    if (error instanceof Error && "code" in error) throw new UsageError(`cannot write: ${escapePath(error.message)}`);
    throw error;
  }
  return 0;
}

function ruleOf(id: string): AnyRule {
  const rule = rules.find((each) => each.id === id);
  if (rule !== undefined) return rule;
  const nearest = findNearest(
    id,
    rules.map((each) => each.id),
  );
  throw new UsageError(`no such rule: ${escapePath(id)}${nearest === undefined ? "" : `; did you mean ${nearest}?`}`);
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

/** Writes the examples of a rule; returns how many there are. */
function writeExamples(rule: AnyRule, folder: string): number {
  const examples = rule.examples();
  const lines = [
    `# ${rule.id}`,
    "",
    `${rule.title}. Made by \`crllint fixture ${rule.id}\`; keys and names are for tests only.`,
  ];
  mkdirSync(folder, { recursive: true });
  for (const [kind, list] of Object.entries(examples) as ["bad" | "good", readonly Example[]][]) {
    for (const [i, example] of list.entries()) {
      lines.push("", ...writeExample(rule, example, `${kind}-${i + 1}`, folder));
    }
  }
  writeFileSync(join(folder, "README.md"), `${lines.join("\n")}\n`);
  return examples.bad.length + examples.good.length;
}

/** Writes the files of one example; returns what the README says of it. */
function writeExample(rule: AnyRule, example: Example, name: string, folder: string): readonly string[] {
  const made = example.make(kit);
  const args = [`--profile ${[profileFor(rule, example)].flat().join(",")}`, ...optionsOf(made)];
  const write = (file: string, bytes: Uint8Array | string): string => {
    writeFileSync(join(folder, file), bytes);
    return file;
  };
  if (made.previous !== undefined) args.push(`--previous ${write(`${name}.previous.crl`, made.previous)}`);
  for (const [i, der] of (made.certificates ?? []).entries()) {
    args.push(`--certs ${write(`${name}.certificate-${i + 1}.pem`, encodePem("CERTIFICATE", der))}`);
  }
  const cas = [made.ca ?? []].flat() as readonly Uint8Array[];
  for (const [i, der] of cas.entries()) {
    args.push(write(cas.length === 1 ? `${name}.ca.pem` : `${name}.ca-${i + 1}.pem`, encodePem("CERTIFICATE", der)));
  }
  args.push(write(made.form === "tbs" ? `${name}.tbs` : `${name}.crl`, made.crl));
  const found = new Set(lintCase(made, { profile: profileFor(rule, example) }).findings.map((finding) => finding.rule));
  const outcome = found.size === 0 ? "nothing found" : [...found].map((each) => `\`${each}\``).join(", ");
  return [`## ${name}: ${example.title}`, "", `${outcome}:`, "", "```sh", `crllint ${args.join(" ")}`, "```"];
}

/** What an example says beyond its files, as options of the command line. */
function optionsOf({ form, now, options: others }: CrlCase): readonly string[] {
  const given: Readonly<Record<string, unknown>> = { form, now, ...others };
  return [...options].flatMap(([name, option]) => {
    const { flags = "", sets, library } = option;
    const flag = /--[a-z-]+/u.exec(flags)?.[0];
    const value = given[sets?.[0] ?? libraryNameOf(name, option) ?? ""];
    if (flag === undefined || library?.holds !== undefined || typeof value !== "string") return [];
    if (sets === undefined) return [`${flag} ${/^[\w.:/-]+$/u.test(value) ? value : `'${value}'`}`];
    return sets[1] === value ? [flag] : [];
  });
}
