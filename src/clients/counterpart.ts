import { algorithmName } from "../algorithm/signature-algorithm.ts";
import type { Certificate } from "../cert/certificate.ts";
import type { Crl } from "../crl/crl.ts";
import { Reason } from "../crl/reason.ts";
import { bytesOf, contents, hex, sameBytes, type Span } from "../der/span.ts";
import { Tag } from "../der/tag.ts";
import { Oid } from "../extension/oids.ts";
import { serialFor } from "../fixture/encode-knob.ts";
import { type AlgorithmName, type CertificateKnobs, type KeyName, kit, NameBuilder } from "../fixture/index.ts";
import { sign } from "../fixture/sign.ts";
import { crlUri, type Lab, later, makeLab } from "./lab.ts";

/**
 * A CRL with the same tbsCertList as another one, but signed with a test key. Its CA has the same subject, key
 * identifier and serial number, and certificates for it are also made. Clients can therefore be tried with any CRL
 * without the key of its CA.
 */
export interface Counterpart {
  readonly lab: Lab;
  readonly crl: Uint8Array;
  /** A valid CRL of the same CA. If a client does not accept a leaf with it, the CRL being tried is not the reason. */
  readonly control: Uint8Array;
  /** Algorithm with which it is signed. */
  readonly algorithm: AlgorithmName;
  /** Whether its dates were moved because the CRL is not current. */
  readonly isMoved: boolean;
  /**
   * The serial number of its revoked certificate, in hexadecimal; undefined if no entry revokes a certificate of this
   * CA.
   */
  readonly listed: string | undefined;
}

/** Keys for the algorithms with which the counterpart can be signed. */
const signers: Readonly<Partial<Record<AlgorithmName, KeyName>>> = {
  sha1WithRSAEncryption: "rsa2048",
  sha256WithRSAEncryption: "rsa2048",
  sha384WithRSAEncryption: "rsa2048",
  sha512WithRSAEncryption: "rsa2048",
  "rsassa-pss-sha256": "rsa2048",
  "rsassa-pss-sha384": "rsa2048",
  "rsassa-pss-sha512": "rsa2048",
  "ecdsa-with-SHA1": "p256",
  "ecdsa-with-SHA256": "p256",
  "ecdsa-with-SHA384": "p384",
  "ecdsa-with-SHA512": "p521",
  ed25519: "ed25519",
  ed448: "ed448",
};

/** Keys for the curve of the CA's key, which may differ from the usual one of an algorithm. */
const keysByCurve: Readonly<Record<string, KeyName>> = {
  "1.2.840.10045.3.1.7": "p256",
  "1.3.132.0.34": "p384",
  "1.3.132.0.35": "p521",
};

const hour = 3600;

/**
 * Makes the counterpart of a CRL.
 *
 * @param now current time in seconds since 1970
 * @returns the counterpart, or the reason why it cannot be made
 */
export function makeCounterpart(ca: Certificate, crl: Crl, now: number): Counterpart | { readonly fault: string } {
  const { tbsCertList, signatureAlgorithm, thisUpdate } = crl;
  if (tbsCertList === undefined || signatureAlgorithm === undefined || thisUpdate === undefined) {
    const [field, why] = [...crl.unread][0] ?? ["signatureAlgorithm", "the CRL has none"];
    return { fault: `${field} cannot be read: ${why}` };
  }
  const outer = bytesOf(crl.source.bytes, signatureAlgorithm);
  const algorithm = algorithmOf(outer, signatureAlgorithm.oid ?? "");
  const usualKey = algorithm && signers[algorithm];
  if (algorithm === undefined || usualKey === undefined) {
    return { fault: `there is no test key for ${algorithmName(signatureAlgorithm.oid ?? "")} with these parameters` };
  }
  const key = (algorithm.startsWith("ecdsa") ? keysByCurve[ca.publicKey.curve ?? ""] : undefined) ?? usualKey;
  const listed = listedSerial(crl);
  const serials = { good: serialFor(crl.source.bytes), ...(listed !== undefined && { revoked: listed }) };
  // An authorityKeyIdentifier may also name the issuer of the CA certificate.
  const root = ca.selfIssued ? {} : { subject: nameOf(ca.source.bytes, ca.issuer) };
  const lab = makeLab(now, { root, ca: caKnobs(ca, key), leaf: leafKnobs(crl), serials });
  const shift = shiftOf(crl, now);
  const tbs = movedBytes(crl, shift).subarray(tbsCertList.start, tbsCertList.end);
  const signature = kit.der.bitString(sign(key, algorithm, tbs));
  const dates = { thisUpdate: later(now, -hour), nextUpdate: later(now, hour) };
  const control = kit.crl({ ca: lab.ca, entries: [], ...dates }).crl;
  return { lab, crl: kit.der.seq(tbs, outer, signature), control, algorithm, isMoved: shift !== 0, listed };
}

function algorithmOf(identifier: Uint8Array, oid: string): AlgorithmName | undefined {
  const names = Object.keys(signers) as AlgorithmName[];
  return names.find((name) => algorithmName(oid) === name || sameBytes(kit.algorithm(name), identifier));
}

function caKnobs(ca: Certificate, key: KeyName): CertificateKnobs {
  const { bytes } = ca.source;
  const { subjectKeyIdentifier: ski } = ca;
  return {
    subject: nameOf(bytes, ca.subject),
    serial: bytesOf(bytes, ca.serialNumber),
    ski: ski === undefined ? null : contents(bytes, ski),
    key,
    // If the CRL covers only CA certificates, the leaf is one.
    pathLen: null,
  };
}

/** Returns a Name with the same bytes as another one. */
export function nameOf(bytes: Uint8Array, span: Span): NameBuilder {
  const whole = bytesOf(bytes, span);
  return Object.assign(new NameBuilder([]), { der: () => whole });
}

/** Returns the properties of leaves that the CRL covers, with the names of its distribution point. */
export function leafKnobs({ source, issuingDistributionPoint: idp }: Crl): CertificateKnobs {
  const point = idp?.distributionPoint;
  const { der, extension, oids } = kit;
  return {
    ...(idp?.onlyContainsCaCerts?.value === true && { cA: true, keyUsage: ["digitalSignature", "keyCertSign"] }),
    ...(point === undefined
      ? { crldp: [crlUri] }
      : {
          crldp: null,
          // [0] DistributionPointName is the same in both extensions (RFC 5280 4.2.1.13, 5.2.5).
          extra: [extension.extension(oids.crlDistributionPoints, der.seq(der.seq(bytesOf(source.bytes, point))))],
        }),
  };
}

/**
 * Returns the contents of the first userCertificate by which this CA revokes a certificate, in hexadecimal. Entries of
 * another CA (RFC 5280 5.3.3) and entries that remove a certificate from the list do not count. The serial number has
 * the leading 00 that DER requires, and no other.
 */
export function listedSerial({ entries, source }: Crl): string | undefined {
  let serial: string | undefined;
  let isOfOther = false;
  const mayNameOthers = entries.extensions.has(Oid.certificateIssuer);
  entries.visit((entry) => {
    if (serial !== undefined || isOfOther) return;
    isOfOther = mayNameOthers && entry.extensions().some(({ oid }) => oid === Oid.certificateIssuer);
    if (isOfOther || entry.reason === Reason.removeFromCRL) return;
    const digits = hex(source.bytes.subarray(entry.serialContent, entry.serialEnd)).replace(/^(?:00)+(?=..)/u, "");
    if (digits !== "") serial = /^[89a-f]/iu.test(digits) ? `00${digits}` : digits;
  });
  return serial;
}

/**
 * Returns the number of seconds by which all dates are moved: 0 if the CRL is current or its thisUpdate cannot be read.
 * Otherwise thisUpdate becomes an hour ago, or less if the CRL is valid for less than two hours.
 */
function shiftOf({ thisUpdate, nextUpdate }: Crl, now: number): number {
  const from = thisUpdate?.seconds;
  if (from === undefined) return 0;
  const until = nextUpdate?.seconds ?? Number.POSITIVE_INFINITY;
  if (from <= now && now <= until) return 0;
  const age = until > from ? Math.min(hour, Math.floor((until - from) / 2)) : hour;
  return now - age - from;
}

/** Returns the bytes of a CRL with all dates moved. Types and lengths do not change. */
function movedBytes(crl: Crl, shift: number): Uint8Array {
  const bytes = crl.source.bytes.slice();
  if (shift === 0) return bytes;
  const move = (start: number, end: number, seconds: number | undefined): void => {
    if (seconds === undefined || Number.isNaN(seconds)) return;
    const digits = later(seconds, shift).toISOString().slice(0, 19).replaceAll(/[-T:]/gu, "");
    // A date has fewer than 128 bytes, so its contents start after one identifier octet and one length octet.
    const content = start + 2;
    const text = bytes[start] === Tag.utcTime ? digits.slice(2) : digits;
    const isDigit = (byte = 0): boolean => byte >= 0x30 && byte <= 0x39;
    for (let i = 0; i < text.length && content + i < end && isDigit(bytes[content + i]); i += 1) {
      bytes[content + i] = text.charCodeAt(i);
    }
  };
  for (const date of [crl.thisUpdate, crl.nextUpdate]) if (date !== undefined) move(date.start, date.end, date.seconds);
  crl.entries.visit(({ dateStart, dateEnd, date }) => {
    move(dateStart, dateEnd, date);
  });
  return bytes;
}
