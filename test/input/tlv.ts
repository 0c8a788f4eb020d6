/** Returns one TLV in DER; `parts` are bytes or TLVs. */
export function tlv(tag: number, ...parts: readonly (number | readonly number[])[]): number[] {
  const value = parts.flat();
  if (value.length < 0x80) return [tag, value.length, ...value];
  if (value.length < 0x100) return [tag, 0x81, value.length, ...value];
  return [tag, 0x82, value.length >> 8, value.length & 0xff, ...value];
}

export const seq = (...parts: readonly (number | readonly number[])[]): number[] => tlv(0x30, ...parts);
export const integer = (...contents: readonly number[]): number[] => tlv(0x02, ...contents);
export const text = (tag: number, value: string): number[] => tlv(tag, [...new TextEncoder().encode(value)]);
export const octetString = (length: number): number[] => tlv(0x04, Array<number>(length).fill(0x5a));
export const bitString = (length: number): number[] => tlv(0x03, 0, Array<number>(length).fill(0xa5));

const sha256WithRsa = tlv(0x06, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b);
export const algorithm = seq(sha256WithRsa, [0x05, 0x00]);
export const name = seq(tlv(0x31, seq(tlv(0x06, 0x55, 0x04, 0x03), text(0x0c, "Test CA"))));
export const utcTime = text(0x17, "260101000000Z");
export const generalizedTime = text(0x18, "20260101000000Z");
export const key = seq(algorithm, bitString(32));
export const version2 = integer(1);
export const serial = integer(0x4a, 1, 2, 3, 4, 5, 6, 7, 8, 9);
export const contentInfo = (type: number, content: readonly number[]): number[] =>
  seq(tlv(0x06, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, type), tlv(0xa0, content));

const revoked = seq(seq(serial, utcTime), seq(integer(7), utcTime));
const crlExtensions = tlv(0xa0, seq(seq(tlv(0x06, 0x55, 0x1d, 0x14), tlv(0x04, integer(1)))));
export const tbsCertList = seq(version2, algorithm, name, utcTime, utcTime, revoked, crlExtensions);
export const tbsCertListV1 = seq(algorithm, name, utcTime);
export const tbsCertificate = seq(tlv(0xa0, integer(2)), serial, algorithm, name, seq(utcTime, utcTime), name, key);
export const tbsCertificateV1 = seq(serial, algorithm, name, seq(utcTime, utcTime), name, key);
export const signed = (tbs: readonly number[]): number[] => seq(tbs, algorithm, bitString(64));

export const crl = Uint8Array.from(signed(tbsCertList));
export const certificate = Uint8Array.from(signed(tbsCertificate));
