import writeFileAtomic from "write-file-atomic";

/**
 * Writes a file in one step: a reader, also after a crash, sees the old content or the new, never a part.
 *
 * @throws as write does
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  // It writes any array that is not a Buffer as text.
  const data =
    typeof content === "string" ? content : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  writeFileAtomic.sync(path, data);
}
