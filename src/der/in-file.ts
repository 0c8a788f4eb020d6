/**
 * The part of a large file that is not in memory yet: the entries of a CRL. Its range of the buffer is empty until
 * `load` fills it. `Entries`, `bytesOf` and `contents` call `load` before they return bytes of the range. The one walk
 * through the entries, and hashes, only need a small piece at a time.
 */
export interface PartInFile {
  /** Offsets in the buffer. */
  readonly start: number;
  readonly end: number;
  /**
   * Reads a piece of the file into memory that the next call reuses.
   *
   * @returns the bytes from an offset, at most to `end`
   * @throws FileChanged
   */
  read(at: number): Uint8Array;
  /**
   * Reads the whole part.
   *
   * @throws FileChanged
   */
  load(into: Uint8Array): void;
}

/** Thrown if a file has changed since its first bytes were read. */
export class FileChanged extends Error {}

/** Parts by buffer: all views of one buffer lack the same part. */
const parts = new WeakMap<ArrayBufferLike, PartInFile>();

/** Minimum size of a part in a file: no view or span that is smaller can contain one. */
export const minimumInFile = 2 ** 20;

/** Records that a part of some bytes is not in memory. */
export function leaveInFile({ buffer }: Uint8Array, part: PartInFile): void {
  parts.set(buffer, part);
}

/** Returns the part of some bytes that is not in memory; undefined if all bytes are. */
export function partInFile(bytes: Uint8Array): PartInFile | undefined {
  return bytes.length < minimumInFile ? undefined : parts.get(bytes.buffer);
}

/** Reads the part of some bytes that is not in memory. Returns the same bytes. */
export function load(bytes: Uint8Array): Uint8Array {
  const part = partInFile(bytes);
  if (part === undefined) return bytes;
  part.load(new Uint8Array(bytes.buffer, part.start, part.end - part.start));
  parts.delete(bytes.buffer);
  return bytes;
}

/** Receives a piece of a file, and its offset. The next piece may begin before the end of this one. */
export type PieceFollower = (piece: Uint8Array, at: number) => void;

/** Followers by buffer. */
const followers = new WeakMap<ArrayBufferLike, PieceFollower>();

/** Passes the pieces of a part in a file to a follower while its entries are read. */
export function followPieces({ buffer }: Uint8Array, follower: PieceFollower): void {
  followers.set(buffer, follower);
}

/** Reads a piece for the walk through the entries. */
export function readPiece({ buffer }: Uint8Array, part: PartInFile, at: number): Uint8Array {
  const piece = part.read(at);
  followers.get(buffer)?.(piece, at);
  return piece;
}

/** Yields some bytes in order, as one piece if they are in memory. */
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
