import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { codeOf } from "../files/system-error.ts";

const decoders = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** A decoded body is larger than the limit. */
export class DecodedTooLargeError extends Error {
  override readonly name = "DecodedTooLargeError";
}

/**
 * Removes the content-encoding of a body (RFC 9110 8.4.1), so its content can be linted as well.
 *
 * @returns the body unchanged if its encoding is unknown, is several, or cannot be removed
 * @throws DecodedTooLargeError if the decoded body has more than `maxSize` bytes
 */
export async function decodeBody(body: Uint8Array, encoding: string | undefined, maxSize: number): Promise<Uint8Array> {
  const name = encoding?.trim().toLowerCase() ?? "";
  if (!Object.hasOwn(decoders, name)) return body;
  try {
    const decoded = await decoders[name as keyof typeof decoders](body, { maxOutputLength: maxSize });
    return new Uint8Array(decoded.buffer, decoded.byteOffset, decoded.byteLength);
  } catch (error) {
    if (codeOf(error) === "ERR_BUFFER_TOO_LARGE") {
      throw new DecodedTooLargeError(undefined, { cause: error });
    }
    return body;
  }
}
