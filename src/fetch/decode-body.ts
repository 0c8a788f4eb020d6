import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";

const decoders = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/**
 * Undoes the content-encoding of a body (RFC 9110 8.4.1), so its content can be linted as well.
 *
 * @returns the body unchanged if its encoding is unknown, is several, or cannot be undone within `maxSize` bytes
 */
export async function decodeBody(body: Uint8Array, encoding: string | undefined, maxSize: number): Promise<Uint8Array> {
  const name = encoding?.trim().toLowerCase() ?? "";
  if (!Object.hasOwn(decoders, name)) return body;
  try {
    const decoded = await decoders[name as keyof typeof decoders](body, { maxOutputLength: maxSize });
    return new Uint8Array(decoded.buffer, decoded.byteOffset, decoded.byteLength);
  } catch {
    return body;
  }
}
