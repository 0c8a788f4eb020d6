import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Form, forms } from "../clients/forms.ts";
import { lintCase, profileFor } from "../explain/lint-case.ts";
import { type CrlCase, kit } from "../fixture/index.ts";
import type { AnyRule, Example } from "../rule/rule.ts";
import { latin1 } from "../der/strings.ts";
import { readInput } from "../input/read.ts";
import { encodePem } from "../pem/encode.ts";
import { rules } from "../rules/index.ts";
import { escapePath } from "../files/escape-path.ts";
import { lintFiles } from "../files/lint-files.ts";
import { makeDirectory } from "../files/make-directory.ts";
import { codeOf, reasonOf } from "../files/system-error.ts";
import { checkOwn, writeOwn } from "../files/write-own.ts";
import { suggestNearest } from "../options/nearest.ts";
import { valueFromText } from "../options/from-text.ts";
import { options } from "../options/table.ts";
import type { OptionType } from "../options/type.ts";
import { UsageError } from "../options/usage-error.ts";
import { type Flags, libraryNameOf, longFlag } from "../options/values.ts";
import type { ExitCode, Io } from "./io.ts";

/**
 * Writes the bad and good examples of rules with their inputs, so users can test their own gate, or test cases for
 * clients. The files always have the same bytes.
 *
 * @param id id of the rule; undefined for all rules
 * @throws UsageError if there is no such rule, the directory cannot be written, or a file of it that crllint did not
 * write would be replaced
 */
export async function writeFixtures(id: string | undefined, flags: Flags<"fixture">, io: Io): Promise<ExitCode> {
  if ((id === undefined) !== (flags.all === true)) throw new UsageError("give either the id of a rule or --all");
  const chosen = id === undefined ? rules : [ruleOf(id)];
  try {
    makeDirectory(flags.out);
    if (flags.format === "limbo") return await writeLimbo(id === undefined ? forms : [], chosen, flags.out, io);
    for (const rule of chosen) {
      const below = id === undefined ? rule.id : "";
      const count = await writeExamples(rule, flags.out, below);
      const line = `wrote ${count} examples of ${rule.id} to ${escapePath(join(flags.out, below))}; its README.md shows how to try them\n`;
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
  const text = `${JSON.stringify(suite, null, 2)}\n`;
  // Other makers of test cases use the same name for their files.
  checkOwn(folder, "limbo.json", (bytes) => Buffer.from(text).equals(bytes) || ownCase.test(latin1(bytes)));
  writeOwn(file, text);
  await io.write(`wrote ${suite.testcases.length} test cases to ${escapePath(file)}\n`);
  return 0;
}

/** The first test case of a file that crllint has written. */
const ownCase = /^[^[]*"testcases": \[\s*\{\s*"id": "crllint::/u;

/**
 * Writes the examples of a rule, and returns their number.
 *
 * @param below directory of the examples, below `out`
 */
async function writeExamples(rule: AnyRule, out: string, below: string): Promise<number> {
  const folder = join(out, below);
  const examples = Object.entries(rule.examples()).flatMap(([kind, list]: [string, readonly Example[]]) =>
    list.map((example, i) => makeExample(rule, example, `${kind}-${i + 1}`, folder)),
  );
  const readMe = join(below, "README.md");
  checkOwn(out, readMe, (bytes) => ownReadMe.test(latin1(bytes)));
  // A directory with such a README is one of crllint's. Without it, an earlier call may have been interrupted.
  const isOwn = existsSync(join(out, readMe));
  for (const [file, content] of examples.flatMap(({ files }) => [...files])) {
    checkOwn(out, join(below, file), (bytes) => isOwn || Buffer.from(content).equals(bytes));
  }
  makeDirectory(folder);
  const lines = [
    `# ${rule.id}`,
    "",
    `${rule.title}. Made by \`crllint fixture ${rule.id}\`; keys and names are for tests only.`,
  ];
  for (const { files, describe } of examples) {
    for (const [file, content] of files) {
      makeDirectory(dirname(join(folder, file)));
      writeOwn(join(folder, file), content);
    }
    lines.push("", ...(await describe()));
  }
  writeOwn(join(folder, "README.md"), `${lines.join("\n")}\n`);
  return examples.length;
}

/** The first lines of a README that crllint has written. */
const ownReadMe = /^# [\w/-]+\n\n.* Made by `crllint fixture [\w/-]+`/u;

/** The files of an example. */
interface MadeExample {
  /** Contents by path. */
  readonly files: ReadonlyMap<string, Uint8Array | string>;
  /** Returns its section of the README, after the files were written. */
  readonly describe: () => Promise<readonly string[]>;
}

function makeExample(rule: AnyRule, example: Example, name: string, folder: string): MadeExample {
  const made = example.make(kit);
  const given = givenBy(made);
  const files = new Map<string, Uint8Array | string>();
  const add = (file: string, bytes: Uint8Array | string): string => {
    files.set(file, bytes);
    return file;
  };
  const profile = profileFor(rule, example);
  const args = [`--profile ${[profile].flat().join(",")}`];
  const libraryOptions: Record<string, unknown> = { profile };
  for (const [option, { flags, libraryName, value, isSet, type }] of Object.entries(given.options)) {
    libraryOptions[libraryName] = typeof value === "string" && !isSet ? valueFromText(type, value) : value;
    if (isSet) args.push(flags);
    else if (typeof value === "string") args.push(`${flags} ${/^[\w.:/-]+$/u.test(value) ? value : `'${value}'`}`);
    else {
      const list = [value].flat();
      const written = list.map((bytes, i) =>
        add(list.length === 1 ? `${name}.${option}` : `${name}.${option}-${i + 1}`, bytes),
      );
      args.push(...written.map((file) => `${flags} ${file}`));
      const paths = written.map((file) => join(folder, file));
      libraryOptions[libraryName] = Array.isArray(value) ? paths : paths[0];
    }
  }
  const cas = [made.ca ?? []].flat() as readonly Uint8Array[];
  const file = given.name === undefined ? `${name}.${made.form ?? "crl"}` : join(name, given.name);
  const operands = [
    ...cas.map((der, i) =>
      add(cas.length === 1 ? `${name}.ca.pem` : `${name}.ca-${i + 1}.pem`, encodePem("CERTIFICATE", der)),
    ),
    ...given.crls.map((crl, i) => add(`${name}.other-${i + 1}.crl`, crl)),
    add(file, made.crl),
  ];
  const lacks = onlyInLibrary(made.crl, given.others);
  // The command also lints the other CRLs.
  const where = given.crls.length === 0 ? "" : ` in ${file}`;
  const describe = async (): Promise<readonly string[]> => {
    const found = new Set<string>();
    const runs =
      lacks === ""
        ? lintFiles(
            operands.map((each) => join(folder, each)),
            libraryOptions,
          )
        : [lintCase(made, { profile })];
    for await (const run of runs) {
      if (where !== "" && run.crl !== escapePath(join(folder, file))) continue;
      for (const finding of run.findings) found.add(finding.rule);
    }
    const outcome = found.size === 0 ? "nothing found" : [...found].map((each) => `\`${each}\``).join(", ");
    return [
      `## ${name}: ${example.title}`,
      "",
      `${outcome}${where}${lacks}:`,
      "",
      "```sh",
      `crllint ${[...args, ...operands].join(" ")}`,
      "```",
    ];
  };
  return { files, describe };
}

/** Returns a note on the inputs of an example that cannot be given to the command; empty if there are none. */
function onlyInLibrary(crl: Uint8Array, others: readonly string[]): string {
  if (others.length > 0) return `, with ${others.join(" and ")} of \`lintCrl\`, which the command does not have`;
  const isCertificate = readInput("crl", crl).every(({ kind }) => kind === "certificate");
  return isCertificate ? ", with `lintCrl`: the command treats the file as a CA certificate" : "";
}

/** An option of the command line, with its value in the library: text or files. */
interface GivenOption {
  readonly flags: string;
  readonly libraryName: string;
  readonly value: string | Uint8Array | readonly Uint8Array[];
  /** Whether the flag has this value without stating it. */
  readonly isSet: boolean;
  readonly type: OptionType;
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
    const isSet = sets !== undefined || value === true;
    given[key] = { flags: flag, libraryName, value: value as GivenOption["value"], isSet, type: option.type };
  }
  const left = Object.keys(values).filter((key) => values[key] !== undefined);
  return { options: given, crls: [...(shards ?? []), ...(together ?? [])], name, others: left };
}
