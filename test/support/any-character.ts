import * as fc from "fast-check";

/**
 * Any character but a surrogate. The unit "binary" of fast-check has the same ones: its map of 1.1 million characters
 * takes a second to make in each worker.
 */
export const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff - 0x800 })
  .map((index) => String.fromCodePoint(index < 0xd800 ? index : index + 0x800));
