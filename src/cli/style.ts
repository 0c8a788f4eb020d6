import { noStyle, type Style } from "../report/style.ts";
import type { Io } from "./io.ts";

/** What `--color` says. */
export type ColorChoice = "auto" | "always" | "never";

/**
 * Whether to use colours: the flag, then NO_COLOR (non-empty), FORCE_COLOR and CLICOLOR_FORCE, TERM=dumb, and at last
 * whether standard output is a terminal.
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
 * The colours of human text. chalk must not decide by itself: it takes no notice of NO_COLOR, and takes `--color never`
 * in the arguments for a wish for colours.
 */
export async function chooseStyle(choice: ColorChoice, io: Pick<Io, "env" | "isTty">): Promise<Style> {
  if (!wantsColor(choice, io)) return noStyle;
  const { Chalk } = await import("chalk");
  return new Chalk({ level: 1 });
}
