import { type FaultCode, Faults } from "./fault.ts";
import { type Limits, usualLimits } from "./limits.ts";
import type { Span, Tlv } from "./span.ts";
import { constructed, neverConstructed, tagName } from "./tag.ts";

/** One artefact that is being read: its bytes, its faults, and its actual end. */
export interface Source {
  readonly bytes: Uint8Array;
  readonly faults: Faults;
  readonly limits: Limits;
  /**
   * Set if the file ends before the end that its outermost length states. Lengths that exceed this offset result from
   * the truncation, and are not reported again.
   */
  truncatedAt?: number;
}

/** Options of reading an artefact. */
export interface Reading {
  /** Maximum number of faults of one kind that are kept with their position; default: 20. */
  readonly keep?: number;
  readonly limits?: Limits;
}

/** Returns a source for bytes that will be read. */
export function newSource(bytes: Uint8Array, { keep, limits = usualLimits }: Reading = {}): Source {
  return { bytes, faults: new Faults(keep), limits };
}

/**
 * Reads the TLVs inside a frame one after the other. It never recurses and never reads outside `[start, end)`. It
 * continues after an error if the TLV has a valid frame (X.690 8.1.3, 10.1).
 */
export class Cursor {
  /** Offset of the next TLV. */
  position: number;
  /** Whether a TLV had an invalid frame, so the TLVs after it cannot be found. */
  broken = false;
  readonly source: Source;
  readonly end: number;
  readonly path: string;

  /** @param path ASN.1 path of the frame; the paths of its children begin with it */
  constructor(source: Source, frame: Span, path: string) {
    this.source = source;
    this.position = frame.start;
    this.end = frame.end;
    this.path = path;
  }

  /** Returns a cursor over the contents of a constructed TLV. */
  static inside(source: Source, tlv: Tlv, path: string): Cursor {
    return new Cursor(source, { start: tlv.content, end: tlv.contentEnd }, path);
  }

  /** Whether all TLVs in this frame have been read. */
  get atEnd(): boolean {
    return this.position >= this.end;
  }

  /** Returns the ASN.1 path of a child of this frame. */
  child(name: string): string {
    if (name === "") return this.path;
    return this.path === "" ? name : `${this.path}${name.startsWith("[") ? "" : "."}${name}`;
  }

  /** Returns the identifier octet of the next TLV, or -1 at the end. Decodes an unnecessary high-tag-number form. */
  peek(): number {
    if (this.atEnd) return -1;
    const byte = this.source.bytes[this.position] ?? -1;
    if ((byte & 0x1f) !== 0x1f) return byte;
    const number = this.position + 1 < this.end ? (this.source.bytes[this.position + 1] ?? 0xff) : 0xff;
    return number < 0x1f ? (byte & 0xe0) | number : byte;
  }

  /**
   * Returns the type of the next TLV, for the end of a message on a missing element: `, found INTEGER`.
   *
   * @param ifNothing the result at the end
   */
  found(ifNothing = ""): string {
    const tag = this.peek();
    return tag === -1 ? ifNothing : `, found ${tagName(tag)}`;
  }

  /**
   * Reads the next TLV with any tag.
   *
   * @returns undefined at the end of the frame, or if the next TLV is invalid; the cursor is then at its end
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
   * Reads the next TLV if it has the given tag; otherwise the cursor does not move. A TLV whose only error is its
   * constructed bit is also read, and the bit is reported (X.690 8.9.1, 8.11.1, 10.2).
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
          ? `${tagName(tag)} in constructed form; it must be primitive`
          : `${tagName(tag)} in primitive form; it must be constructed`,
      );
    }
    return tlv;
  }

  /**
   * Reports that an element of the ASN.1 definition is missing at this position. If the file was truncated before the
   * element, nothing is reported, because the truncation is the error.
   */
  missing(code: FaultCode, message: string): void {
    if (this.end === this.source.truncatedAt) return;
    const at = Math.min(this.position, this.end);
    this.source.faults.add(code, { start: at, end: Math.max(at, this.end) }, this.path, message);
  }

  /** Reports each remaining element of the frame as one that its ASN.1 definition does not contain. */
  expectEnd(): void {
    while (!this.atEnd) {
      const tlv = this.read("");
      if (tlv !== undefined) {
        this.source.faults.add(
          "der/unexpected-element",
          tlv,
          this.path,
          `${this.path === "" ? "the outermost SEQUENCE" : this.path} contains ${tagName(tlv.tag)}, which its definition does not have`,
        );
      }
    }
  }
}

/**
 * Reads the identifier and length octets of the TLV at `at`, which must end at or before `limit`.
 *
 * @returns undefined if the frame is invalid; the reason is then among the faults
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
    faults.add("der/reserved-length-octet", { start: lengthAt, end: position }, path, "length octet ff is reserved");
    return undefined;
  }
  const count = initial & 0x7f;
  if (position + count > limit) {
    return pastEnd(source, { start: at, end: limit }, limit, path, "its length octets are missing");
  }
  let length = 0;
  for (let i = 0; i < count; i += 1) {
    // Above 2^48 the exact sum does not matter: such a length exceeds every parent.
    length = Math.min(length * 256 + (bytes[position + i] ?? 0), 2 ** 48);
  }
  position += count;
  if (length < 0x80 || bytes[lengthAt + 1] === 0) {
    faults.add(
      "der/length-not-minimal",
      { start: lengthAt, end: position },
      path,
      `length ${length} takes ${count + 1} bytes; it must be encoded in as few bytes as possible`,
    );
  }
  return frame(source, tag, at, position, length, limit, path);
}

/**
 * Reads the outermost TLV of an artefact. One that exceeds the end of the file is reported as truncated and returned
 * with the part that is present. Bytes after it are reported as trailing data.
 *
 * @param what the name of the artefact, for messages
 * @returns undefined if the identifier or length octets are missing
 */
export function readOutermost(source: Source, path: string, what = "CRL"): Tlv | undefined {
  const size = source.bytes.length;
  const whole = readTlv(newSource(source.bytes, { keep: 0 }), 0, Number.MAX_SAFE_INTEGER, path);
  if (whole !== undefined && whole.end > size) {
    source.truncatedAt = size;
    const lacking = whole.end - size;
    source.faults.add(
      "input/truncated",
      { start: size, end: size },
      path,
      `the file ends at byte ${size}, but its outermost element ends at byte ${whole.end}: ${lacking === 1 ? "1 byte is" : `${lacking} bytes are`} missing`,
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
  // In a truncated file, the part of a constructed value that is present can still be checked.
  if (limit === source.truncatedAt && tag & constructed) return { tag, start, content, contentEnd: limit, end: limit };
  return pastEnd(
    source,
    { start, end: limit },
    limit,
    path,
    `its length ${length} runs ${end - limit} ${end - limit === 1 ? "byte" : "bytes"} past the end of the element around it`,
  );
}

function pastEnd(source: Source, span: Span, limit: number, path: string, message: string): undefined {
  if (limit !== source.truncatedAt) {
    source.faults.add("der/length-past-parent", span, path, path === "" ? message : `${path}: ${message}`);
  }
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
    const byte = position < limit ? source.bytes[position] : undefined;
    if (byte === undefined || position - at > 6) {
      source.faults.add("der/high-tag-form", { start: at, end: position }, path, "the tag number does not end");
      return undefined;
    }
    number = number * 128 + (byte & 0x7f);
    position += 1;
    if (byte < 0x80) break;
  }
  source.faults.add(
    "der/high-tag-form",
    { start: at, end: position },
    path,
    number < 0x1f
      ? `tag ${number} in the high-tag-number form; tags 0 to 30 must take one byte`
      : `tag number ${number}; nothing in a CRL has a tag above 30`,
  );
  return { tag: number < 0x1f ? (first & 0xe0) | number : first, end: position };
}

/** Finds the end-of-contents octets that end an indefinite length, without recursion and within the limit on depth. */
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
    "indefinite length; it must be definite",
  );
  if (!(tag & constructed)) return undefined;
  let position = content;
  let open = 1;
  // This loop only searches for the end: the contents are checked when they are read.
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
  return pastEnd(source, { start, end: limit }, limit, path, "its indefinite length has no end");
}
