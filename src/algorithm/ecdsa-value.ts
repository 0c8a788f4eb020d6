import { Cursor, newSource } from "../der/cursor.ts";
import { bigInteger, checkInteger } from "../der/integer.ts";
import { contentLength, type Span, type Tlv } from "../der/span.ts";
import { Tag } from "../der/tag.ts";

/** Orders of the base points of NIST curves by the OID of the curve (FIPS 186-4 D.1.2): r and s are less than them. */
const orders: ReadonlyMap<string, bigint> = new Map([
  ["1.2.840.10045.3.1.7", 0xffffffff_00000000_ffffffff_ffffffff_bce6faad_a7179e84_f3b9cac2_fc632551n],
  [
    "1.3.132.0.34",
    0xffffffff_ffffffff_ffffffff_ffffffff_ffffffff_ffffffff_c7634d81_f4372ddf_581a0db2_48b0a77a_ecec196a_ccc52973n,
  ],
  [
    "1.3.132.0.35",
    0x1ff_ffffffff_ffffffff_ffffffff_ffffffff_ffffffff_ffffffff_ffffffff_fffffffa_51868783_bf2f966b_7fcc0148_f709a5d0_3bb5c9b8_899c47ae_bb6fb71e_91386409n,
  ],
]);

/** Maximum number of contents octets of r or s on any curve in use: the order of sect571r1 has 570 bits. */
const maximumLength = 72;

/** An error in the value of an ECDSA or DSA signature, and its position. */
export interface EcdsaFault {
  readonly at: Span;
  readonly message: string;
}

/**
 * Returns the first error in the value of an ECDSA or DSA signature. It must be Ecdsa-Sig-Value ::= SEQUENCE { r
 * INTEGER, s INTEGER } in DER (RFC 3279 2.2.2, 2.2.3), and r and s must be from 1 to n - 1 (SEC 1 4.1.4).
 *
 * @param bits the bytes of signatureValue
 * @param curve OID of the curve of the signing key, for the upper limit of r and s
 */
export function findEcdsaFault(bytes: Uint8Array, bits: Span, curve: string | undefined): EcdsaFault | undefined {
  const source = newSource(bytes, { keep: 1 });
  const outer = new Cursor(source, bits, "signatureValue");
  const sequence = outer.take(Tag.sequence, "");
  if (sequence === undefined) {
    const length = bits.end - bits.start;
    const size = `${length} ${length === 1 ? "byte" : "bytes"}`;
    return { at: bits, message: `signatureValue of ${size} is not SEQUENCE { r, s }` };
  }
  const cursor = Cursor.inside(source, sequence, "signatureValue");
  const r = cursor.take(Tag.integer, "r");
  const s = cursor.take(Tag.integer, "s");
  if (r !== undefined) checkInteger(source, r, "r");
  if (s !== undefined) checkInteger(source, s, "s");
  cursor.expectEnd();
  outer.expectEnd();
  const [fault] = source.faults.groups();
  const first = fault?.first[0];
  if (first !== undefined) return { at: first, message: `signatureValue is not DER: ${first.message}` };
  if (r === undefined || s === undefined) {
    return { at: sequence, message: `signatureValue has no INTEGER ${r === undefined ? "r" : "s"}` };
  }
  const order = orders.get(curve ?? "");
  return findRangeFault(bytes, "r", r, order) ?? findRangeFault(bytes, "s", s, order);
}

function findRangeFault(bytes: Uint8Array, name: string, tlv: Tlv, order: bigint | undefined): EcdsaFault | undefined {
  const length = contentLength(tlv);
  if (length > maximumLength) {
    return { at: tlv, message: `${name} has ${length} bytes; the maximum on any curve in use is ${maximumLength}` };
  }
  const value = bigInteger(bytes, tlv) ?? 0n;
  if (value <= 0n) return { at: tlv, message: `${name} is ${value === 0n ? "zero" : "negative"}` };
  if (order === undefined || value < order) return undefined;
  // A longer number was made with a key on a larger curve, which is not an error of the encoding.
  if (value.toString(16).length > order.toString(16).length) return undefined;
  return { at: tlv, message: `${name} is not less than the order of the curve` };
}
