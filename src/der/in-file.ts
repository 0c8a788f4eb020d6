/**
 * The part of a large file that is not in memory yet: the entries of a CRL. Its place in the buffer is empty until
 * `load` fills it, which `Entries`, `octets` and `contents` do before anyone looks there. The one walk over the entries,
 * and hashes, need a small piece at a time instead.
 */
export interface PartInFile {
  /** Offsets in the buffer. */
  readonly start: number;
  readonly end: number;
  /**
   * Reads a piece of the file, whose memory the next call uses again.
   *
   * @returns the bytes from an offset on, at most to `end`
   * @throws FileChanged
   */
  read(at: number): Uint8Array;
  /**
   * Reads all of it.
   *
   * @throws FileChanged
   */
  load(into: Uint8Array): void;
}

/** Thrown where a file is no longer what it was when its first bytes were read. */
export class FileChanged extends Error {}

/** By their buffers: all views of one lack the same part. */
const parts = new WeakMap<ArrayBufferLike, PartInFile>();

/** Minimum size of a part in a file: no view or span that is smaller can contain one. */
export const minimumInFile = 2 ** 20;

/** Notes that a part of some bytes is not in memory. */
export function leaveInFile({ buffer }: Uint8Array, part: PartInFile): void {
  parts.set(buffer, part);
}

/** Returns the part of some bytes that is not in memory; undefined if all are. */
export function partInFile(bytes: Uint8Array): PartInFile | undefined {
  return bytes.length < minimumInFile ? undefined : parts.get(bytes.buffer);
}

/** Reads the part of some bytes that is not in memory; returns the same bytes. */
export function load(bytes: Uint8Array): Uint8Array {
  const part = partInFile(bytes);
  if (part === undefined) return bytes;
  part.load(new Uint8Array(bytes.buffer, part.start, part.end - part.start));
  parts.delete(bytes.buffer);
  return bytes;
}

/** Takes a piece of a file, and its offset. The next piece may begin before the end of this one. */
export type PieceFollower = (piece: Uint8Array, at: number) => void;

/** By the same buffers. */
const followers = new WeakMap<ArrayBufferLike, PieceFollower>();

/** Shows the pieces of a part in a file to a follower while its entries are walked. */
export function followPieces({ buffer }: Uint8Array, follower: PieceFollower): void {
  followers.set(buffer, follower);
}

/** Reads a piece for the walk over the entries. */
export function readPiece({ buffer }: Uint8Array, part: PartInFile, at: number): Uint8Array {
  const piece = part.read(at);
  followers.get(buffer)?.(piece, at);
  return piece;
}

/** Yields some bytes one after the other, in one piece if they are in memory. */
export function* piecesOf(bytes: Uint8Array): Iterable<Uint8Array> {
  const part = partInFile(bytes);
  const { byteOffset, length } = bytes;
  if (part === undefined || byteOffset > part.start || byteOffset + length < part.end) {
    yield load(bytes);
    return;
  }
  yield bytes.subarray(0, part.start - byteOffset);
  for (let at = part.start; at < part.end;) {
    const piece = part.read(at);
    yield piece;
    at += piece.length;
  }
  yield bytes.subarray(part.end - byteOffset);
}
