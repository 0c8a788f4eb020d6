import { serialize } from "node:v8";

/**
 * Copies a value to memory that all workers share. It is sent with every task without being copied again. `deserialize`
 * of `node:v8` reads it.
 */
export function share(value: unknown): Uint8Array {
  const bytes = serialize(value);
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}
