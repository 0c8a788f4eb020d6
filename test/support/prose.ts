import { parseSync, Visitor } from "rolldown/utils";

/** A part of a file: offsets of its first character and of the one after its last. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Replaces characters that are not prose. No pattern for words matches it, and unlike a space it does not join words. */
const filler = "\0";

/**
 * Returns the prose of a file: its text, with `filler` for every character that is not prose, so that an offset in the
 * prose is an offset in the file. A sentence that is wrapped is joined by whitespace only.
 *
 * - TypeScript and JavaScript: comments and string literals. Names are not prose: identifiers, keys, imports, types,
 *   and literals of one word with a hyphen, dot or slash, such as ids and files. In tests, only comments are prose:
 *   their literals include inputs and expected output.
 *   Nor are the properties `quote` and `excerpt`, which repeat a standard word for word.
 * - Markdown: all but fenced blocks, HTML comments and targets of links.
 * - Other files (YAML, shell, Dockerfile): everything.
 *
 * In all of them, code in backticks and quotations in double quotes are not prose.
 */
export function proseOf(file: string, text: string): string {
  let prose = text;
  if (/\.m?ts$|\.mjs$/u.test(file)) prose = proseOfScript(file, text);
  else if (file.endsWith(".md")) prose = proseOfMarkdown(text);
  else prose = text.replaceAll(/^[ \t]*#+/gmu, blank);
  return prose.replaceAll(/(?<quote>[`"])[^`"\0]+\k<quote>/gu, fill);
}

function fill(text: string): string {
  return filler.repeat(text.length);
}

/** Replaces all characters except line feeds with spaces. */
function blank(text: string): string {
  return text.replaceAll(/[^\n]/gu, " ");
}

function proseOfMarkdown(text: string): string {
  return text
    .replaceAll(/^ *(?<ticks>`{3,})[^]*?^ *\k<ticks>$/gmu, fill)
    .replaceAll(/<!--[^]*?-->/gu, fill)
    .replaceAll(/\]\([^)]*\)/gu, fill)
    .replaceAll(/^ *>/gmu, blank);
}

function proseOfScript(file: string, text: string): string {
  const { program, comments, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`cannot parse ${file}: ${errors[0]?.message}`);
  const texts: Span[] = [];
  const names: Span[] = [];
  new Visitor({
    Literal: (node) => {
      if (typeof node.value === "string") texts.push(inside(node));
    },
    TemplateElement: (node) => texts.push(node),
    Property: ({ key, value }) => {
      names.push(key);
      if (key.type === "Identifier" && /^(?:quote|excerpt)$/u.test(key.name)) names.push(value);
    },
    MemberExpression: ({ property }) => names.push(property),
    TSPropertySignature: ({ key }) => names.push(key),
    TSLiteralType: (node) => names.push(node),
    ImportDeclaration: (node) => names.push(node),
    ImportExpression: ({ source }) => names.push(source),
    ExportNamedDeclaration: ({ source }) => names.push(...(source === null ? [] : [source])),
    ExportAllDeclaration: ({ source }) => names.push(source),
  }).visit(program);

  const named = new Uint8Array(text.length);
  for (const { start, end } of names) named.fill(1, start, end);
  const isText = ({ start, end }: Span): boolean =>
    named[start] === 0 && !file.startsWith("test/") && !/^\S*[-./]\S*$/u.test(text.slice(start, end));

  /** Parts that are prose, as they are shown. */
  const parts: (Span & { readonly shown: string })[] = [];
  const show = ({ start, end }: Span, how = (part: string) => part): void => {
    parts.push({ start, end, shown: how(text.slice(start, end)) });
  };
  let last: Span | undefined;
  for (const span of texts.filter(isText).sort(byPlace)) {
    show(span, (part) => part.replaceAll(/\\[nt]/gu, blank));
    const between = { start: last?.end ?? span.start, end: span.start };
    // Text that is put together of several literals reads as one.
    if (/^["'`]\s*\+\s*["'`]$/u.test(text.slice(between.start, between.end))) show(between, blank);
    last = span;
  }
  let previous = 0;
  for (const { type, start, end } of comments) {
    const marks = type === "Line" ? /^\/\//gu : /^\/\*+|\*\/$|^[ \t]*\*(?!\/)/gmu;
    show({ start, end }, (part) => part.replaceAll(marks, blank));
    // Line comments on successive lines are one text.
    if (type === "Line" && /^\n[ \t]*$/u.test(text.slice(previous, start))) show({ start: previous, end: start });
    previous = end;
  }
  let prose = "";
  for (const { start, shown } of parts.sort(byPlace)) prose += filler.repeat(start - prose.length) + shown;
  return prose + filler.repeat(text.length - prose.length);
}

function byPlace(a: Span, b: Span): number {
  return a.start - b.start;
}

/** Returns the span of a literal without its quotes. */
function inside({ start, end }: Span): Span {
  return { start: start + 1, end: end - 1 };
}
