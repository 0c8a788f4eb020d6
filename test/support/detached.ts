/** Returns a copy of bytes that was sent to another thread. */
export function detached(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes);
  structuredClone(copy.buffer, { transfer: [copy.buffer] });
  return copy;
}
