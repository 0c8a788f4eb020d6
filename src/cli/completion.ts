import { type Command as Declared, type Complete, RootCommand } from "@bomb.sh/tab";
import type { Argument, Command, Option } from "commander";
import { valuesOf } from "./completion-values.ts";
import type { ExitCode, Io } from "./io.ts";

/** A shell for which there is a completion script. */
export type Shell = "bash" | "zsh" | "fish" | "powershell";

/**
 * Prints the script that completes crllint's arguments in a shell. The script calls `crllint complete` for its
 * suggestions.
 */
export async function printCompletion(shell: Shell, io: Io): Promise<ExitCode> {
  const script = shell === "bash" ? bashScript : printedBy(() => new RootCommand().setup("crllint", "crllint", shell));
  await io.write(script);
  return 0;
}

/**
 * Completion script for bash. The library's script needs functions of the package bash-completion, and evaluates what
 * is typed.
 */
const bashScript = `# bash completion for crllint

__crllint_complete() {
    local rest="\${COMP_LINE:0:COMP_POINT}" word value prefix i
    local -a words=()
    # bash also splits words at = and :. Those that no space separates are one.
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word="\${COMP_WORDS[i]}"
        if ((i == COMP_CWORD)); then word="\${rest#"\${rest%%[![:space:]]*}"}"; fi
        if ((i > 0)) && [[ "$rest" != [[:space:]]* && "$rest" != "" ]]; then
            words[\${#words[@]} - 1]+="$word"
        else
            words+=("$word")
        fi
        rest="\${rest#"\${rest%%[![:space:]]*}"}"
        rest="\${rest#"$word"}"
    done
    word="\${words[\${#words[@]} - 1]}"
    # What stands before the last of these characters is not replaced.
    prefix=""
    if [[ "$word" =~ ^.*[=:] ]]; then prefix="\${BASH_REMATCH[0]}"; fi
    COMPREPLY=()
    while IFS=$'\\t' read -r value _; do
        case "$value" in
            # What to offer has ended: with files if there was nothing, without a space if more follows.
            :0) ;;
            :4) compopt +o default +o bashdefault ;;
            :6) compopt +o default +o bashdefault -o nospace ;;
            *) COMPREPLY+=("\${value#"$prefix"}") ;;
        esac
    done < <(crllint complete -- "\${words[@]:1}" 2>/dev/null)
}

complete -o bashdefault -o default -F __crllint_complete crllint
`;

/**
 * Prints suggestions for the last of some words, one per line, with a description after a tab. The last line is a colon
 * and a number for the shell's script.
 *
 * @param program the command tree, which defines the commands, the options and their choices
 * @param words the words after `crllint` on the line that is being typed
 */
export async function complete(program: Command, words: readonly string[], io: Io): Promise<ExitCode> {
  const root = new RootCommand();
  declare({ root, declared: root, command: program, path: [], word: words.at(-1) ?? "" });
  const offers = printedBy(() => root.parse([...words]))
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith(":"));
  await io.write([...offers, `:${directiveFor(offers)}`, ""].join("\n"));
  return 0;
}

/**
 * Returns the number for the shell's script. 0: complete file names, since there are no suggestions. 4: no file names.
 * 6: also no space after the word, since more follows.
 */
function directiveFor(offers: readonly string[]): number {
  if (offers.length === 0) return 0;
  return offers.every((line) => line.split("\t")[0]?.endsWith("=")) ? 6 : 4;
}

/** A command of the tree, and its counterpart in the completion library. */
interface Place {
  readonly root: RootCommand;
  readonly declared: Declared;
  readonly command: Command;
  readonly path: readonly string[];
  /** The word that is being typed. */
  readonly word: string;
}

/** Declares a command and all commands below it, except hidden ones. */
function declare(place: Place): void {
  const { root, declared, command, path, word } = place;
  const help = command.createHelp();
  for (const option of help.visibleOptions(command)) declareOption(declared, option, path.join(" "), word);
  for (const argument of command.registeredArguments) {
    declared.argument(argument.name(), offer(argument, path.join(" "), word), argument.variadic);
  }
  for (const below of help.visibleCommands(command)) {
    const names = [...path, below.name()];
    const next = root.command(names.join(" "), below.description());
    declare({ root, declared: next, command: below, path: names, word });
  }
}

function declareOption(declared: Declared, option: Option, command: string, word: string): void {
  const [name, alias] = [option.name(), option.short?.slice(1)];
  if (option.isBoolean()) declared.option(name, option.description, alias ?? "");
  else declared.option(name, option.description, offer(option, command, word), alias);
}

/**
 * Offers the values of an option or argument. In a list, they are appended to the values before them: `tls-br,mo`
 * becomes `tls-br,mozilla`.
 */
function offer(item: Option | Argument, command: string, word: string): (take: Complete) => void {
  const { offered, isList } = valuesOf(item, command);
  const typed = word.startsWith("-") ? word.slice(word.indexOf("=") + 1) : word;
  const listed = isList ? typed.slice(0, typed.lastIndexOf(",") + 1) : "";
  return (take) => {
    for (const { value, description } of offered) take(listed + value, description);
  };
}

/** Returns what code of the library prints. That code can only write to the console. */
function printedBy(act: () => void): string {
  const { log } = console;
  let printed = "";
  console.log = (line: string) => {
    printed += `${line}\n`;
  };
  try {
    act();
  } finally {
    console.log = log;
  }
  return printed;
}
