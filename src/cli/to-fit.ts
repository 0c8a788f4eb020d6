import { foldLines } from "../report/text.ts";
import type { Io } from "./io.ts";

/** Minimum number of columns at which text is wrapped. */
const minimumColumns = 20;

/** Wraps lines at the width of the terminal. Returns the text unchanged if there is no terminal. */
export function toFit(text: string, { isTty, columns }: Pick<Io, "isTty" | "columns">): string {
  return isTty && columns !== undefined ? foldLines(text, Math.max(minimumColumns, columns)) : text;
}
