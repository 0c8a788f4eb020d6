/** What can be written as JSON; a field that is undefined is left out. */
export type Json = string | number | boolean | readonly Json[] | { readonly [field: string]: Json | undefined };

/** Everything that a terminal or an editor does not draw as itself: JSON.stringify escapes only U+0000 to U+001F. */
const hidden = new RegExp(
  [
    "[",
    String.raw`\u{7f}-\u{a0}\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{1680}\u{17b4}\u{17b5}\u{180b}-\u{180f}`,
    String.raw`\u{2000}-\u{200f}\u{2028}-\u{202f}\u{205f}-\u{206f}\u{2800}\u{3000}\u{3164}`,
    String.raw`\u{d800}-\u{f8ff}\u{fdd0}-\u{fdef}\u{fe00}-\u{fe0f}\u{feff}\u{ffa0}\u{fff0}-\u{ffff}`,
    String.raw`\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{3fffe}-\u{10ffff}`,
    "]",
  ].join(""),
  "gu",
);

/**
 * JSON in pieces, indented by two spaces, fields in their order. What hides, reorders or moves is written as `\uXXXX`,
 * so that the text is as safe to show as what it was made of.
 */
export function* serialize(value: Json, indent = ""): Iterable<string> {
  if (typeof value !== "object") {
    yield scalar(value);
    return;
  }
  const fields: readonly (readonly [string, Json])[] = isList(value)
    ? value.map((item) => ["", item] as const)
    : Object.entries(value).flatMap(([name, item]) =>
        item === undefined ? [] : [[`${scalar(name)}: `, item] as const],
      );
  const [open, close] = isList(value) ? "[]" : "{}";
  if (fields.length === 0) {
    yield `${open}${close}`;
    return;
  }
  const inner = `${indent}  `;
  let separator = `${open}\n`;
  for (const [name, item] of fields) {
    yield `${separator}${inner}${name}`;
    yield* serialize(item, inner);
    separator = ",\n";
  }
  yield `\n${indent}${close}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function scalar(value: string | number | boolean): string {
  return JSON.stringify(value).replace(hidden, (character) =>
    Array.from({ length: character.length }, (_, i) => {
      return `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`;
    }).join(""),
  );
}
