import { describe, expect, test } from "vitest";
import { missingBytes } from "../../src/input/shape.ts";
import { crl } from "./tlv.ts";

describe("missingBytes", () => {
  test("is undefined for a complete object, also with bytes after it", () => {
    expect(missingBytes(crl)).toBeUndefined();
    expect(missingBytes(Uint8Array.of(...crl, 0x0a))).toBeUndefined();
  });

  test("returns the length of an object that is truncated after its length, and of the part that is present", () => {
    for (let present = 4; present < crl.length; present += 1) {
      expect(missingBytes(crl.subarray(0, present))).toEqual({ length: crl.length, present });
    }
  });

  test("is undefined if the length itself is truncated or not given", () => {
    for (const bytes of [[], [0x30], [0x30, 0x82], [0x30, 0x82, 0x01], [0x30, 0x80, 0x02]]) {
      expect(missingBytes(Uint8Array.from(bytes))).toBeUndefined();
    }
  });

  test("returns a length of 8 bytes as a large number, not as a negative one", () => {
    const bytes = Uint8Array.of(0x30, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02);
    expect(missingBytes(bytes)).toEqual({ length: 10 + 2 ** 48, present: 11 });
  });
});
