/**
 * A value that can be written as JSON. A list may be made while it is written; a field that is undefined is omitted.
 */
export type Json =
  | string
  | number
  | boolean
  | KeptJson
  | Iterable<Json>
  | { readonly [field: string]: Json | undefined };

/** A value whose text is kept, because many reports contain it. */
export class KeptJson {
  readonly #value: Json;
  readonly #texts = new Map<Indent, string>();

  constructor(value: Json) {
    this.#value = value;
  }

  /** Returns the text with an indent. */
  text(indent: Indent): string {
    let text = this.#texts.get(indent);
    if (text === undefined) this.#texts.set(indent, (text = [...serialize(this.#value, indent)].join("")));
    return text;
  }
}

/** Spaces before each line; null for one line. */
type Indent = string | null;

/**
 * Characters that a terminal or an editor does not show unchanged: JSON.stringify escapes only U+0000 to U+001F. Also a
 * `#` before another `#`, because build servers run `##[` and `##vso[` at any position as commands.
 */
const hidden = new RegExp(
  [
    "[",
    String.raw`\u{7f}-\u{a0}\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{1680}\u{17b4}\u{17b5}\u{180b}-\u{180f}`,
    String.raw`\u{2000}-\u{200f}\u{2028}-\u{202f}\u{205f}-\u{206f}\u{2800}\u{3000}\u{3164}`,
    String.raw`\u{d800}-\u{f8ff}\u{fdd0}-\u{fdef}\u{fe00}-\u{fe0f}\u{feff}\u{ffa0}\u{fff0}-\u{ffff}`,
    String.raw`\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{3fffe}-\u{10ffff}`,
    "]|#(?=#)",
  ].join(""),
  "gu",
);

/**
 * Returns JSON in pieces, indented by two spaces, with fields in their order. Characters that are invisible or move
 * other text are written as `\uXXXX`, so the JSON is safe to show.
 */
export function* serialize(value: Json, indent: Indent = ""): Iterable<string> {
  if (typeof value !== "object") {
    yield scalar(value);
    return;
  }
  if (value instanceof KeptJson) {
    yield value.text(indent);
    return;
  }
  const isList = Symbol.iterator in value;
  const inner = indent === null ? null : `${indent}  `;
  const first = inner === null ? "" : `\n${inner}`;
  const next = inner === null ? ", " : `,${first}`;
  let text = isList ? "[" : "{";
  let before = first;
  const fields: Iterable<Json> = isList ? value : Object.keys(value);
  for (const each of fields) {
    const item = isList ? each : value[each as string];
    if (item === undefined) continue;
    text += isList ? before : `${before}${scalar(each as string)}: `;
    before = next;
    if (typeof item === "object") {
      yield text;
      text = "";
      yield* serialize(item, inner);
    } else text += scalar(item);
  }
  const close = isList ? "]" : "}";
  yield text + (before === first || indent === null ? close : `\n${indent}${close}`);
}

/** An object or a list that is written while its parts arrive, with the layout of `serialize`. */
export class JsonParts {
  readonly #brackets: "{}" | "[]";
  readonly #indent: string;
  #isEmpty = true;

  constructor(brackets: "{}" | "[]", indent = "") {
    this.#brackets = brackets;
    this.#indent = indent;
  }

  /** Returns its first text. */
  open(): string {
    return this.#brackets.charAt(0);
  }

  /** Returns the text before the next item of a list, if the caller writes the item. */
  next(): string {
    return this.#next("");
  }

  /** Returns the text of the next item of a list. */
  *item(value: Json): Iterable<string> {
    yield this.next();
    yield* serialize(value, `${this.#indent}  `);
  }

  /** Returns the text of the next fields of an object. */
  *fields(fields: Readonly<Record<string, Json>>): Iterable<string> {
    for (const [name, value] of Object.entries(fields)) {
      yield this.field(name);
      yield* serialize(value, `${this.#indent}  `);
    }
  }

  /** Returns the text before the value of the next field, if the caller writes the value. */
  field(name: string): string {
    return this.#next(`${scalar(name)}: `);
  }

  /** Returns its last text. */
  close(): string {
    return this.#isEmpty ? this.#brackets.charAt(1) : `\n${this.#indent}${this.#brackets.charAt(1)}`;
  }

  #next(name: string): string {
    const comma = this.#isEmpty ? "" : ",";
    this.#isEmpty = false;
    return `${comma}\n${this.#indent}  ${name}`;
  }
}

/** Returns JSON in pieces on one line, without a line break. */
export function serializeLine(value: Json): Iterable<string> {
  return serialize(value, null);
}

/** Text of printable ASCII characters that need no escape. */
const plain = /^[ !$-[\]-~]*$/u;

function scalar(value: string | number | boolean): string {
  if (typeof value !== "string") return String(value);
  if (plain.test(value)) return `"${value}"`;
  return JSON.stringify(value).replace(hidden, (character) =>
    Array.from({ length: character.length }, (_, i) => {
      return `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`;
    }).join(""),
  );
}
