import { constants, generateKeyPairSync, getCurves, sign } from "node:crypto";
import { ml_dsa44, ml_dsa65, ml_dsa87 } from "@noble/post-quantum/ml-dsa.js";
import { slh_dsa_sha2_128f, slh_dsa_shake_128f, slh_dsa_sha2_192f } from "@noble/post-quantum/slh-dsa.js";
import { p256, p384, p521 } from "@noble/curves/nist.js";
import { describe, expect, test, vi } from "vitest";
import { leaveInFile } from "../../src/der/in-file.ts";
import * as der from "../../src/fixture/der-writer.ts";
import { signSm2 } from "../../src/fixture/ecdsa.ts";
import { type EcKey, type KeyName, type RsaKey, testKey } from "../../src/fixture/keys.ts";
import { type AlgorithmName, sign as signByKit } from "../../src/fixture/sign.ts";
import type { Misstated, Verdict } from "../../src/verify/verifier.ts";
import { nodeVerifier } from "../../src/verify/node.ts";
import {
  algorithm,
  digest,
  ecPair,
  hashOids,
  mgf1,
  type PssHash,
  pssIdentifier,
  RsaPair,
  rsassaPss,
  spki,
} from "./signers.ts";

const verifier = nodeVerifier();
if (verifier === undefined) throw new Error("no verifier on Node");

const message = der.ascii("tbsCertList");
const nist = "2.16.840.1.101.3.4.3";
const pkcs1 = "1.2.840.113549.1.1";
const pkix = "1.3.6.1.5.5.7.6";

function verify(publicKey: Uint8Array, identifier: Uint8Array, signature: Uint8Array, data = message): Verdict {
  return verifier?.verify({ publicKey, algorithm: identifier, data, signature }) as Verdict;
}

const wrong = { verdict: "invalid", why: "the CA's key does not verify the signature" };

/** Verdicts on a signature: unchanged, over other bytes, and with a changed last byte. */
function verdicts(publicKey: Uint8Array, identifier: Uint8Array, signature: Uint8Array): readonly Verdict[] {
  return [
    verify(publicKey, identifier, signature),
    verify(publicKey, identifier, signature, der.ascii("tbsCertLisT")),
    verify(publicKey, identifier, flipLast(signature)),
  ];
}

function flipLast(bytes: Uint8Array): Uint8Array {
  return bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1);
}

const valid = [{ verdict: "valid" }, wrong, wrong];

function rsaKey(name: KeyName): RsaKey {
  return testKey(name) as RsaKey;
}

describe("RSA PKCS#1 v1.5", () => {
  test.each([
    ["sha1", `${pkcs1}.5`],
    ["sha256", `${pkcs1}.11`],
    ["sha512-224", `${pkcs1}.15`],
    ["sha512-256", `${pkcs1}.16`],
    ["sha3-224", `${nist}.13`],
    ["sha3-256", `${nist}.14`],
    ["sha3-384", `${nist}.15`],
    ["sha3-512", `${nist}.16`],
    ["ripemd160", "1.3.36.3.3.1.2"],
  ])("with %s verifies", (hash, oid) => {
    const { spki: key, privateKey } = rsaKey("rsa2048");
    expect(verdicts(key, algorithm(oid, der.nul()), Uint8Array.from(sign(hash, message, privateKey)))).toEqual(valid);
  });

  test("with a key that is only for RSASSA-PSS is invalid", () => {
    const { publicBits, privateKey } = rsaKey("rsa2048");
    const signature = Uint8Array.from(sign("sha256", message, privateKey));
    expect(verify(spki(algorithm(rsassaPss), publicBits), algorithm(`${pkcs1}.11`, der.nul()), signature)).toEqual({
      verdict: "invalid",
      why: "sha256WithRSAEncryption cannot be made with the CA's key, which is for another algorithm",
    });
  });

  test("with a larger modulus than OpenSSL supports is not checked", () => {
    const key = (bits: bigint, e: bigint) =>
      spki(algorithm(`${pkcs1}.1`, der.nul()), der.seq(der.int((1n << (bits - 1n)) + 1n), der.int(e)));
    const identifier = algorithm(`${pkcs1}.11`, der.nul());
    const why = "this Node.js cannot verify sha256WithRSAEncryption with a key of this size";
    const undecided = { verdict: "not-checked", why };
    expect(verify(key(16_384n, 3n), identifier, new Uint8Array(2048))).toEqual(wrong);
    expect(verify(key(16_385n, 3n), identifier, new Uint8Array(2049))).toEqual(undecided);
    expect(verify(key(3072n, (1n << 64n) + 1n), identifier, new Uint8Array(384))).toEqual(wrong);
    expect(verify(key(3073n, (1n << 64n) - 1n), identifier, new Uint8Array(385))).toEqual(wrong);
    expect(verify(key(3073n, (1n << 64n) + 1n), identifier, new Uint8Array(385))).toEqual(undecided);
  });
});

describe("RSASSA-PSS", () => {
  test.each<[PssHash, PssHash, number]>([
    ["sha1", "sha1", 20],
    ["sha256", "sha256", 32],
    ["sha256", "sha256", 0],
    ["sha384", "sha384", 48],
    ["sha512-256", "sha512-256", 32],
    ["sha3-256", "sha3-256", 32],
    ["sha3-512", "sha3-512", 64],
    ["sha256", "sha1", 32],
    ["sha384", "sha512", 7],
    ["sha256", "sha3-256", 222],
  ])("with %s, MGF1 with %s and a salt of %i bytes verifies", (hash, mask, salt) => {
    const key = pair2048();
    const signature = key.signPss(digest(hash), mgf1(digest(mask)), salt, message);
    expect(verdicts(key.spki, pssIdentifier(hash, mask, salt), signature)).toEqual(valid);
    expect(verdicts(key.spki, pssIdentifier(hash, mask, salt, 1), signature)).toEqual(valid);
  });

  test.each([
    [
      1025,
      0x190f205ef063a3364ed24bd1d181cb59411120fa4b7014ca91656fc60692db67169e0b399d2a7a34973f99150c7295d8b543e6426435016fa925fa206af2dea8fn,
      0xfd56b119746191571f694e3e58b020ea7cbabd2a67d7bfec08799ab7700418cec8ecbdec459c1b22bdcdfafb6d8b8c4429d4f8f0fa5fe20b305d47141f9a3a4bn,
    ],
    [
      1026,
      0x19f9f7acda3d4de1d32361e71dcab6e7e282614458b30b0a4f84831653a268e23fb377e257cafffc44fb2a7e3a371a710f4ac0272e69b4b66f2a8c2f83a7c5e13n,
      0x19349db8a76a6046075a95ed471c5dbe7eaf99d622c47b677d0dafecc7d8ad7de31fee8849e43f43d1180d3b2baf57ff27f654f6a69b78d99bc1c36bcc1704f77n,
    ],
    [
      1031,
      0xf6cf44f19814934dfd08c2c5beb2ad043592d5e930fc65b1f2cdc100f524a89a04c11f89ebbe0c2e74b09b4c60ef944349ab278b613a476b81c1c14d7cbe8b621n,
      0x648a096ba5353cd211e8ff41eb65e724d78af65311e11d1d5154cc3fa226b1995866d909edda8fdd53a3d7d680a5e5be74223ad50c49c131384c5cdbd31de954bn,
    ],
    [
      1032,
      0xff95dc6a42dfe63d31a7622c792cc9d1da38cfdf0dfc1694440701b047c83f12386a764edda525cd784149444e526f7a7440c100b46ac331e085ef9da8445a3b7n,
      0xd92d24208fff38e3e8dfcbbb01575966b4d84b67fbd1a6dd8e169e7b58eb47ed07b43fd1286122190df712cc47ac59e067388bdd76e48fd5c57db54907b71e515n,
    ],
  ])("with a modulus of %i bits verifies", (bits, p, q) => {
    const key = new RsaPair(p, q);
    expect(key.bits).toBe(bits);
    const signature = key.signPss(digest("sha256"), mgf1(digest("sha256")), 32, message);
    expect(verdicts(key.spki, pssIdentifier("sha256", "sha256", 32), signature)).toEqual(valid);
    expect(verify(key.spki, pssIdentifier("sha256", "sha256", 32), der.concat(der.raw("00"), signature))).toEqual(
      wrong,
    );
  });

  test("made by OpenSSL verifies", () => {
    const { spki: key, privateKey } = rsaKey("rsa2048");
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    const signature = Uint8Array.from(sign("sha512", message, { key: privateKey, padding, saltLength: 64 }));
    expect(verdicts(key, pssIdentifier("sha512", "sha512", 64), signature)).toEqual(valid);
  });

  test.each([31, 33])("with a salt of 32 bytes and saltLength %i is invalid", (saltLength) => {
    const key = pair2048();
    const signature = key.signPss(digest("sha256"), mgf1(digest("sha256")), 32, message);
    expect(verify(key.spki, pssIdentifier("sha256", "sha256", saltLength), signature)).toEqual({
      verdict: "invalid",
      why: `the signature was made with a salt of 32 bytes; saltLength is ${saltLength}`,
      apartFrom: "algorithm",
      misstated: ["saltLength"],
    });
    expect(verify(key.spki, pssIdentifier("sha256", "sha256", saltLength), signature, der.ascii("x"))).toEqual(wrong);
  });

  test.each<[string, Uint8Array, Uint8Array, string | undefined]>([
    ["any parameters", algorithm(rsassaPss), pssIdentifier("sha256", "sha256", 32), undefined],
    ["the same parameters", pssIdentifier("sha256", "sha256", 32), pssIdentifier("sha256", "sha256", 32), undefined],
    ["a shorter salt", pssIdentifier("sha256", "sha256", 31), pssIdentifier("sha256", "sha256", 32), undefined],
    [
      "a longer salt",
      pssIdentifier("sha256", "sha256", 33),
      pssIdentifier("sha256", "sha256", 32),
      "signed with a salt of 32 bytes by a key that requires at least 33",
    ],
    [
      "another hash",
      pssIdentifier("sha384", "sha256", 32),
      pssIdentifier("sha256", "sha256", 32),
      "signed with sha256 by a key that is restricted to sha384",
    ],
    [
      "another mask",
      pssIdentifier("sha256", "sha1", 32),
      pssIdentifier("sha256", "sha256", 32),
      "signed using MGF1 with sha256 by a key that is restricted to MGF1 with sha1",
    ],
  ])("with a key that is for %s", (_, ofKey, identifier, why) => {
    const pair = pair2048();
    const signature = pair.signPss(digest("sha256"), mgf1(digest("sha256")), 32, message);
    const key = spki(ofKey, pair.publicBits);
    const expected =
      why === undefined ? { verdict: "valid" } : { verdict: "invalid", why, apartFrom: "key-parameters" };
    expect(verify(key, identifier, signature)).toEqual(expected);
    expect(verify(key, identifier, signature, der.ascii("x"))).toEqual(wrong);
  });

  test.each<[string, Uint8Array, string]>([
    [
      "an unknown hash",
      algorithm(rsassaPss, der.seq(der.explicit(0, der.seq(der.oid("1.2.3"))))),
      "RSASSA-PSS with a hash that is not known to crllint",
    ],
    [
      "a mask that is not MGF1",
      algorithm(rsassaPss, der.seq(der.explicit(1, der.seq(der.oid("1.2.3"), der.seq(der.oid(hashOids.sha1)))))),
      "RSASSA-PSS with a mask generation function that is not known to crllint",
    ],
    [
      "another trailerField",
      pssIdentifier("sha256", "sha256", 32, 2),
      "RSASSA-PSS with a trailerField other than 1, which no document defines",
    ],
  ])("with %s is not checked", (_, identifier, why) => {
    expect(verify(rsaKey("rsa2048").spki, identifier, new Uint8Array(256))).toEqual({ verdict: "not-checked", why });
  });

  test.each([
    ["no parameters", algorithm(rsassaPss), "id-RSASSA-PSS without readable parameters"],
    ["NULL", algorithm(rsassaPss, der.nul()), "id-RSASSA-PSS without readable parameters"],
    [
      "a negative salt",
      pssIdentifier("sha256", "sha256", -1),
      "RSASSA-PSS with a saltLength that is not the length of a salt",
    ],
  ])("with %s is not checked and malformed", (_, identifier, why) => {
    const verdict = { verdict: "not-checked", why, isMalformed: true };
    expect(verify(rsaKey("rsa2048").spki, identifier, new Uint8Array(256))).toEqual(verdict);
  });

  test.each([
    ["as large as the modulus", (n: Uint8Array) => n],
    ["shorter than the modulus", (n: Uint8Array) => n.subarray(1)],
    ["of zeros", () => new Uint8Array(256)],
    ["empty", () => new Uint8Array(0)],
  ])("%s is invalid", (_, make) => {
    const pair = pair2048();
    const n = der.raw(pair.n.toString(16));
    expect(verify(pair.spki, pssIdentifier("sha256", "sha256", 32), make(n))).toEqual(wrong);
  });

  test("with a modulus too small for the hash and the salt is invalid", () => {
    const key = spki(algorithm(`${pkcs1}.1`, der.nul()), der.seq(der.int((1n << 511n) + 1n), der.int(3)));
    expect(verify(key, pssIdentifier("sha512", "sha512", 64), new Uint8Array(64))).toEqual(wrong);
  });
});

describe("RSASSA-PSS and ECDSA with SHAKE (RFC 8692)", () => {
  test.each([
    ["shake128", 30, 32],
    ["shake256", 31, 64],
  ])("RSASSA-PSS with %s verifies", (name, arc, length) => {
    const pair = pair2048();
    const oid = `${pkix}.${arc}`;
    const mask = (seed: Uint8Array, size: number) => digest(name, size)(seed);
    const signature = pair.signPss(digest(name, length), mask, length, message);
    expect(verdicts(pair.spki, algorithm(oid), signature)).toEqual(valid);
    expect(verdicts(spki(algorithm(oid), pair.publicBits), algorithm(oid), signature)).toEqual(valid);
    const other = algorithm(`${pkix}.${61 - arc}`);
    expect(verify(spki(other, pair.publicBits), algorithm(oid), signature).verdict).toBe("invalid");
    const short = pair.signPss(digest(name, length), mask, length - 1, message);
    expect(verify(pair.spki, algorithm(oid), short)).toMatchObject({
      apartFrom: "algorithm",
      misstated: ["algorithm"],
      why: `the signature was made with a salt of ${length - 1} bytes; id-RSASSA-PSS-${name.toUpperCase()} requires ${length}`,
    });
  });

  const curves = { p256, p384, p521 };
  test.each<[keyof typeof curves, string, number, number]>([
    ["p256", "shake128", 32, 32],
    ["p384", "shake128", 32, 32],
    ["p384", "shake256", 33, 64],
    ["p521", "shake256", 33, 64],
  ])("ECDSA on %s with %s verifies", (name, hash, arc, length) => {
    const { d, spki: key } = testKey(name) as EcKey;
    const secret = der.raw(d.toString(16).padStart(curves[name].lengths.secretKey! * 2, "0"));
    const hashed = digest(hash, length)(message);
    const options = { prehash: false, lowS: false, format: "der" } as const;
    expect(verdicts(key, algorithm(`${pkix}.${arc}`), curves[name].sign(hashed, secret, options))).toEqual(valid);
  });

  test("ECDSA with bytes that are not a signature is invalid", () => {
    const { spki: key } = testKey("p256");
    for (const bytes of [new Uint8Array(0), new Uint8Array(200), der.seq(der.int(1), der.int(0))]) {
      expect(verify(key, algorithm(`${pkix}.32`), bytes)).toEqual(wrong);
    }
  });

  test("ECDSA on an unsupported curve, or with a point off the curve, is not checked", () => {
    expect(verify(testKey("brainpoolP256r1").spki, algorithm(`${pkix}.32`), new Uint8Array(64))).toEqual({
      verdict: "not-checked",
      why: "crllint cannot verify id-ecdsa-with-shake128 with a key on curve brainpoolP256r1",
    });
    const off = testKey("p256").spki;
    expect(verify(flipLast(off), algorithm(`${pkix}.32`), new Uint8Array(64))).toEqual({
      verdict: "not-checked",
      why: "this Node.js cannot read the CA's key on curve P-256 for id-ecdsa-with-shake128",
    });
  });
});

/** OIDs of curves that OpenSSL knows, by its names. */
const curveOids: Readonly<Record<string, string>> = {
  secp112r1: "1.3.132.0.6",
  secp192k1: "1.3.132.0.31",
  secp224r1: "1.3.132.0.33",
  secp256k1: "1.3.132.0.10",
  prime192v1: "1.2.840.10045.3.1.1",
  prime239v3: "1.2.840.10045.3.1.6",
  prime256v1: "1.2.840.10045.3.1.7",
  secp384r1: "1.3.132.0.34",
  secp521r1: "1.3.132.0.35",
  sect163k1: "1.3.132.0.1",
  sect283r1: "1.3.132.0.17",
  sect571r1: "1.3.132.0.39",
  c2pnb163v1: "1.2.840.10045.3.0.1",
  c2tnb431r1: "1.2.840.10045.3.0.20",
  "wap-wsg-idm-ecid-wtls7": "2.23.43.1.4.7",
  brainpoolP160r1: "1.3.36.3.3.2.8.1.1.1",
  brainpoolP192t1: "1.3.36.3.3.2.8.1.1.4",
  brainpoolP224r1: "1.3.36.3.3.2.8.1.1.5",
  brainpoolP256r1: "1.3.36.3.3.2.8.1.1.7",
  brainpoolP256t1: "1.3.36.3.3.2.8.1.1.8",
  brainpoolP320r1: "1.3.36.3.3.2.8.1.1.9",
  brainpoolP384r1: "1.3.36.3.3.2.8.1.1.11",
  brainpoolP384t1: "1.3.36.3.3.2.8.1.1.12",
  brainpoolP512r1: "1.3.36.3.3.2.8.1.1.13",
  brainpoolP512t1: "1.3.36.3.3.2.8.1.1.14",
};

describe("ECDSA", () => {
  // Some distributions of OpenSSL lack some curves.
  test.each(Object.entries(curveOids).filter(([name]) => getCurves().includes(name)))("on %s verifies", (_, oid) => {
    const { privateKey, spki: key } = ecPair(oid);
    expect(
      verdicts(key, algorithm("1.2.840.10045.4.3.2"), Uint8Array.from(sign("sha256", message, privateKey))),
    ).toEqual(valid);
    expect(verdicts(key, algorithm(`${nist}.12`), Uint8Array.from(sign("sha3-512", message, privateKey)))).toEqual(
      valid,
    );
  });

  test.each([9, 10, 11, 12])("with SHA-3, arc %i, verifies", (arc) => {
    const { privateKey, spki: key } = ecPair("1.2.840.10045.3.1.7");
    const hash = `sha3-${[224, 256, 384, 512][arc - 9]}`;
    expect(verdicts(key, algorithm(`${nist}.${arc}`), Uint8Array.from(sign(hash, message, privateKey)))).toEqual(valid);
  });

  test("on a curve that Node.js does not support is not checked", () => {
    const key = spki(algorithm("1.2.840.10045.2.1", der.oid("1.3.132.0.99")), der.raw("0400"));
    expect(verify(key, algorithm("1.2.840.10045.4.3.2"), new Uint8Array(64))).toEqual({
      verdict: "not-checked",
      why: "this Node.js cannot read the CA's key on curve 1.3.132.0.99 for ecdsa-with-SHA256",
    });
  });

  // Node.js aborts if details of such a key are requested.
  test.each(["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.10"])(
    "with the point at infinity on %s is not checked",
    (curve) => {
      const key = spki(algorithm("1.2.840.10045.2.1", der.oid(curve)), der.raw("00"));
      expect(verify(key, algorithm("1.2.840.10045.4.3.2"), der.seq(der.int(1), der.int(1)))).toMatchObject({
        verdict: "not-checked",
        why: expect.stringMatching(/^this Node\.js cannot read the CA's key on curve/u) as unknown,
      });
    },
  );

  test("with the point at infinity on explicit parameters is not valid", () => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1", paramEncoding: "explicit" });
    const whole = Uint8Array.from(publicKey.export({ format: "der", type: "spki" }));
    // The AlgorithmIdentifier is before the BIT STRING, which has 68 bytes.
    const key = spki(whole.subarray(4, -68), der.raw("00"));
    expect(verify(key, algorithm("1.2.840.10045.4.3.2"), der.seq(der.int(1), der.int(1)))).not.toEqual({
      verdict: "valid",
    });
  });

  test("on the curve of SM2 is not checked", () => {
    expect(verify(testKey("sm2").spki, algorithm("1.2.840.10045.4.3.2"), der.seq(der.int(1), der.int(1)))).toEqual({
      verdict: "not-checked",
      why: "this Node.js cannot verify ecdsa-with-SHA256 with a key on curve SM2",
    });
  });
});

describe("DSA", () => {
  const { publicKey, privateKey } = generateKeyPairSync("dsa", { modulusLength: 1024, divisorLength: 160 });
  const key = Uint8Array.from(publicKey.export({ format: "der", type: "spki" }));

  test.each([
    ["sha1", "1.2.840.10040.4.3"],
    ["sha256", `${nist}.2`],
    ["sha384", `${nist}.3`],
    ["sha512", `${nist}.4`],
    ["sha3-224", `${nist}.5`],
    ["sha3-512", `${nist}.8`],
  ])("with %s verifies", (hash, oid) => {
    expect(verdicts(key, algorithm(oid), Uint8Array.from(sign(hash, message, privateKey)))).toEqual(valid);
  });

  test("with inherited parameters is not checked", () => {
    const inherits = spki(algorithm("1.2.840.10040.4.1"), der.int(5));
    expect(verify(inherits, algorithm("1.2.840.10040.4.3"), new Uint8Array(46))).toEqual({
      verdict: "not-checked",
      why: "the CA's DSA key has no parameters: it inherits those of the CA's issuer",
    });
  });
});

describe("SM2 with SM3", () => {
  const sm2 = algorithm("1.2.156.10197.1.501");
  const key = testKey("sm2") as EcKey;

  test("made by the kit verifies", () => {
    expect(verdicts(key.spki, sm2, signByKit("sm2", "sm2-with-sm3", message))).toEqual(valid);
  });

  test("of the example in GM/T 0003.5 Annex A verifies", () => {
    const point = der.raw(
      "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020" +
        "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13",
    );
    const r = 0xf5a03b06_48d2c463_0eeac513_e1bb81a1_5944da38_27d5b741_43ac7eac_eee720b3n;
    const s = 0xb1b6aa29_df212fd8_763182bc_0d421ca1_bb9038fd_1f7f42d4_840b69c4_85bbc1aan;
    const identifier = algorithm("1.2.840.10045.2.1", der.oid("1.2.156.10197.1.301"));
    const signature = der.seq(der.int(r), der.int(s));
    expect(verify(spki(identifier, point), sm2, signature, der.ascii("message digest"))).toEqual({ verdict: "valid" });
    expect(verify(spki(identifier, point), sm2, signature, der.ascii("message digesu"))).toEqual(wrong);
  });

  test("with another user identity is invalid", () => {
    expect(verify(key.spki, sm2, signSm2(key, message, ""))).toEqual({
      verdict: "invalid",
      why: "the signature was made with an empty user identity; GM/T 0009 specifies 1234567812345678",
      apartFrom: "user-identity",
    });
    expect(verify(key.spki, sm2, signSm2(key, message, "ALICE123@YAHOO.COM"))).toEqual(wrong);
  });

  const { order } = key.curve;
  test.each<[string, Uint8Array]>([
    ["empty", new Uint8Array(0)],
    ["r and s without DER", new Uint8Array(64).fill(1)],
    ["r of zero", der.seq(der.int(0), der.int(1))],
    ["s equal to the order of the curve", der.seq(der.int(1), der.int(order))],
    ["r and s that add up to the order", der.seq(der.int(1), der.int(order - 1n))],
    ["bytes after s", der.seq(der.int(1), der.int(1), der.nul())],
    ["bytes after the SEQUENCE", der.concat(signByKit("sm2", "sm2-with-sm3", message), der.nul())],
    ["a needless zero before r", der.seq(der.raw("02020001"), der.int(1))],
  ])("%s is invalid", (_, signature) => {
    expect(verify(key.spki, sm2, signature)).toEqual(wrong);
  });

  test("with a point off the curve is not checked", () => {
    const off = flipLast(key.spki);
    expect(verify(off, sm2, new Uint8Array(70))).toEqual({
      verdict: "not-checked",
      why: "this Node.js cannot read the CA's key on curve SM2 for SM2 with SM3",
    });
  });

  test("with a key on another curve is invalid", () => {
    expect(verify(testKey("p256").spki, sm2, new Uint8Array(70)).verdict).toBe("invalid");
  });
});

type SlhDsaSigner = typeof slh_dsa_sha2_128f;

function slhDsaKey(signer: SlhDsaSigner): ReturnType<SlhDsaSigner["keygen"]> {
  return signer.keygen(new Uint8Array(signer.lengths.seed ?? 0).fill(7));
}

describe("ML-DSA and SLH-DSA", () => {
  const seed = new Uint8Array(32).fill(7);
  test.each([
    [17, 32, ml_dsa44],
    [18, 33, ml_dsa65],
    [19, 34, ml_dsa87],
  ])("ML-DSA, arc %i, verifies, also prehashed", (arc, hashArc, signer) => {
    const { publicKey, secretKey } = signer.keygen(seed);
    const key = spki(algorithm(`${nist}.${arc}`), publicKey);
    const own = algorithm(`${nist}.${arc}`);
    expect(verdicts(key, own, signer.sign(message, secretKey, { extraEntropy: false }))).toEqual(valid);
    // RFC 9881 3: the context is empty.
    const context = Uint8Array.of(1);
    expect(verify(key, own, signer.sign(message, secretKey, { extraEntropy: false, context }))).toEqual(wrong);
    expect(verify(key, own, new Uint8Array(5))).toEqual(wrong);
    const prehashed = prehash("sha512", "0609608648016503040203");
    expect(
      verdicts(
        key,
        algorithm(`${nist}.${hashArc}`),
        signer.internal.sign(prehashed, secretKey, { extraEntropy: false }),
      ),
    ).toEqual(valid);
  });

  test("SLH-DSA verifies", () => {
    const { publicKey, secretKey } = slhDsaKey(slh_dsa_sha2_128f);
    const identifier = algorithm(`${nist}.21`);
    const signature = slh_dsa_sha2_128f.sign(message, secretKey, { extraEntropy: false });
    expect(verdicts(spki(identifier, publicKey), identifier, signature)).toEqual(valid);
  });

  // One signature of SHAKE takes seconds, so the algorithm without prehash is tried with one parameter set.
  test.each([
    [21, 36, slh_dsa_sha2_128f, prehash("sha256", "0609608648016503040201")],
    [23, 38, slh_dsa_sha2_192f, prehash("sha512", "0609608648016503040203")],
    [27, 42, slh_dsa_shake_128f, prehash("shake128", "060960864801650304020b", 32)],
  ])("SLH-DSA with the key of arc %i, prehashed, verifies", (arc, hashArc, signer, prehashed) => {
    const { publicKey, secretKey } = slhDsaKey(signer);
    const hashed = algorithm(`${nist}.${hashArc}`);
    const signature = signer.internal.sign(prehashed, secretKey, { extraEntropy: false });
    expect(verdicts(spki(algorithm(`${nist}.${arc}`), publicKey), hashed, signature)).toEqual(valid);
    expect(verdicts(spki(hashed, publicKey), hashed, signature)).toEqual(valid);
  });

  test("a key of the wrong length is not checked", () => {
    const { publicKey } = ml_dsa44.keygen(seed);
    const identifier = algorithm(`${nist}.17`);
    expect(verify(spki(identifier, publicKey.subarray(1)), identifier, new Uint8Array(2420))).toEqual({
      verdict: "not-checked",
      why: "the CA's key has 1311 bytes; a key for id-ml-dsa-44 must have 1312",
    });
  });

  test("a key of another parameter set is invalid", () => {
    const { publicKey } = ml_dsa44.keygen(seed);
    const key = spki(algorithm(`${nist}.17`), publicKey);
    expect(verify(key, algorithm(`${nist}.18`), new Uint8Array(3309)).verdict).toBe("invalid");
  });
});

describe("a signature that crllint cannot verify is not checked", () => {
  test.each([
    ["1.2.643.2.2.3", "crllint cannot verify GOST R 34.10-2001"],
    ["1.2.643.7.1.1.3.2", "crllint cannot verify GOST R 34.10-2012 (256)"],
    ["1.2.840.113549.1.9.16.3.17", "crllint cannot verify id-alg-hss-lms-hashsig"],
    [`${pkix}.34`, "crllint cannot verify id-alg-xmss-hashsig"],
    [`${pkix}.35`, "crllint cannot verify id-alg-xmssmt-hashsig"],
    [`${pkix}.37`, "crllint cannot verify id-MLDSA44-RSA2048-PSS-SHA256"],
    [`${pkix}.54`, "crllint cannot verify id-MLDSA87-ECDSA-P521-SHA512"],
    ["2.16.840.1.114027.80.9.1.17", "crllint cannot verify id-MLDSA87-ECDSA-P521-SHA512 of a draft"],
    ["1.2.840.10045.4.3.9", "signature algorithm 1.2.840.10045.4.3.9 is not known to crllint"],
  ])("algorithm %s", (oid, why) => {
    const key = spki(algorithm(oid), new Uint8Array(64));
    expect(verify(key, algorithm(oid), new Uint8Array(64))).toEqual({ verdict: "not-checked", why });
  });

  test.each([
    ["an algorithm that cannot be read", testKey("p256").spki, der.nul(), "signatureAlgorithm cannot be read"],
    ["a key that cannot be read", der.seq(), algorithm(`${pkcs1}.11`), "the CA's subjectPublicKeyInfo cannot be read"],
    ["an empty key", new Uint8Array(0), algorithm(`${pkcs1}.11`), "the CA's subjectPublicKeyInfo cannot be read"],
    [
      "a key of an unknown algorithm",
      spki(algorithm("1.2.3"), new Uint8Array(5)),
      algorithm(`${pkcs1}.11`),
      "this Node.js cannot read the CA's key for sha256WithRSAEncryption",
    ],
  ])("%s", (_, key, identifier, why) => {
    expect(verify(key, identifier, new Uint8Array(64))).toEqual({ verdict: "not-checked", why });
  });
});

function prehash(hash: string, oid: string, length?: number): Uint8Array {
  return der.concat(Uint8Array.of(1, 0), der.raw(oid), digest(hash, length)(message));
}

/** Returns the key rsa2048 of the kit with its primes. */
function pair2048(): RsaPair {
  const { p = "", q = "" } = rsaKey("rsa2048").privateKey.export({ format: "jwk" });
  const [first, second] = [p, q].map((part) => BigInt(`0x${Buffer.from(part, "base64url").toString("hex")}`));
  return new RsaPair(first ?? 0n, second ?? 0n);
}

describe("a large CRL and a key that did not sign it", () => {
  const large = new Uint8Array(2 ** 20);
  const identifier = algorithm(`${pkcs1}.11`, der.nul());
  const { spki: key } = testKey("rsa2048");
  const signature = signByKit("rsa2048", "sha256WithRSAEncryption", large);

  test("are rejected without hashing the CRL", () => {
    const crypto = process.getBuiltinModule("node:crypto");
    const hashed = vi.spyOn(crypto, "verify");
    expect(verify(testKey("rsa2048b").spki, identifier, signature, large)).toEqual(wrong);
    expect(hashed).not.toHaveBeenCalled();
    hashed.mockRestore();
  });

  test("and the key that signed it: the signature verifies, unless a byte of the CRL is changed", () => {
    expect(verify(key, identifier, signature, large)).toEqual({ verdict: "valid" });
    const changed = large.with(2 ** 19, 1);
    expect(verify(key, identifier, signature, changed)).toEqual(wrong);
  });
});

describe("a signature that was made with another algorithm than is stated", () => {
  const rsa = testKey("rsa2048").spki;
  const [p256Key, p384Key] = [testKey("p256").spki, testKey("p384").spki];
  const sha256 = algorithm(`${pkcs1}.11`, der.nul());
  const [ecdsa256, ecdsa384] = [algorithm("1.2.840.10045.4.3.2"), algorithm("1.2.840.10045.4.3.3")];
  const pss = (hash: PssHash, mask: PssHash, salt: number): Uint8Array => {
    return pair2048().signPss(digest(hash), mgf1(digest(mask)), salt, message);
  };
  const byKit = (key: KeyName, name: AlgorithmName): Uint8Array => signByKit(key, name, message);

  function explain(publicKey: Uint8Array, identifier: Uint8Array, signature: Uint8Array, data = message) {
    return verifier?.explain?.({ publicKey, algorithm: identifier, data, signature });
  }

  test.each<[string, Uint8Array, Uint8Array, Uint8Array, readonly Misstated[], string]>([
    [
      "MGF1 with SHA-1",
      rsa,
      pssIdentifier("sha256", "sha1", 32),
      pss("sha256", "sha256", 32),
      ["maskGenAlgorithm"],
      "MGF1 with sha256; maskGenAlgorithm is MGF1 with sha1",
    ],
    [
      "SHA-384 for all",
      rsa,
      pssIdentifier("sha384", "sha384", 48),
      pss("sha256", "sha256", 32),
      ["hashAlgorithm", "maskGenAlgorithm", "saltLength"],
      "sha256, MGF1 with sha256 and a salt of 32 bytes; hashAlgorithm is sha384, maskGenAlgorithm is MGF1 with sha384, saltLength is 48",
    ],
    [
      "SHA-512, with the salt that was used",
      rsa,
      pssIdentifier("sha512", "sha256", 20),
      pss("sha256", "sha256", 20),
      ["hashAlgorithm"],
      "sha256; hashAlgorithm is sha512",
    ],
    [
      "only defaults",
      rsa,
      algorithm(rsassaPss, der.seq()),
      pss("sha256", "sha256", 32),
      ["hashAlgorithm", "maskGenAlgorithm", "saltLength"],
      "sha256, MGF1 with sha256 and a salt of 32 bytes; hashAlgorithm is sha1 (DEFAULT), maskGenAlgorithm is MGF1 with sha1 (DEFAULT), saltLength is 20 (DEFAULT)",
    ],
    [
      "SHA3-256 with MGF1 with SHA-1",
      rsa,
      pssIdentifier("sha3-256", "sha1", 32),
      pss("sha3-256", "sha3-256", 32),
      ["maskGenAlgorithm"],
      "MGF1 with sha3-256; maskGenAlgorithm is MGF1 with sha1",
    ],
    [
      "RSASSA-PSS instead of PKCS #1 v1.5",
      rsa,
      pssIdentifier("sha256", "sha256", 32),
      byKit("rsa2048", "sha256WithRSAEncryption"),
      ["algorithm"],
      "sha256WithRSAEncryption; signatureAlgorithm is id-RSASSA-PSS",
    ],
    [
      "RSASSA-PSS with SHAKE",
      rsa,
      algorithm(`${pkix}.30`),
      pss("sha256", "sha256", 32),
      ["algorithm"],
      "id-RSASSA-PSS, sha256, MGF1 with sha256 and a salt of 32 bytes; signatureAlgorithm is id-RSASSA-PSS-SHAKE128",
    ],
    [
      "PKCS #1 v1.5 instead of RSASSA-PSS",
      rsa,
      sha256,
      pss("sha384", "sha384", 48),
      ["algorithm"],
      "id-RSASSA-PSS, sha384, MGF1 with sha384 and a salt of 48 bytes; signatureAlgorithm is sha256WithRSAEncryption",
    ],
    [
      "SHA-256 instead of SHA-1",
      rsa,
      sha256,
      byKit("rsa2048", "sha1WithRSAEncryption"),
      ["algorithm"],
      "sha1WithRSAEncryption; signatureAlgorithm is sha256WithRSAEncryption",
    ],
    [
      "SHA-256 instead of SHA3-256",
      rsa,
      sha256,
      byKit("rsa2048", "id-rsassa-pkcs1-v1-5-with-sha3-256"),
      ["algorithm"],
      "id-rsassa-pkcs1-v1-5-with-sha3-256; signatureAlgorithm is sha256WithRSAEncryption",
    ],
    [
      "ECDSA with SHA-384",
      p256Key,
      ecdsa384,
      byKit("p256", "ecdsa-with-SHA256"),
      ["algorithm"],
      "ecdsa-with-SHA256; signatureAlgorithm is ecdsa-with-SHA384",
    ],
    [
      "ECDSA with SHAKE128",
      p384Key,
      algorithm(`${pkix}.32`),
      byKit("p384", "ecdsa-with-SHA1"),
      ["algorithm"],
      "ecdsa-with-SHA1; signatureAlgorithm is id-ecdsa-with-shake128",
    ],
  ])("%s: the algorithm is named", (_, key, identifier, signature, misstated, why) => {
    expect(verify(key, identifier, signature)).toEqual(wrong);
    expect(explain(key, identifier, signature)).toEqual({
      verdict: "invalid",
      why: `the signature was made with ${why}`,
      apartFrom: "algorithm",
      misstated,
    });
    expect(explain(key, identifier, signature, der.ascii("tbsCertLisT"))).toBeUndefined();
    expect(explain(key, identifier, flipLast(signature))).toBeUndefined();
  });

  test.each<[string, Uint8Array, Uint8Array, Uint8Array]>([
    ["RSA and another key", testKey("rsa2048b").spki, sha256, byKit("rsa2048", "sha384WithRSAEncryption")],
    ["RSA and a key of another length", testKey("rsa1024").spki, sha256, byKit("rsa2048", "sha384WithRSAEncryption")],
    ["ECDSA and another key", testKey("p256b").spki, ecdsa384, byKit("p256", "ecdsa-with-SHA256")],
    ["ECDSA and bytes that are not DER", p256Key, ecdsa256, new Uint8Array(64)],
    ["Ed25519", testKey("ed25519").spki, algorithm("1.3.101.112"), new Uint8Array(64)],
    ["parameters that cannot be read", rsa, algorithm(rsassaPss), pss("sha256", "sha256", 32)],
    ["an algorithm of another kind of key", rsa, ecdsa256, byKit("rsa2048", "sha256WithRSAEncryption")],
    ["the stated algorithm", rsa, sha256, byKit("rsa2048", "sha256WithRSAEncryption")],
  ])("%s: nothing is named", (_, key, identifier, signature) => {
    expect(explain(key, identifier, signature)).toBeUndefined();
  });

  test.each<[string, number, Uint8Array, Uint8Array, Uint8Array]>([
    [
      "RSA and another key, not at all",
      0,
      testKey("rsa2048b").spki,
      sha256,
      byKit("rsa2048", "sha384WithRSAEncryption"),
    ],
    ["PKCS #1 v1.5, once", 1, rsa, algorithm(`${pkcs1}.12`, der.nul()), byKit("rsa2048", "sha256WithRSAEncryption")],
    ["ECDSA, once for all hashes", 1, testKey("p256b").spki, ecdsa384, byKit("p256", "ecdsa-with-SHA256")],
  ])("a large CRL is read from its file for %s", (_, times, key, identifier, signature) => {
    const data = new Uint8Array(2 ** 21);
    const part = { start: 100, end: data.length - 100 };
    const read = vi.fn((at: number) => data.slice(at, part.end));
    const load = vi.fn();
    leaveInFile(data, { ...part, read, load });
    expect(explain(key, identifier, signature, data)).toBeUndefined();
    expect(read).toHaveBeenCalledTimes(times);
    expect(load).not.toHaveBeenCalled();
  });
});
