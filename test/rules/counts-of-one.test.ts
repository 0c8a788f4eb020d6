import { describe, expect, test } from "vitest";
import { type CrlCase, kit } from "../../src/fixture/index.ts";
import type { ProfileId } from "../../src/sources/profiles.ts";
import { lintCase } from "../support/lint-case.ts";

const oneByte = new Uint8Array([5]);
const { der } = kit;
const names = der.explicit(0, der.tlv(0xa0, der.tlv(0x86, der.ascii("http://crl.example.com/1.crl"))));

const cases: readonly (readonly [id: string, text: string, made: CrlCase, profile?: ProfileId])[] = [
  ["signature/malformed-value", "signatureValue has 1 byte;", kit.crl({ signatureValue: oneByte })],
  [
    "signature/eddsa-length",
    "signatureValue has 1 byte;",
    kit.crl({ ca: kit.caWith({ key: "ed25519" }), signatureValue: oneByte }),
  ],
  [
    "signature/ecdsa-not-der",
    "signatureValue of 1 byte is not",
    kit.crl({ ca: kit.caWith({ key: "p256" }), signatureValue: oneByte }),
  ],
  [
    "der/named-bit-list-trailing-zeros",
    "named bit list of 1 bit ends",
    kit.crl({ idp: { value: der.seq(names, der.tlv(0x83, new Uint8Array([7, 0]))) } }),
  ],
  [
    "input/very-large",
    " and 1 entry;",
    kit.crl({
      entries: [{ reason: 1 }],
      extra: [kit.extension.extension("1.3.6.1.4.1.99999.1", der.octetString(new Uint8Array(10_000_000)))],
    }),
    "microsoft",
  ],
];

describe("a count of one has a singular noun", () => {
  test.each(cases.map(([id, text, made, profile = "rfc5280"]) => ({ id, text, made, profile })))(
    "$id: $text",
    ({ id, text, made, profile }) => {
      const run = lintCase(made, { profile, select: [id] });
      expect(run.findings.find(({ rule }) => rule === id)?.message).toContain(text);
    },
  );
});
