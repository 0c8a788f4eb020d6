import { type FaultCode, Faults } from "./fault.ts";
import { type Limits, usualLimits } from "./limits.ts";
import type { Span, Tlv } from "./span.ts";
import { constructed, Tag, tagName } from "./tag.ts";

/** Types that are primitive in BER too (X.690 8.2.1, 8.3.1, 8.4, 8.8.1, 8.19.1), unlike strings. */
const neverConstructed: ReadonlySet<number> = new Set([Tag.boolean, Tag.integer, Tag.null, Tag.oid, Tag.enumerated]);

/** One artefact being read: its octets, where faults go, and how far it really reaches. */
export interface Source {
  readonly bytes: Uint8Array;
  readonly faults: Faults;
  readonly limits: Limits;
  /**
   * Set where the file ends before its outermost length says so. Lengths that run past this offset are consequences of
   * the cut and are not reported again.
   */
  truncatedAt?: number;
}

/** How an artefact is read. */
export interface Reading {
  /** How many faults of one kind are kept with their place; usually 20. */
  readonly keep?: number;
  readonly limits?: Limits;
}

/** Octets that are going to be read. */
export function newSource(bytes: Uint8Array, { keep, limits = usualLimits }: Reading = {}): Source {
  return { bytes, faults: new Faults(keep), limits };
}

/**
 * Reads TLVs one after the other inside a frame, forward only. It never recurses, never reads outside `[start, end)`,
 * and goes on behind a fault as long as the frame of the TLV stands (X.690 8.1.3, 10.1).
 */
export class Cursor {
  /** Offset of the next TLV. */
  position: number;
  /** Set when a frame did not stand: what follows in this frame cannot be found any more. */
  broken = false;
  readonly source: Source;
  readonly end: number;
  readonly path: string;

  /** @param path ASN.1 path of the frame; children are named below it */
  constructor(source: Source, frame: Span, path: string) {
    this.source = source;
    this.position = frame.start;
    this.end = frame.end;
    this.path = path;
  }

  /** A cursor over the contents of a constructed TLV. */
  static inside(source: Source, tlv: Tlv, path: string): Cursor {
    return new Cursor(source, { start: tlv.content, end: tlv.contentEnd }, path);
  }

  /** Whether nothing more can be read in this frame. */
  get atEnd(): boolean {
    return this.position >= this.end;
  }

  /** ASN.1 path of a child of this frame. */
  child(name: string): string {
    if (name === "") return this.path;
    return this.path === "" ? name : `${this.path}${name.startsWith("[") ? "" : "."}${name}`;
  }

  /** Identifier octet of the next TLV, or -1 at the end; a needless high-tag-number form is seen through. */
  peek(): number {
    if (this.atEnd) return -1;
    const octet = this.source.bytes[this.position] ?? -1;
    if ((octet & 0x1f) !== 0x1f) return octet;
    const number = this.position + 1 < this.end ? (this.source.bytes[this.position + 1] ?? 0xff) : 0xff;
    return number < 0x1f ? (octet & 0xe0) | number : octet;
  }

  /**
   * Reads the next TLV whatever its tag.
   *
   * @returns undefined at the end of the frame, or where no frame stands; the cursor is then at its end
   */
  read(name: string): Tlv | undefined {
    if (this.atEnd) return undefined;
    const tlv = readTlv(this.source, this.position, this.end, this.child(name));
    if (tlv === undefined) {
      this.broken = true;
      this.position = this.end;
      return undefined;
    }
    this.position = tlv.end;
    return tlv;
  }

  /**
   * Reads the next TLV if it has the given tag; leaves it alone otherwise. A TLV whose only fault is its constructed
   * bit is taken too, and the bit reported (X.690 8.9.1, 8.11.1, 10.2).
   */
  take(tag: number, name: string): Tlv | undefined {
    const next = this.peek();
    if (next === tag) return this.read(name);
    if (next === -1 || next !== (tag ^ constructed)) return undefined;
    const tlv = this.read(name);
    if (tlv !== undefined) {
      const isPrimitive = !(tag & constructed);
      this.source.faults.add(
        isPrimitive && !neverConstructed.has(tag) ? "der/constructed-string" : "der/sequence-set-must-be-constructed",
        { start: tlv.start, end: tlv.start + 1 },
        this.child(name),
        isPrimitive
          ? `${tagName(tag)} in constructed form; DER wants it primitive`
          : `${tagName(tag)} in primitive form; it is always constructed`,
      );
    }
    return tlv;
  }

  /**
   * Reports that the ASN.1 definition wants something here that is not there, unless the file was cut off before it:
   * then the cut is the fault.
   */
  missing(code: FaultCode, message: string): void {
    if (this.end === this.source.truncatedAt) return;
    const at = Math.min(this.position, this.end);
    this.source.faults.add(code, { start: at, end: Math.max(at, this.end) }, this.path, message);
  }

  /** Reports everything that is left in the frame as elements that its ASN.1 definition does not have. */
  expectEnd(): void {
    while (!this.atEnd) {
      const tlv = this.read("");
      if (tlv !== undefined) {
        this.source.faults.add(
          "der/unexpected-element",
          tlv,
          this.path,
          `${this.path} holds ${tagName(tlv.tag)} where its definition has no further element`,
        );
      }
    }
  }
}

/**
 * Reads identifier and length octets of one TLV at `at`, which must end by `limit`.
 *
 * @returns undefined where the frame does not stand; the reason is then among the faults
 */
export function readTlv(source: Source, at: number, limit: number, path: string): Tlv | undefined {
  const { bytes, faults } = source;
  const first = bytes[at];
  if (at >= limit || first === undefined) return undefined;
  let tag = first;
  let position = at + 1;
  if ((first & 0x1f) === 0x1f) {
    const high = readHighTag(source, at, limit, path);
    if (high === undefined) return undefined;
    tag = high.tag;
    position = high.end;
  }
  const lengthAt = position;
  const initial = position < limit ? bytes[position] : undefined;
  if (initial === undefined)
    return pastEnd(source, { start: at, end: limit }, limit, path, "its length octets are missing");
  position += 1;
  if (initial < 0x80) return frame(source, tag, at, position, initial, limit, path);
  if (initial === 0x80) return readIndefinite(source, tag, at, position, limit, path);
  if (initial === 0xff) {
    faults.add(
      "der/reserved-length-octet",
      { start: lengthAt, end: position },
      path,
      "length octet 0xff is reserved and says nothing",
    );
    return undefined;
  }
  const count = initial & 0x7f;
  if (position + count > limit) {
    return pastEnd(source, { start: at, end: limit }, limit, path, "its length octets are missing");
  }
  let length = 0;
  for (let i = 0; i < count; i += 1) {
    // Beyond 2^48 the sum only needs to stay large: such a length lies past every parent.
    length = Math.min(length * 256 + (bytes[position + i] ?? 0), 2 ** 48);
  }
  position += count;
  if (length < 0x80 || bytes[lengthAt + 1] === 0) {
    faults.add(
      "der/length-not-minimal",
      { start: lengthAt, end: position },
      path,
      `length ${length} takes ${count + 1} octets; DER wants the fewest that hold it`,
    );
  }
  return frame(source, tag, at, position, length, limit, path);
}

/**
 * Reads the outermost TLV of an artefact. One that runs past the end of the file is reported as truncated and handed
 * out as far as it goes; octets behind it are reported as trailing data.
 *
 * @param what the artefact is called in messages
 * @returns undefined where not even the identifier and length octets are there
 */
export function readOutermost(source: Source, path: string, what = "CRL"): Tlv | undefined {
  const size = source.bytes.length;
  const whole = readTlv(newSource(source.bytes, { keep: 0 }), 0, Number.MAX_SAFE_INTEGER, path);
  if (whole !== undefined && whole.end > size) {
    source.truncatedAt = size;
    source.faults.add(
      "input/truncated",
      { start: size, end: size },
      path,
      `the file ends at byte ${size}, but its outermost length says ${whole.end}: ${whole.end - size} bytes are missing`,
    );
  }
  const outer = readTlv(source, 0, size, path);
  if (outer !== undefined && outer.end < size) {
    const extra = size - outer.end;
    source.faults.add(
      "input/trailing-data",
      { start: outer.end, end: size },
      path,
      `${extra} ${extra === 1 ? "byte follows" : "bytes follow"} the ${what}, which ends at byte ${outer.end}`,
    );
  }
  return outer;
}

function frame(
  source: Source,
  tag: number,
  start: number,
  content: number,
  length: number,
  limit: number,
  path: string,
): Tlv | undefined {
  const end = content + length;
  if (end <= limit) return { tag, start, content, contentEnd: end, end };
  // In a file that was cut off, what is there of a constructed value can still be judged.
  if (limit === source.truncatedAt && tag & constructed) return { tag, start, content, contentEnd: limit, end: limit };
  return pastEnd(
    source,
    { start, end: limit },
    limit,
    path,
    `its length ${length} runs ${end - limit} octets past the end of what holds it`,
  );
}

function pastEnd(source: Source, span: Span, limit: number, path: string, message: string): undefined {
  if (limit !== source.truncatedAt) source.faults.add("der/length-past-parent", span, path, `${path}: ${message}`);
  return undefined;
}

function readHighTag(
  source: Source,
  at: number,
  limit: number,
  path: string,
): { tag: number; end: number } | undefined {
  const first = source.bytes[at] ?? 0;
  let number = 0;
  let position = at + 1;
  for (;;) {
    const octet = position < limit ? source.bytes[position] : undefined;
    if (octet === undefined || position - at > 6) {
      source.faults.add("der/high-tag-form", { start: at, end: position }, path, "tag number has no end");
      return undefined;
    }
    number = number * 128 + (octet & 0x7f);
    position += 1;
    if (octet < 0x80) break;
  }
  source.faults.add(
    "der/high-tag-form",
    { start: at, end: position },
    path,
    number < 0x1f
      ? `tag ${number} in the high-tag-number form; tags 0 to 30 take one octet`
      : `tag number ${number}; nothing in a CRL has a tag above 30`,
  );
  return { tag: number < 0x1f ? (first & 0xe0) | number : first, end: position };
}

/** Finds the end-of-contents octets that close an indefinite length, without recursion and within the limit on depth. */
function readIndefinite(
  source: Source,
  tag: number,
  start: number,
  content: number,
  limit: number,
  path: string,
): Tlv | undefined {
  source.faults.add(
    "der/indefinite-length",
    { start: content - 1, end: content },
    path,
    "indefinite length; DER wants the definite form",
  );
  if (!(tag & constructed)) return undefined;
  let position = content;
  let open = 1;
  // Only the end is looked for: what lies inside is judged once its own reader gets there.
  while (position < limit) {
    const identifier = source.bytes[position] ?? 0;
    const initial = source.bytes[position + 1];
    if (initial === undefined) break;
    if (identifier === 0 && initial === 0) {
      open -= 1;
      position += 2;
      if (open === 0) return { tag, start, content, contentEnd: position - 2, end: position };
    } else if (initial === 0x80) {
      open += 1;
      position += 2;
      if (open > source.limits.depth) {
        source.faults.add(
          "input/over-limit",
          { start: position - 2, end: position },
          path,
          `nested deeper than ${source.limits.depth} levels`,
        );
        return undefined;
      }
    } else {
      const count = initial < 0x80 ? 0 : initial & 0x7f;
      let length = initial < 0x80 ? initial : 0;
      for (let i = 0; i < count; i += 1)
        length = Math.min(length * 256 + (source.bytes[position + 2 + i] ?? 0), 2 ** 48);
      position += 2 + count + length;
    }
  }
  return pastEnd(source, { start, end: limit }, limit, path, "nothing closes its indefinite length");
}

/**
 * Walks everything nested inside a TLV and reports what its framing has against DER: for values whose definition is
 * not known here (unknown extensions, algorithm parameters). Iterative and bounded by the limit on depth.
 *
 * @returns whether all frames stand
 */
export function checkNested(source: Source, outer: Tlv, path: string): boolean {
  checkNull(source, outer, path);
  if (!(outer.tag & constructed)) return true;
  const open: Tlv[] = [outer];
  let position = outer.content;
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    if (position >= top.contentEnd) {
      position = top.end;
      open.pop();
      continue;
    }
    const tlv = readTlv(source, position, top.contentEnd, path);
    if (tlv === undefined) return false;
    if (!(tlv.tag & constructed)) {
      checkNull(source, tlv, path);
      position = tlv.end;
    } else if (open.length >= source.limits.depth) {
      source.faults.add("input/over-limit", tlv, path, `nested deeper than ${source.limits.depth} levels`);
      return false;
    } else {
      open.push(tlv);
      position = tlv.content;
    }
  }
  return true;
}

/** Reports a NULL that holds anything (X.690 8.8.2). */
function checkNull(source: Source, tlv: Tlv, path: string): void {
  if (tlv.tag !== Tag.null || tlv.content === tlv.contentEnd) return;
  source.faults.add("der/null-not-empty", tlv, path, "NULL has contents octets");
}
