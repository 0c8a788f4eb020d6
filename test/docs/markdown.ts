import { readdirSync, readFileSync } from "node:fs";

/** Root of the project. */
export const root = new URL("../../", import.meta.url);

/** A fenced block of code. */
export interface Block {
  /** Path of the file below the root. */
  readonly file: string;
  /** Line of the text after the fence, counted from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** `<!-- key: value -->` comments right before the block. */
  readonly marks: ReadonlyMap<string, string>;
}

/** Returns the Markdown files that are written by hand: all pages except those that `npm run docs` writes. */
export function writtenPages(): readonly string[] {
  const inDocs = readdirSync(new URL("docs/", root), { recursive: true, encoding: "utf8" })
    .map((name) => `docs/${name.replaceAll("\\", "/")}`)
    .filter((name) => !name.startsWith("docs/rules/"));
  return [...readdirSync(root), ...inDocs].filter((name) => name.endsWith(".md")).sort();
}

/** Reads a file of the project. */
export function readPage(file: string): string {
  return readFileSync(new URL(file, root), "utf8");
}

const fence = /^(?<indent> *)(?<ticks>`{3,})(?<language>[\w-]*)$/u;
const mark = /^ *<!-- (?<key>\w+): (?<value>.*) -->$/u;

/** Returns the fenced blocks of a page, in order. */
export function blocksOf(file: string, page = readPage(file)): readonly Block[] {
  const lines = page.split("\n");
  const blocks: Block[] = [];
  let marks = new Map<string, string>();
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] ?? "";
    const { key, value } = mark.exec(line)?.groups ?? {};
    const { indent = "", ticks, language = "" } = fence.exec(line)?.groups ?? {};
    if (key !== undefined && value !== undefined) marks.set(key, value);
    else if (ticks !== undefined) {
      const end = lines.indexOf(indent + ticks, i + 1);
      if (end < 0) throw new Error(`${file}:${i + 1}: this block has no end`);
      const text = lines.slice(i + 1, end).map((each) => each.slice(indent.length));
      blocks.push({ file, line: i + 2, language, text: `${text.join("\n")}\n`, marks });
      marks = new Map();
      i = end;
    } else if (line.trim() !== "") marks = new Map();
  }
  return blocks;
}

/** Returns the text of code spans outside of blocks, with its line. */
export function spansOf(file: string): readonly { readonly line: number; readonly text: string }[] {
  const page = readPage(file).replaceAll(/^ *(?<ticks>`{3,})[\s\S]*?^ *\k<ticks>$/gmu, (block) =>
    block.replaceAll(/[^\n]/gu, ""),
  );
  return [...page.matchAll(/`(?<text>[^`]+)`/gu)].map(({ index, groups }) => {
    const text = (groups?.["text"] ?? "").replaceAll(/\s*\n\s*/gu, " ");
    return { line: page.slice(0, index).split("\n").length, text };
  });
}
