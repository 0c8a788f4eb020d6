import {
  Composer,
  type CST,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  Parser,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
} from "yaml";
import { escapeText } from "../name/escape.ts";
import type { Located } from "./located.ts";
import type { Place, Problem } from "./problem.ts";

/** Maximum number of characters in a file of settings. */
export const maximumSize = 2 ** 18;

/** Maximum nesting. Composing deeper documents can overflow the stack. */
const maximumDepth = 32;

/** Plain digits. Everything else that YAML treats as a number (a digest such as `12e45...`, `0x10`) is text here. */
const wholeNumber = /^(?:0|[1-9]\d{0,8})$/u;

/** The content of a file of settings, or the problems that make it unreadable. */
export type YamlResult = { readonly root: Located } | { readonly problems: readonly Problem[] };

/**
 * Reads one document of YAML 1.2, which includes JSON, with the place of every value. Aliases, directives and unknown
 * tags are rejected: settings need none of them, and a few lines of aliases can expand to gigabytes.
 *
 * Never throws, whatever the text is.
 */
export function readYaml(text: string): YamlResult {
  if (text.length > maximumSize) {
    return refuse("too-large", `more than ${maximumSize} characters`, { start: 0, end: 1 });
  }
  const tokens = [...new Parser().parse(text)];
  const directive = tokens.find(({ type }) => type === "directive");
  if (directive !== undefined) {
    const { offset } = directive;
    return refuse("syntax", "directives (%...) are not supported", { start: offset, end: offset + 1 });
  }
  const tooDeep = findDepth(tokens);
  if (tooDeep !== undefined) return refuse("too-deep", `nested deeper than ${maximumDepth} levels`, tooDeep);
  const composer = new Composer({ prettyErrors: false, stringKeys: true, uniqueKeys: false });
  const documents = [...composer.compose(tokens, true, text.length)];
  const faults = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
  if (faults.length > 0) {
    return {
      problems: faults.map(({ code, message, pos: [start, end] }) => {
        const help = code === "BLOCK_AS_IMPLICIT_KEY" ? { help: 'put text that holds ": " in quotes' } : {};
        return { ...syntax(escapeText(message), { start, end }), ...help };
      }),
    };
  }
  const [document, second] = documents;
  if (second !== undefined) {
    const [start] = second.range;
    return refuse("syntax", "a second document begins here", { start, end: start + 1 });
  }
  return locate(document?.contents ?? undefined);
}

function refuse(id: Problem["id"], message: string, at: Place): YamlResult {
  return { problems: [{ id, message, at }] };
}

function syntax(message: string, at: Place): Problem {
  return { id: "syntax", message: message.replace(/^[A-Z](?=[a-z])/u, (letter) => letter.toLowerCase()), at };
}

/**
 * Returns the place of the first tokens found that are nested too deeply. Not recursive, since it guards against deep
 * recursion.
 */
function findDepth(tokens: readonly CST.Token[]): Place | undefined {
  const open: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > maximumDepth) return { start: token.offset, end: token.offset + 1 };
    if (token.type === "document" && token.value !== undefined) open.push({ token: token.value, depth });
    if (!("items" in token)) continue;
    for (const { key, value } of token.items) {
      if (key != null) open.push({ token: key, depth: depth + 1 });
      if (value !== undefined) open.push({ token: value, depth: depth + 1 });
    }
  }
  return undefined;
}

function locate(contents: ParsedNode | undefined): YamlResult {
  const problems: Problem[] = [];
  const empty: Located = { kind: "map", entries: new Map(), at: { start: 0, end: 1 } };
  const root = contents === undefined ? empty : locateNode(contents, problems);
  // A file that contains only comments has no settings.
  const isEmpty = root.kind === "scalar" && root.value === null;
  return problems.length > 0 ? { problems } : { root: isEmpty ? { ...empty, at: root.at } : root };
}

/** Returns the value of a node, with its place. The nesting has already been limited. */
function locateNode(node: ParsedNode, problems: Problem[]): Located {
  const at = placeOf(node);
  if (isAlias(node)) {
    problems.push({ id: "alias", message: "aliases (*name) are not supported", at, help: "repeat the value" });
  }
  if (isMap(node)) return { kind: "map", entries: locateEntries(node, problems), at };
  if (isSeq(node)) return { kind: "list", items: node.items.map((item) => locateNode(item, problems)), at };
  return { kind: "scalar", value: isScalar(node) ? valueOf(node) : null, at };
}

function locateEntries(map: YAMLMap.Parsed, problems: Problem[]) {
  const entries = new Map<string, { key: Place; value: Located }>();
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? textOf(key) : "";
    const place = placeOf(key);
    if (entries.has(name)) {
      const message = `duplicate key "${escapeText(name)}"`;
      problems.push({ id: "duplicate-key", message, at: place, help: "keep one of the two" });
      continue;
    }
    const nothing: Located = { kind: "scalar", value: null, at: place };
    entries.set(name, { key: place, value: value === null ? nothing : locateNode(value, problems) });
  }
  return entries;
}

/** Returns a key. Keys of other types have been refused. */
function textOf({ value }: Scalar.Parsed): string {
  return typeof value === "string" ? value : "";
}

function placeOf(node: ParsedNode): Place {
  const [start, end] = node.range;
  // For a block that spans lines, the first character is enough.
  return { start, end: isCollection(node) && node.flow !== true ? start + 1 : Math.max(end, start + 1) };
}

function valueOf({ value, source }: Scalar.Parsed): string | number | boolean | null {
  if (typeof value === "boolean" || value === null) return value;
  if (typeof value === "number" && wholeNumber.test(source)) return value;
  return typeof value === "string" ? value : source;
}
