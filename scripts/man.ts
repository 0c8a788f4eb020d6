// Makes the manual page, man/crllint.1, from the command tree that --help uses. `npm run docs` writes it, and a test
// compares it.
import type { Argument, Command, Option } from "commander";
import { configNames } from "../src/files/find-config.ts";
import { makeProgram } from "../src/cli/program.ts";
import { version } from "../src/version.ts";

/** Returns the command tree. No command is run. */
export function commandTree(): Command {
  const nothing = () => Promise.resolve(true);
  return makeProgram(
    {
      write: nothing,
      writeError: nothing,
      // oxlint-disable-next-line require-yield -- there is no input
      async *readStdin() {},
      env: {},
      isTty: false,
      isErrorTty: false,
      program: [],
      columns: 100,
      now: () => 0,
    },
    () => {},
  );
}

/** Spelling of characters that roff interprets or replaces. */
const spelling: Readonly<Record<string, string>> = {
  "\\": String.raw`\e`,
  "-": String.raw`\-`,
  "'": String.raw`\(aq`,
  "`": String.raw`\(ga`,
  "^": String.raw`\(ha`,
  "~": String.raw`\(ti`,
  '"': String.raw`\(dq`,
};

/**
 * Escapes text for roff. The result contains no requests and no escapes of its own, and no character becomes a
 * typographic one.
 */
export function escapeRoff(text: string): string {
  const spelled = text.replaceAll(/[\\\-'`^~"]/gu, (character) => spelling[character] ?? character);
  // A period at the start of a line would begin a request.
  return spelled.replaceAll(/^\./gmu, String.raw`\&.`);
}

const bold = (text: string): string => String.raw`\fB${escapeRoff(text)}\fR`;
const italic = (text: string): string => String.raw`\fI${escapeRoff(text)}\fR`;

/** Returns a paragraph with a tag before it. */
const tagged = (tag: string, text: string): readonly string[] => [".TP", tag, escapeRoff(text)];

/** Formats flags in bold and names of values in italics: `-f, --format <format>`. */
function flags(option: Option): string {
  return option.flags.replaceAll(/[^\s,]+/gu, (part) => (part.startsWith("-") ? bold(part) : italic(part)));
}

/** Returns the text of --help for an option: its description, choices and default. */
function optionText({ description, argChoices, defaultValue, defaultValueDescription }: Option): string {
  const choices = argChoices === undefined ? [] : [`one of ${argChoices.join(", ")}`];
  const byDefault = defaultValueDescription ?? (defaultValue === undefined ? undefined : String(defaultValue));
  const extras = [...choices, ...(byDefault === undefined ? [] : [`default: ${byDefault}`])];
  return extras.length === 0 ? description : `${description} (${extras.join("; ")})`;
}

function optionsOf(command: Command): readonly Option[] {
  return command.createHelp().visibleOptions(command);
}

/** Returns the options of a command by the titles of their groups, as in --help. */
function groupsOf(command: Command): readonly (readonly [string, readonly Option[]])[] {
  const groups = new Map<string, Option[]>();
  for (const option of optionsOf(command)) {
    const title = option.helpGroupHeading?.replace(/:$/u, "") ?? "Options";
    groups.set(title, [...(groups.get(title) ?? []), option]);
  }
  return [...groups];
}

const optionParagraph = (option: Option): readonly string[] => tagged(flags(option), optionText(option));

function argumentTerm(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return italic(argument.required ? `<${name}>` : `[${name}]`);
}

/** Formats a command with its arguments and its own options. The options of lint are described in OPTIONS. */
function commandParagraphs(command: Command, path: readonly string[], shared: ReadonlySet<string>): readonly string[] {
  const own = optionsOf(command).filter((option) => option.long !== "--help" && !shared.has(option.flags));
  const sharesSome = optionsOf(command).length - own.length > 1;
  const names = [...path, command.name()];
  const described = command.registeredArguments.filter(({ description }) => description !== "");
  return [
    `.SS ${escapeRoff(names.join(" "))}`,
    [bold(["crllint", ...names].join(" ")), ...command.registeredArguments.map(argumentTerm)].join(" "),
    ".PP",
    escapeRoff(`${command.description()}.`),
    ...(sharesSome ? [escapeRoff("Also accepts options of lint, which --help lists.")] : []),
    ...described.flatMap((argument) => tagged(argumentTerm(argument), argumentText(argument))),
    ...own.flatMap(optionParagraph),
    ...command
      .createHelp()
      .visibleCommands(command)
      .flatMap((below) => commandParagraphs(below, names, shared)),
  ];
}

function argumentText({ description, argChoices }: Argument): string {
  return argChoices === undefined ? description : `${description} (one of ${argChoices.join(", ")})`;
}

/** Returns the examples at the end of --help. */
function examples(program: Command): string {
  let help = "";
  program.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  return /\nExamples:\n(?<lines>(?: {2}.*\n)+)/u.exec(help)?.groups?.["lines"]?.replaceAll(/^ {2}/gmu, "") ?? "";
}

const exitStatus: readonly (readonly [string, string])[] = [
  [
    "0",
    "pass: the issuer was compared and the signature verified, unless the call left this out; no finding is at or above --fail-on",
  ],
  ["1", "fail: a finding is at or above --fail-on"],
  ["2", "undecided: a core check was not made, an input cannot be read, a rule crashed, or a usage error"],
];

const environment: readonly (readonly [string, string])[] = [
  [
    "CRLLINT_*",
    "Each option of lint can be set with a variable, except --no-issuer and --show-settings: CRLLINT_FORMAT for " +
      "--format, CRLLINT_FAIL_ON for --fail-on. The same holds for the options of other commands, except those that " +
      "have another meaning in lint or serve, such as --format of rules and --listen of monitor. An option on the " +
      "command line overrides its variable. An empty variable counts as not set; 0, false, no or off leaves a switch off.",
  ],
  ["NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, TERM", "whether human text has colors, if --color is auto"],
];

/** Returns the page in roff, with the macros that every man program supports. */
export function manPage(): string {
  const program = commandTree();
  const [summary = "", ...description] = program.description().split(/\n{2,}/u);
  const shared = new Set(optionsOf(program).map((option) => option.flags));
  const commands = program.createHelp().visibleCommands(program);
  const lines = [
    String.raw`.\" Made by npm run docs from the command tree.`,
    `.TH CRLLINT 1 "" ${escapeRoff(`crllint-${version}`)}`,
    ".SH NAME",
    String.raw`crllint \- lints X.509 certificate revocation lists`,
    ".SH SYNOPSIS",
    String.raw`${bold("crllint")} [\fIoptions\fR] \fIfile\fR|\fIdirectory\fR|\fIpattern\fR|\-...`,
    ".br",
    String.raw`${bold("crllint")} \fIcommand\fR [\fIoptions\fR] [\fIarguments\fR]`,
    ".SH DESCRIPTION",
    escapeRoff(summary),
    ...description.flatMap((paragraph) => [".PP", escapeRoff(paragraph)]),
    ".SH OPTIONS",
    ...groupsOf(program).flatMap(([title, options]) => [
      `.SS ${escapeRoff(title)}`,
      ...options.flatMap(optionParagraph),
    ]),
    ".SH COMMANDS",
    ...commands.flatMap((command) => commandParagraphs(command, [], shared)),
    ".SH EXIT STATUS",
    ...exitStatus.flatMap(([code, text]) => tagged(bold(code), text)),
    ".SH ENVIRONMENT",
    ...environment.flatMap(([name, text]) => tagged(bold(name), text)),
    ".SH FILES",
    ...tagged(
      configNames.map(bold).join(", "),
      "the configuration: the nearest one in the working directory or its parents; crllint schema config describes it",
    ),
    ".SH EXAMPLES",
    ".EX",
    escapeRoff(examples(program).trimEnd()),
    ".EE",
  ];
  return `${lines.join("\n")}\n`;
}
