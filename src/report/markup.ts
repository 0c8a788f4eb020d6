import { tame } from "./tame.ts";

/** HTML or SVG that can be put into a page as it stands. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | readonly Markup[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for an element's content or for an attribute's value in quotes, tamed and escaped; for XML 1.0 too. */
export function escapeMarkup(text: string): string {
  return tame(text).replace(/[&<>"']/gu, (character) => entities[character] ?? character);
}

/** Tag of templates: whatever is put in is text and is escaped, unless it is Markup itself. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const texts = strings.map((string, i) => string + textOf(parts[i] ?? ""));
  return { markup: texts.join("") };
}

function textOf(part: Part): string {
  if (typeof part === "string") return escapeMarkup(part);
  if (typeof part === "number") return String(part);
  if ("markup" in part) return part.markup;
  return part.map(({ markup }) => markup).join("");
}

/** Nothing. */
export const none: Markup = { markup: "" };
