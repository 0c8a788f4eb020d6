/**
 * Returns how many bytes a function reads of those that it receives. Work that grows faster than the file reads bytes
 * again and again, which shows on any machine.
 */
export function readsOf(whole: Uint8Array, run: (bytes: Uint8Array) => unknown): number {
  let reads = 0;
  const sources = new WeakMap<object, Uint8Array>();
  const watch = (bytes: Uint8Array): Uint8Array => {
    const watched = new Proxy(bytes, {
      get(target, key, proxy: Uint8Array) {
        if (typeof key === "string" && /^\d+$/u.test(key)) reads += 1;
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== "function") return value;
        if (key === "subarray") return (from?: number, to?: number) => watch(target.subarray(from, to));
        // The methods of arrays read any object by its indexes.
        const method: unknown = Reflect.get(Array.prototype, key);
        if (typeof method === "function") return method.bind(proxy) as unknown;
        throw new TypeError(`reads by ${String(key)} are not counted`);
      },
    });
    sources.set(watched, bytes);
    return watched;
  };
  // Decoders read only real bytes.
  // oxlint-disable-next-line typescript/unbound-method -- called with `this` below
  const { decode } = TextDecoder.prototype;
  TextDecoder.prototype.decode = function count(input, options) {
    const source = input === undefined || input === null ? undefined : sources.get(input);
    reads += source?.length ?? 0;
    return decode.call(this, source ?? input, options);
  };
  try {
    run(watch(whole));
  } finally {
    TextDecoder.prototype.decode = decode;
  }
  return reads;
}
