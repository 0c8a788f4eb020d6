import { findSignatureAlgorithm, type SignatureAlgorithm } from "../algorithm/signature-algorithm.ts";
import { Cursor, newSource, readTlv } from "../der/cursor.ts";
import { followPieces, partInFile } from "../der/in-file.ts";
import { bytesOf } from "../der/span.ts";
import { readIdentifier } from "./identifier.ts";

type Crypto = typeof import("node:crypto");

/** Hashes of a large CRL that are computed while its entries are read. */
interface OnTheWay {
  /** Hash of tbsCertList for the signature, until it is taken. */
  signed: ReturnType<Crypto["createVerify"]> | undefined;
  readonly hash: string;
  /** SHA-256 of all bytes, if it is requested. */
  readonly whole: ReturnType<Crypto["createHash"]> | undefined;
  digest?: string;
  /** Offset after the bytes that have been hashed, and offset after the last entry. */
  position: number;
  readonly end: number;
}

/** Hashes by the buffers of the CRLs. */
const onTheWay = new WeakMap<ArrayBufferLike, OnTheWay>();

/**
 * Prepares hashes of a CRL whose entries are still in its file, to be computed while they are read. The file is then
 * read once, and the hashed bytes are the bytes that are linted.
 *
 * @param wanted whether its signature will be verified, and whether its SHA-256 will be requested
 */
export function hashOnTheWay(bytes: Uint8Array, wanted: { readonly signed: boolean; readonly whole: boolean }): void {
  const crypto = globalThis.process?.getBuiltinModule?.("node:crypto");
  const part = partInFile(bytes);
  if (part === undefined || crypto === undefined) return;
  const source = newSource(bytes, { keep: 0 });
  const outer = readTlv(source, 0, bytes.length, "");
  const cursor = outer && Cursor.inside(source, outer, "");
  const tbs = cursor?.read("");
  const algorithm = cursor?.read("");
  if (tbs === undefined || algorithm === undefined) return;
  const scheme = findSignatureAlgorithm(readIdentifier(bytesOf(bytes, algorithm))?.oid ?? "");
  const hash = scheme !== undefined && isHashedByNode(scheme) ? (scheme.hash ?? "") : "";
  const started: OnTheWay = {
    signed:
      wanted.signed && hash !== ""
        ? crypto.createVerify(hash).update(bytes.subarray(tbs.start, part.start))
        : undefined,
    hash,
    whole: wanted.whole ? crypto.createHash("sha256").update(bytes.subarray(0, part.start)) : undefined,
    position: part.start,
    end: part.end,
  };
  onTheWay.set(bytes.buffer, started);
  followPieces(bytes, (piece, at) => hashPiece(started, piece.subarray(started.position - at)));
}

function hashPiece(started: OnTheWay, piece: Uint8Array): void {
  started.signed?.update(piece);
  started.whole?.update(piece);
  started.position += piece.length;
}

/**
 * Returns the hash of the signed bytes of a CRL, if it was computed while they were read. It can be taken only once.
 */
export function takeHash(data: Uint8Array, hash: string): ReturnType<Crypto["createVerify"]> | undefined {
  const made = onTheWay.get(data.buffer);
  if (made === undefined || made.position !== made.end || made.hash !== hash) return undefined;
  const { signed } = made;
  made.signed = undefined;
  return signed?.update(data.subarray(made.end - data.byteOffset));
}

/** Returns the SHA-256 of a CRL in hexadecimal, if it was computed while the CRL was read. */
export function takeDigest(bytes: Uint8Array): string | undefined {
  const made = onTheWay.get(bytes.buffer);
  if (made?.whole === undefined || made.position !== made.end || bytes.length !== bytes.buffer.byteLength)
    return undefined;
  return (made.digest ??= made.whole.update(bytes.subarray(made.end)).digest("hex"));
}

/** Whether a signature is over a hash of the whole unchanged message that `crypto.createVerify` computes. */
export function isHashedByNode({ family, hash, pss }: SignatureAlgorithm): boolean {
  if (hash === undefined || hash.startsWith("shake")) return false;
  return (family === "rsa" && pss !== true) || family === "ec" || family === "dsa";
}
