import writeFileAtomic from "write-file-atomic";
import { UsageError } from "../options/usage-error.ts";
import { escapePath } from "./escape-path.ts";
import { whyNotWritten } from "./system-error.ts";

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

/**
 * Writes a file as `writeWhole`.
 *
 * @throws UsageError that names the file if it cannot be written
 */
export function writeNamed(path: string, text: string): void {
  try {
    writeWhole(path, text);
  } catch (error) {
    throw new UsageError(`${escapePath(path)} was not written: ${whyNotWritten(error)}`, { cause: error });
  }
}
