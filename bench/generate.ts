// Makes CRLs of any size without keeping them in memory. The same plan makes the same bytes, except for ECDSA, whose
// signatures differ each time.
import { createPrivateKey, createSign, type KeyObject } from "node:crypto";
import { kit, type KitCa } from "../src/fixture/index.ts";
import { testKey } from "../src/fixture/keys.ts";
import { EntryWriter, mix } from "./entry-writer.ts";

/** Plan of a CRL to make. */
export interface CrlPlan {
  readonly entries: number;
  /** Key of the CA. Default: RSA with 2,048 bits. */
  readonly key?: PlannedKey;
  /** Share of the entries that have a reasonCode. Default 0.4, which is typical of large public CRLs. */
  readonly reasons?: number;
  /** Whether the serials ascend. Default: random order. */
  readonly sorted?: boolean;
  /**
   * `same`: all entries have one serial. `colliding`: serials differ, but have the same hash for every seed, if it
   * reads words one by one, multiplies by an odd constant, and shifts right by 15.
   */
  readonly serials?: "different" | "same" | "colliding";
  /** Number of entries at the end that repeat the serials at the beginning. */
  readonly repeats?: number;
  /** Whether every entry violates three rules: with its serial, its revocationDate and its reasonCode. */
  readonly violations?: boolean;
  /** Seed of serials, dates and reasons. */
  readonly seed?: number;
  /** Index of the first entry. Plans with the same seed have the same entries at the same indexes. Default 0. */
  readonly first?: number;
  /** Whether it was issued a day earlier, with the previous number. */
  readonly isPrevious?: boolean;
}

export type PlannedKey = "rsa2048" | "p256";

/** Time to lint all CRLs as of: one day after they were issued. */
export const now = "2026-11-02T00:00:00Z";

/** thisUpdate of all CRLs except previous ones. */
const thisUpdate = "2026-11-01T00:00:00Z";

/** Returns the DER certificate of the CA with this key. */
export function certificateOf(key: PlannedKey): Uint8Array {
  return caOf(key).certificate;
}

/**
 * Returns certificates of CAs with different RSA keys. They are copies of one certificate with a different subject,
 * modulus and subjectKeyIdentifier: generating as many keys would take an hour.
 */
export function makeCertificates(count: number): readonly Uint8Array[] {
  const name = "Other CA 00000000";
  const ca = kit.caWith({ subject: `C=AT, O=Other, CN=${name}` });
  const template = Buffer.from(ca.certificate);
  const key = kit.publicKey("rsa2048");
  // The modulus is before the publicExponent 65537, which is encoded in five bytes.
  const modulus = template.indexOf(key) + key.length - 5 - modulusLength;
  const identifier = template.indexOf(ca.ski ?? "");
  return Array.from({ length: count }, (_, i) => {
    const certificate = Uint8Array.from(template);
    certificate.set(Buffer.from(name.slice(0, -8) + String(i).padStart(8, "0")), template.indexOf(name));
    // The first byte stays, so the modulus keeps its length. The last one stays, so the modulus is still odd.
    for (let at = 1; at < modulusLength - 1; at += 1) certificate[modulus + at] = mix(i, at, 200);
    for (let at = 0; at < 20; at += 1) certificate[identifier + at] = mix(i, at, 201);
    return certificate;
  });
}

/** Size of an RSA modulus of 2,048 bits, in bytes. */
const modulusLength = 256;

/** Passes a CRL in pieces to a function. Each piece reuses the memory of the previous one. */
export function writeCrl(plan: CrlPlan, write: (piece: Uint8Array) => void): void {
  const key = plan.key ?? "rsa2048";
  const { before, after, algorithm } = frameOf(key, plan.isPrevious === true);
  let length = 0;
  const entries = new EntryWriter(plan, Date.parse(thisUpdate) / 1000);
  entries.eachPiece((piece) => (length += piece.length));
  const listHeader = plan.entries === 0 ? new Uint8Array(0) : header(0x30, length);
  const tbsHeader = header(0x30, before.length + listHeader.length + length + after.length);
  const eachTbsPiece = (take: (piece: Uint8Array) => void): void => {
    for (const piece of [tbsHeader, before, listHeader]) take(piece);
    entries.eachPiece(take);
    take(after);
  };
  const signer = createSign("sha256");
  eachTbsPiece((piece) => signer.update(piece));
  const signature = kit.der.bitString(signer.sign(privateKey(key)));
  const tbs = tbsHeader.length + before.length + listHeader.length + length + after.length;
  write(header(0x30, tbs + algorithm.length + signature.length));
  eachTbsPiece(write);
  write(algorithm);
  write(signature);
}

/** Returns a CRL in one piece. */
export function makeCrl(plan: CrlPlan): Uint8Array {
  const pieces: Uint8Array[] = [];
  writeCrl(plan, (piece) => pieces.push(piece.slice()));
  return kit.der.join(pieces);
}

/** The parts of a CRL around its entries. */
interface Frame {
  /** Contents octets of tbsCertList before revokedCertificates; `after` has those after it. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly algorithm: Uint8Array;
}

/** Splits a valid CRL of the kit at a mark that replaces its entries. */
function frameOf(key: PlannedKey, isPrevious: boolean): Frame {
  const mark = kit.der.seq(kit.der.ascii("the entries are here"));
  const algorithm = key === "rsa2048" ? "sha256WithRSAEncryption" : "ecdsa-with-SHA256";
  let tbs = new Uint8Array(0);
  kit.crl({
    ca: caOf(key),
    ...(isPrevious ? { thisUpdate: "2026-10-31T00:00:00Z", crlNumber: 1 } : { thisUpdate, crlNumber: 2 }),
    nextUpdate: isPrevious ? "2026-11-07T00:00:00Z" : "2026-11-08T00:00:00Z",
    revokedCertificates: mark,
    tbs: (tbsCertList) => (tbs = Uint8Array.from(tbsCertList)),
  });
  const at = Buffer.from(tbs).indexOf(mark);
  const contents = 2 + ((tbs[1] ?? 0) < 0x80 ? 0 : (tbs[1] ?? 0) & 0x7f);
  return {
    before: tbs.subarray(contents, at),
    after: tbs.subarray(at + mark.length),
    algorithm: kit.algorithm(algorithm),
  };
}

function caOf(key: PlannedKey): KitCa {
  return key === "rsa2048" ? kit.ca : kit.caWith({ key });
}

function privateKey(name: PlannedKey): KeyObject {
  const key = testKey(name);
  if (key.kind === "rsa") return key.privateKey;
  if (key.kind !== "ec") throw new TypeError(`${name} is neither an RSA key nor an EC key`);
  const [x, y] = [key.publicBits.subarray(1, 33), key.publicBits.subarray(33)].map(base64url);
  const d = base64url(Buffer.from(key.d.toString(16).padStart(64, "0"), "hex"));
  return createPrivateKey({ format: "jwk", key: { kty: "EC", crv: "P-256", x: x ?? "", y: y ?? "", d } });
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}

/** Returns identifier and length octets (X.690 10.1: the length in its shortest form). */
function header(tag: number, length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(tag, length);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest & 0xff);
  return Uint8Array.of(tag, 0x80 | bytes.length, ...bytes);
}
