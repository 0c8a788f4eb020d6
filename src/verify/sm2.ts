import { Cursor, newSource, readOutermost } from "../der/cursor.ts";
import { bigInteger, checkInteger } from "../der/integer.ts";
import { Tag } from "../der/tag.ts";
import { loadNoble } from "./noble.ts";

/** The points of a curve over a prime field. */
type Points = import("@noble/curves/abstract/weierstrass.js").WeierstrassPointCons<bigint>;

/** The curve of every SM2 key in a certificate (GM/T 0003.5). */
const curve = {
  p: 0xfffffffe_ffffffff_ffffffff_ffffffff_ffffffff_00000000_ffffffff_ffffffffn,
  a: 0xfffffffe_ffffffff_ffffffff_ffffffff_ffffffff_00000000_ffffffff_fffffffcn,
  b: 0x28e9fa9e_9d9f5e34_4d5a9e4b_cf6509a7_f39789f5_15ab8f92_ddbcbd41_4d940e93n,
  n: 0xfffffffe_ffffffff_ffffffff_ffffffff_7203df6b_21c6052b_53bbf409_39d54123n,
  h: 1n,
  Gx: 0x32c4ae2c_1f198119_5f990446_6a39c994_8fe30bbf_f2660be1_715a4589_334c74c7n,
  Gy: 0xbc3736a2_f4f6779c_59bdcee3_6b692153_d0a9877c_c62a4740_02df32e5_2139f0a0n,
};

/** The identity of a signer, unless another one is agreed (GM/T 0009 10). */
export const defaultSm2Id = "1234567812345678";

let points: Points | undefined;

/** Returns the points of the curve; undefined if @noble/curves cannot be loaded. */
export function sm2Points(): Points | undefined {
  points ??= loadNoble("@noble/curves/abstract/weierstrass.js")?.weierstrass(curve);
  return points;
}

/**
 * Whether an SM2 signature verifies (GM/T 0003.2 7.1).
 *
 * @param sm3 SM3 hash of all parts, concatenated
 * @param key public key of the signer, as a point
 * @param id identity of the signer, in ASCII
 * @param signature DER of SEQUENCE { r, s } (GM/T 0009 7.3)
 */
export function verifySm2(
  curvePoints: Points,
  sm3: (...parts: readonly Uint8Array[]) => Uint8Array,
  key: InstanceType<Points>,
  id: string,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  const pair = readPair(signature);
  if (pair === undefined) return false;
  const { r, s } = pair;
  const { n } = curve;
  const { x, y } = key.toAffine();
  const identity = new TextEncoder().encode(id);
  const identityBits = Uint8Array.of((identity.length * 8) >> 8, (identity.length * 8) & 0xff);
  const z = sm3(identityBits, identity, ...[curve.a, curve.b, curve.Gx, curve.Gy, x, y].map(toBytes));
  const e = BigInt(`0x${Buffer.from(sm3(z, data)).toString("hex")}`);
  const t = (r + s) % n;
  if (t === 0n) return false;
  const point = curvePoints.BASE.mulAddUnsafe(s, key, t);
  return !point.is0() && (e + point.toAffine().x) % n === r;
}

/** Reads r and s; returns undefined unless both are from 1 to n - 1. */
function readPair(signature: Uint8Array): { readonly r: bigint; readonly s: bigint } | undefined {
  const source = newSource(signature, { keep: 0 });
  const outer = readOutermost(source, "");
  if (outer?.tag !== Tag.sequence || outer.end !== signature.length) return undefined;
  const cursor = Cursor.inside(source, outer, "");
  const next = (): bigint => {
    const tlv = cursor.take(Tag.integer, "");
    return (tlv && checkInteger(source, tlv, "") && bigInteger(signature, tlv)) || 0n;
  };
  const [r, s] = [next(), next()];
  const isInRange = (value: bigint): boolean => value > 0n && value < curve.n;
  return cursor.atEnd && isInRange(r) && isInRange(s) ? { r, s } : undefined;
}

function toBytes(value: bigint): Uint8Array {
  return Buffer.from(value.toString(16).padStart(64, "0"), "hex");
}
