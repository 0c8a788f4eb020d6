import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { identify } from "../../src/input/identify.ts";
import { identityOf, type Kind } from "../../src/input/kinds.ts";
import {
  algorithm,
  bitString,
  certificate,
  contentInfo,
  crl,
  generalizedTime,
  integer,
  key,
  name,
  octetString,
  seq,
  serial,
  signed,
  tbsCertificate,
  tbsCertificateV1,
  tbsCertList,
  tbsCertListV1,
  text,
  tlv,
  utcTime,
  version2,
} from "./tlv.ts";

const ascii = (value: string): number[] => [...new TextEncoder().encode(value)];
const utf16 = (value: string): number[] => ascii(value).flatMap((byte) => [byte, 0]);
const indefinite = (...parts: readonly (readonly number[])[]): number[] => [0x30, 0x80, ...parts.flat(), 0, 0];
const hash = tlv(0x04, Array<number>(20).fill(9));
const certId = seq(algorithm, hash, hash, serial);
const responseData = seq(tlv(0xa1, name), generalizedTime, seq());

const cases: readonly (readonly [title: string, bytes: readonly number[], kind: Kind])[] = [
  ["CertificateList v2", signed(tbsCertList), "crl"],
  ["CertificateList v1", signed(tbsCertListV1), "crl"],
  ["CertificateList without entries and nextUpdate", signed(seq(version2, algorithm, name, generalizedTime)), "crl"],
  ["CertificateList with bytes after it", [...signed(tbsCertList), 0x0a], "crl"],
  ["CertificateList without a signature", seq(tbsCertList), "crl"],
  ["CertificateList with version v1 encoded", signed(seq(integer(0), algorithm, name, utcTime)), "crl"],
  ["CertificateList with a tagged version", signed(seq(tlv(0xa0, version2), algorithm, name, utcTime)), "crl"],
  ["CertificateList without thisUpdate", signed(seq(version2, algorithm, name, seq(seq(serial, utcTime)))), "crl"],
  ["CertificateList without an issuer", signed(seq(version2, algorithm, utcTime)), "crl"],
  ["CertificateList with an empty issuer", signed(seq(version2, algorithm, seq(), utcTime)), "crl"],
  ["CertificateList in BER, all indefinite", indefinite(indefinite(version2, algorithm, name, utcTime)), "crl"],
  [
    "CertificateList in BER, inner SEQUENCEs indefinite",
    signed(seq(version2, indefinite(algorithm.slice(2)), indefinite(name.slice(2)), utcTime)),
    "crl",
  ],
  ["CertificateList whose outer SEQUENCE is primitive", [0x10, ...signed(tbsCertList).slice(1)], "crl"],
  ["CertificateList whose outer tag is in high form", [0x3f, 0x10, ...signed(tbsCertList).slice(1)], "crl"],
  ["TBSCertList v2", tbsCertList, "tbs"],
  ["TBSCertList v1", tbsCertListV1, "tbs"],
  ["Certificate v3", signed(tbsCertificate), "certificate"],
  ["Certificate v1", signed(tbsCertificateV1), "certificate"],
  [
    "Certificate v1 with serial number 1",
    signed(seq(version2, algorithm, name, seq(utcTime, utcTime), name, key)),
    "certificate",
  ],
  ["TBSCertificate v3", tbsCertificate, "tbs-certificate"],
  ["TBSCertificate v1", tbsCertificateV1, "tbs-certificate"],
  ["CertificationRequest", signed(seq(integer(0), name, key, [0xa0, 0x00])), "certification-request"],
  [
    "CertificationRequest with an empty subject",
    signed(seq(integer(0), seq(), key, [0xa0, 0x00])),
    "certification-request",
  ],
  ["CertificationRequestInfo", seq(integer(0), name, key, [0xa0, 0x00]), "certification-request"],
  [
    "AttributeCertificate",
    signed(seq(version2, seq(tlv(0xa0, name, serial)), tlv(0xa0, name), algorithm, serial)),
    "attribute-certificate",
  ],
  ["PKCS#7 signed data", contentInfo(2, seq(version2)), "pkcs7"],
  ["PKCS#12", seq(integer(3), contentInfo(1, octetString(9))), "pkcs12"],
  ["OCSPResponse", seq([0x0a, 1, 0], tlv(0xa0, seq())), "ocsp-response"],
  ["OCSPResponse unauthorized", seq([0x0a, 1, 6]), "ocsp-response"],
  ["BasicOCSPResponse", signed(responseData), "ocsp-response"],
  ["OCSPRequest", seq(seq(seq(seq(certId)))), "ocsp-request"],
  ["OCSPRequest with a name", seq(seq(tlv(0xa1, tlv(0xa4, name)), seq(seq(certId)))), "ocsp-request"],
  ["TimeStampReq", seq(version2, seq(algorithm, hash)), "timestamp"],
  ["TimeStampResp", seq(seq(integer(0)), contentInfo(2, seq(integer(3)))), "timestamp"],
  ["RSAPrivateKey", seq(integer(0), serial, integer(3), serial, serial, serial), "private-key"],
  ["RSAPrivateKey truncated within its modulus", seq(integer(0), serial).slice(0, 9), "private-key"],
  ["ECPrivateKey", seq(integer(1), octetString(32)), "private-key"],
  ["PrivateKeyInfo", seq(integer(0), algorithm, octetString(40)), "private-key"],
  ["OneAsymmetricKey v2", seq(integer(1), algorithm, octetString(40), tlv(0x81, 0)), "private-key"],
  ["EncryptedPrivateKeyInfo", seq(algorithm, octetString(40)), "private-key"],
  ["PuTTY key", ascii("PuTTY-User-Key-File-3: ssh-ed25519\r\n"), "private-key"],
  ["SSH2 key", ascii("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n"), "private-key"],
  ["SubjectPublicKeyInfo", key, "public-key"],
  ["RSAPublicKey", seq(serial, integer(1, 0, 1)), "public-key"],
  ["DSA parameters", seq(serial, serial, serial), "parameters"],
  ["HTML", ascii("<!DOCTYPE html>\n<title>404"), "html"],
  ["HTML after a byte order mark and whitespace", [0xef, 0xbb, 0xbf, ...ascii("\n <HTML lang=en>")], "html"],
  ["XHTML", ascii('<?xml version="1.0"?>\n<html xmlns="x">'), "html"],
  ["XML", ascii('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'), "xml"],
  ["JSON object", ascii('{"error":"not found"}'), "json"],
  ["JSON array", ascii('[ {"a":1} ]'), "json"],
  ["HTTP response", [...ascii("HTTP/1.1 200 OK\r\n\r\n"), ...signed(tbsCertList)], "http"],
  ["plain text", ascii("Service unavailable\n"), "text"],
  ["text that starts with the byte of a SEQUENCE", ascii("0123456789"), "text"],
  ["UTF-16 with a byte order mark", [0xff, 0xfe, ...utf16("-----BEGIN")], "utf-16"],
  ["UTF-16 without a byte order mark", utf16("-----BEGIN X509 CRL-----"), "utf-16"],
  ["gzip", [0x1f, 0x8b, 8, 0, 0], "gzip"],
  ["ZIP", [0x50, 0x4b, 3, 4, 20], "zip"],
  ["an empty file", [], "empty"],
  ["zeros", Array<number>(40).fill(0), "zeros"],
  ["a NULL", [0x05, 0x00], "unknown"],
  ["an empty SEQUENCE", [0x30, 0x00], "unknown"],
  ["the first two bytes of BER", [0x30, 0x80], "unknown"],
  ["two bytes of a SEQUENCE", [0x30, 0x82], "unknown"],
  ["a Name", name, "unknown"],
  ["an AlgorithmIdentifier", algorithm, "unknown"],
  ["two certificates in a SEQUENCE", seq(signed(tbsCertificate), signed(tbsCertificate)), "unknown"],
  ["a signed string", signed(text(0x0c, "Hello")), "unknown"],
];

describe("identify", () => {
  test.each(cases)("recognizes %s", (_, bytes, kind) => {
    expect(identify(Uint8Array.from(bytes))).toEqual(identityOf(kind));
  });

  test("a CRL that is truncated after its second SEQUENCE tag is still a CRL", () => {
    const kinds = Array.from(crl, (_, length) => identify(crl.subarray(0, length)).kind);
    // The outer header has a length of one byte after 81; the second tag is the fourth byte.
    expect(kinds.slice(0, 4)).toEqual(["empty", "text", "unknown", "unknown"]);
    expect(new Set(kinds.slice(4))).toEqual(new Set<Kind>(["crl"]));
  });

  test("a certificate that is truncated after its second header is still a certificate", () => {
    const kinds = Array.from(certificate, (_, length) => identify(certificate.subarray(0, length)).kind);
    expect(new Set(kinds.slice(7))).toEqual(new Set<Kind>(["certificate"]));
  });

  test("reads only the first elements of a CRL of 200 MB", () => {
    const start = signed(seq(version2, algorithm, name, utcTime)).slice(4);
    const huge = new Uint8Array(200_000_000);
    huge.set([0x30, 0x84, 0x0b, 0xeb, 0xc1, 0xfa, 0x30, 0x84, 0x0b, 0xeb, 0xc0, 0x00, ...start.slice(2)]);
    const reads = { count: 0 };
    const watched = new Proxy(huge, {
      get(target, property) {
        if (typeof property === "string" && /^\d+$/u.test(property)) reads.count += 1;
        const value: unknown = Reflect.get(target, property, target);
        return value;
      },
    });
    expect(identify(watched).kind).toBe("crl");
    expect(reads.count).toBeLessThan(400);
  });

  test("never throws on random bytes, nor on a CRL with some bytes changed", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(identify(bytes).advice).not.toBe("");
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(crl.length - 1), fc.nat(255)), { maxLength: 6 }), (changes) => {
        const damaged = crl.slice();
        for (const [at, byte] of changes) damaged[at] = byte;
        expect(identify(damaged).name).not.toBe("");
      }),
      { numRuns: 2000 },
    );
  });

  test("reads deeply nested BER without a stack overflow", () => {
    const deep = new Uint8Array(2_000_000).fill(0x30).map((byte, i) => (i % 2 === 0 ? byte : 0x80));
    expect(identify(deep).kind).toBe("unknown");
  });
});

// Every signed object above ends with a BIT STRING; an unsigned one is recognized by the element after its algorithm.
test("an AlgorithmIdentifier with a BIT STRING is a key, and with a Name a TBSCertList", () => {
  expect(identify(Uint8Array.from(seq(algorithm, bitString(4)))).kind).toBe("public-key");
  expect(identify(Uint8Array.from(seq(algorithm, name))).kind).toBe("tbs");
});
