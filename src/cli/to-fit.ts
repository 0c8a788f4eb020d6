import { foldLines } from "../report/text.ts";
import type { Io } from "./io.ts";

/** Minimum number of columns that text is wrapped at. */
const minimumColumns = 20;

/** Returns text for people with its lines wrapped at the width of the terminal; unchanged if there is no terminal. */
export function toFit(text: string, { isTty, columns }: Pick<Io, "isTty" | "columns">): string {
  return isTty && columns !== undefined ? foldLines(text, Math.max(minimumColumns, columns)) : text;
}
