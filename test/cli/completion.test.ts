import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { namesInTexts } from "../../src/cli/completion-values.ts";
import { profiles, rules } from "../../src/index.ts";
import { excusableInputs } from "../../src/lint/input-names.ts";
import { commandTree } from "../../scripts/man.ts";
import { crllint, Workbench } from "./workbench.ts";
import { builtMain } from "../support/built.ts";
import { hasTools } from "../support/tools.ts";

/** Returns the completions of the last word, and the directive for the shell script. */
async function complete(...words: readonly string[]) {
  const { code, out, err } = await crllint(["complete", "--", ...words]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const lines = out.trimEnd().split("\n");
  return { values: lines.slice(0, -1).map((line) => line.split("\t")[0]), directive: lines.at(-1) };
}

const program = commandTree();
const none = { values: [], directive: ":0" };

describe("crllint complete", () => {
  test("completes all commands that --help lists", async () => {
    const names = program.createHelp().visibleCommands(program);
    expect(await complete("")).toEqual({ values: names.map((command) => command.name()), directive: ":4" });
    expect((await complete("expl")).values).toEqual(["explain"]);
  });

  test.each([[], ["fetch"], ["names"]])("completes all options that --help lists, for %j", async (...path) => {
    const command = program.commands.find((each) => each.name() === path[0]) ?? program;
    const long = command
      .createHelp()
      .visibleOptions(command)
      .map((option) => option.long);
    expect((await complete(...path, "--")).values).toEqual(long);
  });

  test.each([
    [
      ["--fail-on", "n"],
      ["notice", "never"],
    ],
    [["--fail-on=n"], ["notice", "never"]],
    [
      ["-f", "js"],
      ["json", "jsonl"],
    ],
    [["ca.pem", "--profile", "moz"], ["mozilla"]],
    [["--profile", "tls-br,moz"], ["tls-br,mozilla"]],
    [["--profile=tls-br,moz"], ["tls-br,mozilla"]],
    [["--ignore", "crl-number/missing,issuer/not-b"], ["crl-number/missing,issuer/not-byte-identical"]],
    [["rules", "--source", "moz"], ["mozilla"]],
    [["rules", "-f", "m"], ["markdown"]],
    [["explain", "issuer/not-b"], ["issuer/not-byte-identical"]],
    [
      ["completion", ""],
      ["bash", "zsh", "fish", "powershell"],
    ],
  ])("completes the last value of %j", async (words, values) => {
    expect(await complete(...words)).toEqual({ values, directive: ":4" });
  });

  test("offers the values of each option that its command accepts, and all of its choices", async () => {
    const offers = new Map<string, readonly string[]>();
    for (const command of [program, ...program.commands]) {
      const path = command === program ? [] : [command.name()];
      for (const option of command.createHelp().visibleOptions(command)) {
        if (option.long === undefined || option.isBoolean()) continue;
        const { values } = await complete(...path, option.long, "");
        const offered = values.map((value = "") => value);
        if (option.argChoices !== undefined) expect([option.long, offered]).toEqual([option.long, option.argChoices]);
        else if (offered.length > 0) offers.set([...path, option.long].join(" "), offered);
        for (const value of offered) {
          // After `RULE=`, `NAME=` and `FORMAT=`, a value follows.
          const rest = !value.endsWith("=")
            ? ""
            : option.long === "--limit"
              ? "1"
              : option.long === "--report"
                ? "f"
                : "off";
          expect(() => option.parseArg?.(value + rest, undefined), `${option.long} ${value}`).not.toThrow();
        }
      }
    }
    expect(offers.get("--without")).toEqual(excusableInputs);
    const names = Object.keys(profiles);
    const lists = [...offers].filter(([name]) => name.endsWith("--profile"));
    expect(lists.map(([, offered]) => offered)).toEqual(lists.map(() => names));
    const ofNoChoice = [...offers.keys()]
      .map((name) => name.replace(/^.* /u, ""))
      .filter((name) => name !== "--profile");
    expect([...new Set(ofNoChoice)].toSorted()).toEqual([
      "--ignore",
      "--limit",
      "--part",
      "--report",
      "--select",
      "--severity",
      "--source",
      "--without",
    ]);
    for (const flag of ["--part", "--source", "--needs"]) {
      for (const value of (await complete("rules", flag, "")).values) {
        expect((await crllint(["rules", flag, value ?? ""])).code).toBe(0);
      }
    }
  });

  test.each([
    ["show", ["text", "json"]],
    ["rules", ["table", "json", "markdown"]],
    ["history", ["table", "json", "csv"]],
    ["fixture", ["files", "limbo"]],
    ["pkimetal", ["json", "text"]],
  ])("completes the formats of %s", async (command, values) => {
    expect(await complete(command, "--format", "")).toEqual({ values, directive: ":4" });
  });

  test("completes rules for fixture, and profiles for explain", async () => {
    expect((await complete("fixture", "")).values).toEqual(rules.map(({ id }) => id));
    expect((await complete("explain", "")).values).toEqual(expect.arrayContaining(Object.keys(profiles)));
  });

  test("adds no space if more text must follow", async () => {
    expect(await complete("--report", "sari")).toEqual({ values: ["sarif=", "sarif-github="], directive: ":6" });
    expect(await complete("--severity", "issuer/not-b")).toEqual({
      values: ["issuer/not-byte-identical="],
      directive: ":6",
    });
  });

  test("leaves files to the shell", async () => {
    expect(await complete("ca.p")).toEqual(none);
    expect(await complete("ca.pem", "")).toEqual(none);
    expect(await complete("--issuer", "")).toEqual(none);
    expect(await complete("show", "")).toEqual(none);
  });

  test("has values only for options and arguments that exist", () => {
    const known = [program, ...program.commands].flatMap((command) => [
      ...command.options.map(({ long }) => long),
      ...command.registeredArguments.map((argument) => `${command.name()} ${argument.name()}`),
    ]);
    expect(known).toEqual(expect.arrayContaining(Object.keys(namesInTexts)));
  });
});

describe("completion scripts in real shells", () => {
  const bench = new Workbench();
  afterAll(() => bench.clear());

  /** Runs lines in a shell that has the command `crllint`. The variable `script` is the path of the completion script. */
  async function inShell(start: readonly string[], shell: string, lines: string) {
    const { code, out } = await crllint(["completion", shell]);
    expect(code).toBe(0);
    const script = bench.put(`completion.${shell}`, out);
    const command = `#!/bin/sh\nexec '${process.execPath}' '${builtMain()}' "$@"\n`;
    chmodSync(bench.put("bin/crllint", command), 0o755);
    const [name = "", ...args] = start;
    const run = spawnSync(name, [...args, bench.put(`try.${shell}`, lines)], {
      env: { ...process.env, PATH: `${bench.folder}/bin:${process.env["PATH"]}`, script, HOME: bench.folder },
      encoding: "utf8",
    });
    return { out: run.stdout, err: run.stderr };
  }

  test.skipIf(!hasTools("bash"))(
    "bash completes without bash-completion, also if the script is loaded twice",
    async () => {
      const result = await inShell(
        ["bash", "--norc", "--noprofile"],
        "bash",
        `source "$script"; source "$script"
compopt() { echo "compopt $*"; } # is there while a key is handled only
try() { # the words as bash splits them
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
  COMP_POINT=\${#COMP_LINE}
  __crllint_complete
  printf '%s|' "\${COMPREPLY[@]}"; echo
}
COMP_LINE="crllint --profile moz" try crllint --profile moz
COMP_LINE="crllint --profile=tls-br,moz" try crllint --profile = tls-br,moz
COMP_LINE="crllint  explain   issuer/not-b" try crllint explain issuer/not-b
COMP_LINE="crllint explain source:moz" try crllint explain source : moz
COMP_LINE="crllint --severity issuer/not-b" try crllint --severity issuer/not-b
COMP_LINE="crllint completion " try crllint completion ""
COMP_LINE="crllint ca.p" try crllint ca.p
COMP_LINE='crllint "$(touch evil)' try crllint '"$(touch evil)'
ls evil 2>&1 | grep -c cannot
complete -p crllint
`,
      );
      expect(result).toEqual({
        out: `compopt +o default +o bashdefault
mozilla|
compopt +o default +o bashdefault
tls-br,mozilla|
compopt +o default +o bashdefault
issuer/not-byte-identical|
|
compopt +o default +o bashdefault -o nospace
issuer/not-byte-identical=|
compopt +o default +o bashdefault
bash|zsh|fish|powershell|
|
|
1
complete -o bashdefault -o default -F __crllint_complete crllint
`,
        err: "",
      });
    },
  );

  test.skipIf(!hasTools("zsh"))("zsh completes values, rules and files", async () => {
    const result = await inShell(
      ["zsh", "-f"],
      "zsh",
      `compdef() { : }
source "$script"
_describe() { print -l -- $completions; return $(( ! $#completions )) }
_arguments() { print files }
try() { words=(crllint "$@"); CURRENT=$#words; _crllint }
try --fail-on=n
try explain issuer/not-b
try ca.p
`,
    );
    const title = rules.find(({ id }) => id === "issuer/not-byte-identical")?.title;
    expect(result.out.split("\n").filter((line) => line !== "")).toEqual([
      "notice:",
      "never:",
      `issuer/not-byte-identical:${title}`,
      "files",
    ]);
  });

  test.skipIf(!hasTools("fish"))("fish completes values and files", async () => {
    const result = await inShell(
      ["fish", "--no-config"],
      "fish",
      `cd (dirname $script)
source $script
complete -C "crllint --format=js"
complete -C "crllint completion.f"
`,
    );
    expect(result).toEqual({ out: "--format=json\n--format=jsonl\ncompletion.fish\n", err: "" });
  });

  test("the script for PowerShell registers a completer", async () => {
    const { code, out } = await crllint(["completion", "powershell"]);
    expect(code).toBe(0);
    expect(out).toContain("crllint complete '--'");
    expect(out).toContain("Register-ArgumentCompleter -CommandName 'crllint'");
  });
});
