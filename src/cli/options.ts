import { type Command, InvalidArgumentError, Option } from "commander";
import { ValueError, valueFromText } from "../options/from-text.ts";
import { findNearest } from "../options/nearest.ts";
import { type CommandName, groups, type OptionDefinition, options } from "../options/table.ts";
import { type Listen, type OptionType, sizeText } from "../options/type.ts";
import { UsageError } from "../options/usage-error.ts";
import { escapePath } from "../files/escape-path.ts";

const prefix = "CRLLINT_";

/** An option of a command, and whether an environment variable can set it. */
interface Declared {
  readonly option: Option;
  readonly hasVariable: boolean;
}

/** Values of a variable that turn a switch on, and those that leave it off, in lower case. */
const switchValues: ReadonlyMap<string, boolean> = new Map([
  ...["1", "true", "yes", "on"].map((value) => [value, true] as const),
  ...["0", "false", "no", "off"].map((value) => [value, false] as const),
]);

/** Returns the options of a command for commander, in the order of the table. */
export function optionsOf(command: CommandName): readonly Option[] {
  return declare(command).map(({ option }) => option);
}

function declare(command: CommandName): readonly Declared[] {
  const declared: Declared[] = [];
  for (const [group, title] of Object.entries(groups)) {
    for (const definition of options.values()) {
      if (definition.group !== group || definition.flags === undefined) continue;
      const isOfCommand = definition.commands?.includes(command) === true;
      const hasVariable = isOfCommand && definition.isOfCall !== true;
      const variant = definition.variants?.[command];
      if (!isOfCommand && variant === undefined) continue;
      const option = makeOption(definition.flags, { ...definition, default: undefined, ...(variant ?? definition) });
      declared.push({ option: option.helpGroup(`${title}:`), hasVariable });
      const { negation } = definition;
      if (negation === undefined) continue;
      const none = new Option(negation.flags, negation.help).helpGroup(`${title}:`);
      declared.push({ option: none, hasVariable: isOfCommand && negation.isOfCall !== true });
    }
  }
  return declared;
}

/** Whether an option names one input or one file of settings. Of outputs and other single values, the last one counts. */
function namesOneInput({ type: { kind }, group }: OptionDefinition): boolean {
  return (kind === "path" || kind === "url") && ["inputs", "rules", "verdict"].includes(group);
}

function makeOption(flags: string, definition: OptionDefinition): Option {
  const { type, help } = definition;
  const option = new Option(flags, help);
  if (type.kind === "choice") option.choices(type.choices);
  // The parser of commander suggests no choice for a mistyped one.
  const isParsed = type.kind === "choice" ? type.noun !== undefined : type.kind !== "switch" && type.kind !== "on";
  if (isParsed) {
    option.argParser((text, before) => {
      const isRepeated = before !== undefined && before !== false && before !== definition.default;
      // The file that was named first would not be read.
      if (isRepeated && namesOneInput(definition))
        throw new InvalidArgumentError("This option can be given only once.");
      return parse(flags, type, text, before);
    });
  }
  if (definition.default !== undefined) option.default(definition.default, shownDefault(type, definition.default));
  if (definition.isRequired === true) option.makeOptionMandatory();
  if (definition.conflicts !== undefined) option.conflicts(definition.conflicts);
  return option;
}

function parse(flags: string, type: OptionType, text: string, before: unknown): unknown {
  try {
    // After a negation such as --no-issuer, the value is false: the last option counts.
    return valueFromText(type, text, before === false ? undefined : before);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    // commander repeats the value.
    const isSecret = type.kind === "url" && type.isReceiver === true;
    throw isSecret ? new UsageError(`${flags}: ${error.message}`) : new InvalidArgumentError(error.message);
  }
}

function shownDefault({ kind }: OptionType, value: unknown): string {
  if (kind === "size") return sizeText(value as number);
  if (kind !== "listen") return String(value);
  const { host, port } = value as Extract<Listen, { host: string }>;
  return `${host}:${port}`;
}

/** Returns the environment variable for an option: `CRLLINT_FAIL_ON` for `--fail-on`. */
function variableOf(option: Option): string {
  return `${prefix}${option.name().replaceAll("-", "_").toUpperCase()}`;
}

/** Whether the environment may set any option. On Windows, the case of names does not matter. */
function mayBeSet(): boolean {
  return Object.keys(process.env).some((name) => name.toUpperCase().startsWith(prefix));
}

/**
 * Adds the options of a command, with their environment variables. A variable that is empty counts as not set.
 *
 * @throws UsageError if the variable of a switch has a value that means neither on nor off
 */
export function addOptions(command: Command, name: CommandName): Command {
  const isAnySet = mayBeSet();
  for (const { option, hasVariable } of declare(name)) {
    const variable = variableOf(option);
    const value = isAnySet && hasVariable ? (process.env[variable] ?? "") : "";
    const isOff = value !== "" && (option.isBoolean() || option.negate) && isSwitchedOff(variable, value);
    command.addOption(value === "" || isOff ? option : option.env(variable));
    // A switch that the environment turns off counts as given, so a configuration does not turn it on.
    if (isOff && !option.negate) command.setOptionValueWithSource(option.attributeName(), undefined, "env");
  }
  return command;
}

/** Whether the value of a variable leaves a switch off. */
function isSwitchedOff(variable: string, value: string): boolean {
  const isOn = switchValues.get(value.toLowerCase());
  if (isOn !== undefined) return !isOn;
  const known = [...switchValues.keys()].join(", ");
  throw new UsageError(`${variable} is "${escapePath(value)}"; it must be one of ${known}`);
}

/**
 * Looks for variables that set nothing, because the name is mistyped or only the command line can give the option: a
 * gate must not run without the settings that were intended. Variables that resemble no option may belong to another
 * program.
 *
 * @throws UsageError that names the variable and the intended one
 */
export function checkEnvironment(): void {
  if (!mayBeSet()) return;
  for (const option of options.values()) {
    for (const { flags: own, isOfCall } of [option, option.negation ?? {}]) {
      if (own === undefined || isOfCall !== true) continue;
      const variable = variableOf(new Option(own));
      const value = process.env[variable] ?? "";
      if (value === "" || isSwitchedOff(variable, value)) continue;
      throw new UsageError(`the environment sets ${variable}, but only the command line can give ${own}`);
    }
  }
  const flags = [...options.values()].flatMap(({ flags: own, negation }) => [own ?? [], negation?.flags ?? []].flat());
  const known = new Set(flags.map((each) => variableOf(new Option(each))));
  for (const name of Object.keys(process.env).map((each) => each.toUpperCase())) {
    if (!name.startsWith(prefix) || known.has(name)) continue;
    const names = [...known].map((variable) => variable.slice(prefix.length));
    const nearest = findNearest(name.slice(prefix.length), names);
    if (nearest === undefined) continue;
    throw new UsageError(
      `the environment sets ${escapePath(name)}, which is not an option; did you mean ${prefix}${nearest}?`,
    );
  }
}
