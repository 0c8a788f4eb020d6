import { noStyle, type Style } from "../report/style.ts";
import type { Flags } from "../options/values.ts";
import type { Io } from "./io.ts";

/** The value of `--color`. */
export type ColorChoice = Flags<"lint">["color"];

/**
 * Whether to use color. Checks the flag, then NO_COLOR (non-empty), FORCE_COLOR and CLICOLOR_FORCE, TERM=dumb, and
 * finally whether standard output is a terminal.
 */
function wantsColor(choice: ColorChoice, { env, isTty }: Pick<Io, "env" | "isTty">): boolean {
  if (choice !== "auto") return choice === "always";
  if (isSet(env["NO_COLOR"])) return false;
  const forced = env["FORCE_COLOR"] ?? env["CLICOLOR_FORCE"];
  if (isSet(forced)) return forced !== "0" && forced !== "false";
  if (env["TERM"] === "dumb") return false;
  return isTty;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}

/**
 * Returns the colors of human text. chalk must not decide by itself: it ignores NO_COLOR, and treats `--color never` in
 * the arguments as a request for color.
 */
export async function chooseStyle(choice: ColorChoice, io: Pick<Io, "env" | "isTty">): Promise<Style> {
  if (!wantsColor(choice, io)) return noStyle;
  const { Chalk } = await import("chalk");
  return new Chalk({ level: 1 });
}
