/** Pseudorandom numbers that depend only on the seed (xorshift32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed ^ 0x9e3779b9) | 1;
  }

  /** Returns a whole number of 0 or greater, less than `limit`. */
  below(limit: number): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return limit <= 0 ? 0 : (x >>> 0) % limit;
  }

  /** Returns one of several items. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

/** A parsed TLV of a valid artifact, which can be changed and encoded again. */
interface Node {
  readonly tag: number;
  readonly children?: readonly Node[];
  readonly content?: Uint8Array;
}

/** Maximum nesting that is parsed. */
const maximumDepth = 24;

/** Parses DER; undefined if the bytes are not DER. OCTET STRINGs are parsed if they contain TLVs. */
function parse(bytes: Uint8Array, depth = 0): readonly Node[] | undefined {
  const nodes: Node[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0;
    let length = bytes[at + 1] ?? 0x80;
    let content = at + 2;
    if (length >= 0x80) {
      const count = length & 0x7f;
      if (count === 0 || count > 4) return undefined;
      length = 0;
      for (let i = 0; i < count; i += 1) length = length * 256 + (bytes[content + i] ?? 0);
      content += count;
    }
    const end = content + length;
    if ((tag & 0x1f) === 0x1f || end > bytes.length) return undefined;
    const contents = bytes.subarray(content, end);
    const mayHold = depth < maximumDepth && (tag & 0x20 || (tag === 0x04 && contents.length > 2));
    const children = mayHold ? parse(contents, depth + 1) : undefined;
    nodes.push(children === undefined ? { tag, content: contents } : { tag, children });
    at = end;
  }
  return nodes;
}

function encode({ tag, children, content = new Uint8Array(0) }: Node): Uint8Array {
  const contents = children === undefined ? content : concat(children.map(encode));
  return concat([Uint8Array.of(tag, ...lengthOctets(contents.length)), contents]);
}

function lengthOctets(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest & 0xff);
  return [0x80 | bytes.length, ...bytes];
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const tags = [
  0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1e, 0x30, 0x31, 0x80, 0x81, 0x86,
  0xa0, 0xa1, 0xa4,
];

const texts = [
  "",
  "\u0000",
  "\u007f",
  "\u00ff\u00fe",
  "261120110000Z",
  "20261120110000Z",
  "99991231235959Z",
  "000000000000Z",
  "\u001b[31m",
  "::error::x",
  "##[error]",
  "\u00e2\u0080\u00ae",
];

/** Returns the TLVs that replace a TLV in one mutation of the structure. */
function change(node: Node, donors: readonly Node[], random: Random): readonly Node[] {
  switch (random.below(10)) {
    case 0:
      return [];
    case 1:
      return [node, node];
    case 2:
      return [{ ...node, tag: random.pick(tags) }];
    case 3:
      return [{ ...node, tag: node.tag ^ (1 << random.below(8)) }];
    case 4:
      return [{ tag: node.tag, content: latin1(random.pick(texts)) }];
    case 5:
      return [random.pick(donors)];
    case 6:
      return [node, random.pick(donors)];
    case 7:
      return [{ tag: random.pick([0x30, 0x31, 0x04, 0xa0]), children: [node] }];
    case 8:
      return node.children === undefined ? [{ ...node, content: mutateBytes(node.content, random) }] : node.children;
    default:
      return [{ ...node, ...(node.children && { children: shuffle(node.children, random) }) }];
  }
}

function shuffle(nodes: readonly Node[], random: Random): readonly Node[] {
  const shuffled = [...nodes];
  for (let i = shuffled.length - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    [shuffled[i], shuffled[j]] = [shuffled[j] as Node, shuffled[i] as Node];
  }
  return shuffled;
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}

function allOf(nodes: readonly Node[]): readonly Node[] {
  return nodes.flatMap((node) => [node, ...allOf(node.children ?? [])]);
}

function replace(nodes: readonly Node[], target: Node, by: readonly Node[]): readonly Node[] {
  return nodes.flatMap((node) => {
    if (node === target) return by;
    return node.children === undefined ? [node] : [{ ...node, children: replace(node.children, target, by) }];
  });
}

/** Changes bytes regardless of the structure: set, removed, inserted, repeated, truncated. */
function mutateBytes(bytes: Uint8Array = new Uint8Array(0), random: Random): Uint8Array {
  const at = random.below(bytes.length + 1);
  const length = random.below(Math.min(16, bytes.length - at) + 1);
  const before = bytes.subarray(0, at);
  const piece = bytes.subarray(at, at + length);
  const after = bytes.subarray(at + length);
  switch (random.below(5)) {
    case 0:
      return concat([before, after]);
    case 1:
      return concat([before, piece, piece, after]);
    case 2:
      return concat([before, Uint8Array.of(random.below(256)), piece, after]);
    case 3:
      return random.below(8) === 0 ? before : bytes;
    default:
      return at < bytes.length
        ? bytes.with(at, random.pick([0, 0xff, 0x80, (bytes[at] ?? 0) ^ 1, random.below(256)]))
        : bytes;
  }
}

/**
 * Changes a valid artifact in one to four places: whole TLVs, with corrected outer lengths, so the mutation reaches
 * the code after the decoding of lengths; and sometimes single bytes.
 *
 * @param others other artifacts whose TLVs may be inserted into this one
 */
export function mutate(bytes: Uint8Array, others: readonly Uint8Array[], random: Random): Uint8Array {
  let changed = bytes;
  for (let left = 1 + random.below(4); left > 0; left -= 1) {
    const nodes = random.below(4) === 0 ? undefined : parse(changed);
    if (nodes === undefined || nodes.length === 0) {
      changed = mutateBytes(changed, random);
      continue;
    }
    const all = allOf(nodes);
    const donors = [...all, ...allOf(parse(random.pick([bytes, ...others])) ?? [])];
    const target = random.pick(all);
    changed = concat(replace(nodes, target, change(target, donors, random)).map(encode));
  }
  return changed;
}
