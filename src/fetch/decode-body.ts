import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";

const decoders = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/**
 * Undoes the content-encoding of a body (RFC 9110 8.4.1), so that what is inside can be judged as well.
 *
 * @returns the body as it is where its encoding is not known, is several, or cannot be undone within `maxSize` octets
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
