/**
 * Number of bytes with random words of their own: the maximum size of a serial in RFC 5280 4.1.2.2. It must be a
 * multiple of four.
 */
const positions = 20;

/**
 * A random word for each value of a byte in each position (tabulation hashing): an author of bytes cannot know which of
 * them collide. A seed alone is not enough: pairs of words can be chosen that collide with every seed.
 */
let words: Int32Array | undefined;

/** Returns the words for `hashBytes`, which are the same during the lifetime of the process. */
export function hashWords(): Int32Array {
  words ??= Int32Array.from({ length: positions * 256 }, () => Math.trunc(Math.random() * 2 ** 32));
  return words;
}

/** Returns a hash of a range of bytes, 32 bits. The words are passed in, because loops call this for every serial. */
export function hashBytes(bytes: Uint8Array, start: number, length: number, words: Int32Array): number {
  const end = start + length;
  let at = start;
  let value = length;
  let row = 0;
  // Four bytes at a time: this loop processes every byte of every serial.
  for (; at + 3 < end; at += 4) {
    value ^=
      (words[row | (bytes[at] as number)] as number) ^
      (words[(row + 256) | (bytes[at + 1] as number)] as number) ^
      (words[(row + 512) | (bytes[at + 2] as number)] as number) ^
      (words[(row + 768) | (bytes[at + 3] as number)] as number);
    row += 1024;
    if (row < positions * 256) continue;
    // The following bytes use the same words, and must not cancel out the earlier ones.
    value = Math.imul(value, 0x9e3779b1) ^ (value >>> 15);
    row = 0;
  }
  for (; at < end; at += 1, row += 256) value ^= words[row | (bytes[at] as number)] as number;
  return value;
}
