import { expect, test } from "vitest";
import { encodePem } from "../../src/pem/encode.ts";

test("encodePem writes lines of 64 characters that end in LF (RFC 7468 section 3)", () => {
  expect(encodePem("X509 CRL", new Uint8Array(50).fill(0xff))).toBe(
    `-----BEGIN X509 CRL-----\n${"/".repeat(64)}\n//8=\n-----END X509 CRL-----\n`,
  );
  expect(encodePem("X", new Uint8Array(48))).toBe(`-----BEGIN X-----\n${"A".repeat(64)}\n-----END X-----\n`);
  expect(encodePem("X", new Uint8Array(0))).toBe("-----BEGIN X-----\n-----END X-----\n");
});
