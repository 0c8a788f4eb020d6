import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { namesInTexts } from "../../src/cli/completion-values.ts";
import { profiles, rules } from "../../src/index.ts";
import { commandTree } from "../../scripts/man.ts";
import { crllint, Workbench } from "./workbench.ts";
import { builtMain } from "../support/built.ts";

/** The proposals that replace the last word, and the number for the shell's script. */
async function offered(...words: readonly string[]) {
  const { code, out, err } = await crllint(["complete", "--", ...words]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const lines = out.trimEnd().split("\n");
  return { values: lines.slice(0, -1).map((line) => line.split("\t")[0]), directive: lines.at(-1) };
}

const program = commandTree();
const none = { values: [], directive: ":0" };

describe("crllint complete", () => {
  test("commands: all that --help shows", async () => {
    const names = program.createHelp().visibleCommands(program);
    expect(await offered("")).toEqual({ values: names.map((command) => command.name()), directive: ":4" });
    expect((await offered("expl")).values).toEqual(["explain"]);
  });

  test.each([[], ["fetch"], ["names"]])("options of %j: all that --help shows", async (...path) => {
    const command = program.commands.find((each) => each.name() === path[0]) ?? program;
    const long = command
      .createHelp()
      .visibleOptions(command)
      .map((option) => option.long);
    expect((await offered(...path, "--")).values).toEqual(long);
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
  ])("values: %j", async (words, values) => {
    expect(await offered(...words)).toEqual({ values, directive: ":4" });
  });

  test("every rule has a fixture, every profile a page", async () => {
    expect((await offered("fixture", "")).values).toEqual(rules.map(({ id }) => id));
    expect((await offered("explain", "")).values).toEqual(expect.arrayContaining(Object.keys(profiles)));
  });

  test("no space follows if more text must follow", async () => {
    expect(await offered("--report", "sari")).toEqual({ values: ["sarif=", "sarif-github="], directive: ":6" });
    expect(await offered("--severity", "issuer/not-b")).toEqual({
      values: ["issuer/not-byte-identical="],
      directive: ":6",
    });
  });

  test("a word that is neither a command nor an option is a file, which the shell completes", async () => {
    expect(await offered("ca.p")).toEqual(none);
    expect(await offered("ca.pem", "")).toEqual(none);
    expect(await offered("--issuer", "")).toEqual(none);
    expect(await offered("show", "")).toEqual(none);
  });

  test("values that are defined outside the command tree belong to an option or argument in it", () => {
    const known = [program, ...program.commands].flatMap((command) => [
      ...command.options.map(({ long }) => long),
      ...command.registeredArguments.map((argument) => `${command.name()} ${argument.name()}`),
    ]);
    expect(known).toEqual(expect.arrayContaining(Object.keys(namesInTexts)));
  });
});

describe("the scripts, in the shells themselves", () => {
  const bench = new Workbench();
  afterAll(() => bench.clear());

  /** Runs lines in a shell with the command `crllint`; the completion script is in `script`. */
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

  const has = (shell: string) => spawnSync(shell, ["--version"]).error === undefined;
  test.skipIf(!has("bash"))("bash without the package bash-completion, twice in one shell", async () => {
    const ended = await inShell(
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
    expect(ended).toEqual({
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
  });

  test.skipIf(!has("zsh"))("zsh", async () => {
    const ended = await inShell(
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
    expect(ended.out.split("\n").filter((line) => line !== "")).toEqual([
      "notice:",
      "never:",
      `issuer/not-byte-identical:${title}`,
      "files",
    ]);
  });

  test.skipIf(!has("fish"))("fish", async () => {
    const ended = await inShell(
      ["fish", "--no-config"],
      "fish",
      `cd (dirname $script)
source $script
complete -C "crllint --format=js"
complete -C "crllint completion.f"
`,
    );
    expect(ended).toEqual({ out: "--format=json\n--format=jsonl\ncompletion.fish\n", err: "" });
  });

  test("powershell", async () => {
    const { code, out } = await crllint(["completion", "powershell"]);
    expect(code).toBe(0);
    expect(out).toContain("crllint complete '--'");
    expect(out).toContain("Register-ArgumentCompleter -CommandName 'crllint'");
  });
});
