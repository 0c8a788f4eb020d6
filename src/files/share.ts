import { serialize } from "node:v8";

/**
 * Puts a value into memory that all workers share: it is sent with every task and copied with none. `deserialize` of
 * `node:v8` reads it.
 */
export function share(value: unknown): Uint8Array {
  const bytes = serialize(value);
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}
