import { constructed, Tag } from "../der/tag.ts";

/**
 * The frame of one element, as far as it can be read. Unlike `readTlv` of `der/`, reading it reports nothing and
 * accepts everything, because it only helps to guess the kind of a file. A frame that is too long ends at the end of
 * its container.
 */
export interface Shape {
  /** Identifier octet. For universal tags, the constructed bit is corrected. */
  readonly tag: number;
  readonly content: number;
  /** Offset after the contents, at most the end of the container. */
  readonly end: number;
  /** Whether the length exceeds the container, or an indefinite length has no end. */
  readonly isCut: boolean;
}

/** Maximum number of elements that are skipped to find the end of an indefinite length. A Name has a few dozen. */
const budget = 512;

/** Reads the frame of the element at `at`; undefined if `at` is at `limit` or after it. */
export function shapeAt(bytes: Uint8Array, at: number, limit: number, most = budget): Shape | undefined {
  const header = readHeader(bytes, at, limit);
  if (header === undefined) return undefined;
  const { tag, content, length } = header;
  if (length === undefined) return { tag, content, ...endOfIndefinite(bytes, content, limit, most) };
  return { tag, content, end: Math.min(content + length, limit), isCut: content + length > limit };
}

/** Returns the first elements inside an element, at most `count`. */
export function childShapes(bytes: Uint8Array, parent: Shape, count: number): readonly Shape[] {
  const children: Shape[] = [];
  let at = parent.content;
  while (children.length < count) {
    const child = shapeAt(bytes, at, parent.end);
    if (child === undefined || (child.tag === 0 && child.content === child.end)) break;
    children.push(child);
    at = child.end;
  }
  return children;
}

/**
 * Returns all elements inside an element. Unlike `childShapes`, it finds the end of every element of indefinite length,
 * in time that grows with its size. It is for the few levels of a container, not for guessing.
 */
export function* elementsOf(bytes: Uint8Array, parent: Shape): Iterable<Shape> {
  let at = parent.content;
  for (;;) {
    const child = elementAt(bytes, at, parent.end);
    if (child === undefined || (child.tag === 0 && child.content === child.end)) return;
    yield child;
    at = child.end;
  }
}

/** Like `shapeAt`, but finds the end of an element of indefinite length at any distance. */
export function elementAt(bytes: Uint8Array, at: number, limit: number): Shape | undefined {
  return shapeAt(bytes, at, limit, Number.POSITIVE_INFINITY);
}

/** Returns the first element inside an element. */
export function firstChild(bytes: Uint8Array, parent: Shape): Shape | undefined {
  return childShapes(bytes, parent, 1)[0];
}

interface Header {
  readonly tag: number;
  readonly content: number;
  /** Undefined for the indefinite form. */
  readonly length: number | undefined;
}

function readHeader(bytes: Uint8Array, start: number, limit: number): Header | undefined {
  if (start >= limit) return undefined;
  let at = start;
  let tag = bytes[at++] ?? 0;
  if ((tag & 0x1f) === 0x1f) {
    const number = bytes[at] ?? 0xff;
    if (number < 0x1f) tag = (tag & 0xe0) | number;
    // X.690 8.1.2.4.2: bit 8 is set in all bytes of a tag number except the last. No tag in these files has 5.
    for (let i = 0; i < 5 && (bytes[at] ?? 0) >= 0x80; i += 1) at += 1;
    at += 1;
  }
  tag = normalTag(tag);
  if (at >= limit) return { tag, content: limit, length: 0 };
  const initial = bytes[at++] ?? 0;
  if (initial < 0x80) return { tag, content: at, length: initial };
  if (initial === 0x80) return { tag, content: at, length: undefined };
  const count = initial & 0x7f;
  if (at + count > limit) return { tag, content: limit, length: 0 };
  let length = 0;
  for (let i = 0; i < count; i += 1) length = Math.min(length * 256 + (bytes[at + i] ?? 0), 2 ** 48);
  return { tag, content: at + count, length };
}

/** Corrects the constructed bit of a tag. The linter reports a wrong one later. */
function normalTag(tag: number): number {
  if (tag >= 0x40) return tag;
  const isConstructed = (tag | constructed) === Tag.sequence || (tag | constructed) === Tag.set;
  return isConstructed ? tag | constructed : tag & ~constructed;
}

/**
 * Finds the end of an element of indefinite length whose contents start at `from`: after its end-of-contents octets
 * (X.690 8.1.5). If there are none, it is truncated. If the budget ends before they are found, nothing is known.
 */
function endOfIndefinite(bytes: Uint8Array, from: number, limit: number, most: number): Pick<Shape, "end" | "isCut"> {
  let at = from;
  let depth = 1;
  for (let steps = 0; steps < most; steps += 1) {
    const header = readHeader(bytes, at, limit);
    if (header === undefined) return { end: limit, isCut: true };
    if (header.length === undefined) depth += 1;
    else if (header.tag === 0 && header.length === 0) depth -= 1;
    if (depth === 0) return { end: header.content, isCut: false };
    at = header.content + (header.length ?? 0);
  }
  return { end: limit, isCut: false };
}
