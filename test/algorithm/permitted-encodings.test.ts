import { describe, expect, test } from "vitest";
import { findParameterFaults, type Identifier, signatureHash } from "../../src/algorithm/parameter-faults.ts";
import { findPermittedEncoding, permittedEncodings } from "../../src/algorithm/permitted-encodings.ts";
import { Cursor, newSource } from "../../src/der/cursor.ts";
import { readOid } from "../../src/der/oid.ts";
import { Tag } from "../../src/der/tag.ts";
import { kit } from "../../src/fixture/index.ts";

interface Read {
  readonly bytes: Uint8Array;
  readonly identifier: Identifier;
  readonly errors: number;
}

function read(bytes: Uint8Array): Read {
  const source = newSource(bytes);
  const outer = new Cursor(source, { start: 0, end: bytes.length }, "").take(Tag.sequence, "");
  if (outer === undefined) throw new Error("no SEQUENCE");
  const cursor = Cursor.inside(source, outer, "");
  const id = cursor.take(Tag.oid, "");
  const oid = id && readOid(source, id, "");
  const identifier = { start: outer.start, end: outer.end, oid, parameters: cursor.read("") };
  cursor.expectEnd();
  return { bytes, identifier, errors: source.faults.count + (outer.end === bytes.length ? 0 : 1) };
}

describe("the table of TLS BR 7.1.3.2, S/MIME BR 7.1.3.2 and MRSP 5.1", () => {
  test.each(permittedEncodings.map((row) => [row.hex, row] as const))(
    "%s is recognized as its algorithm, without an error",
    (hex, row) => {
      const { bytes, identifier, errors } = read(kit.der.raw(hex));
      expect(errors).toBe(0);
      expect(identifier.oid).toBe(row.oid);
      expect(findParameterFaults(bytes, identifier)).toEqual([]);
      const hash = signatureHash(bytes, identifier);
      expect(row.hash ?? hash).toBe(hash);
      for (const source of row.sources) expect(findPermittedEncoding(source, row.oid, hash)).toBe(row);
    },
  );

  test.each([
    "sha256WithRSAEncryption",
    "sha384WithRSAEncryption",
    "sha512WithRSAEncryption",
    "rsassa-pss-sha256",
    "rsassa-pss-sha384",
    "rsassa-pss-sha512",
    "ecdsa-with-SHA256",
    "ecdsa-with-SHA384",
    "ecdsa-with-SHA512",
  ] as const)("has the kit's encoding of %s, for the TLS BR and for Mozilla", (name) => {
    const bytes = kit.algorithm(name);
    const { identifier } = read(bytes);
    for (const source of ["tls-br", "mozilla"] as const) {
      const row = findPermittedEncoding(source, identifier.oid ?? "", signatureHash(bytes, identifier));
      expect(row && kit.der.raw(row.hex)).toEqual(bytes);
    }
  });

  test.each(["sha1WithRSAEncryption", "md5WithRSAEncryption", "ecdsa-with-SHA1"] as const)(
    "does not have %s",
    (name) => {
      const bytes = kit.algorithm(name);
      const { identifier } = read(bytes);
      for (const source of ["tls-br", "mozilla", "smime-br"] as const) {
        expect(findPermittedEncoding(source, identifier.oid ?? "", signatureHash(bytes, identifier))).toBeUndefined();
      }
    },
  );

  test("has EdDSA and ML-DSA only for S/MIME", () => {
    for (const oid of ["1.3.101.112", "1.3.101.113", "2.16.840.1.101.3.4.3.18"]) {
      expect(findPermittedEncoding("smime-br", oid, undefined)?.oid).toBe(oid);
      expect(findPermittedEncoding("tls-br", oid, undefined)).toBeUndefined();
      expect(findPermittedEncoding("mozilla", oid, undefined)).toBeUndefined();
    }
  });
});

describe("errors in parameters", () => {
  test("RSASSA-PSS-params with any byte changed are never a permitted encoding", () => {
    const valid = kit.algorithm("rsassa-pss-sha256");
    // After the outer header and the OID: the contents of the parameters.
    for (let at = 13; at < valid.length; at += 1) {
      const bytes = valid.map((byte, i) => (i === at ? byte ^ 0x01 : byte));
      const { identifier, errors } = read(bytes);
      const listed = findPermittedEncoding("tls-br", identifier.oid ?? "", signatureHash(bytes, identifier));
      const found = findParameterFaults(bytes, identifier);
      expect(listed === undefined || found.length > 0 || errors > 0, `byte ${at}`).toBe(true);
    }
  });
});
