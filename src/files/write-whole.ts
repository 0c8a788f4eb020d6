import writeFileAtomic from "write-file-atomic";

/**
 * Writes a file in one step. A reader, even after a crash, sees the old content or the new, never a part.
 *
 * @throws the error of writing
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  // The library writes any array that is not a Buffer as text.
  const data =
    typeof content === "string" ? content : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  writeFileAtomic.sync(path, data);
}
