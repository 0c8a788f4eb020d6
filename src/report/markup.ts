import { escapeLine } from "./escape-line.ts";

/** HTML or SVG that is inserted into a page unchanged. */
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

/** Escapes text for an element's content or for a quoted attribute value, in HTML and in XML 1.0. */
export function escapeMarkup(text: string): string {
  return escapeLine(text).replace(/[&<>"']/gu, (character) => entities[character] ?? character);
}

/** Returns the markup of a template literal. Inserted values are escaped as text, unless they are Markup. */
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

/** Empty markup. */
export const none: Markup = { markup: "" };
