import { describe, expect, test } from "vitest";
import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import { lintCase } from "../support/lint-case.ts";

const { der, extension, oids } = kit;

/** The rules of some parts that found nothing, by what the report says of them. */
function silent(knobs: CrlKnobs, ...select: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const outcomes: Record<string, string[]> = {};
  for (const { rule, status, why = "" } of lintCase(kit.crl(knobs), { profile: "rfc5280", select }).rules) {
    if (status === "passed" || status === "skipped") (outcomes[`${status} ${why}`.trim()] ??= []).push(rule);
  }
  return outcomes;
}

const freshest = (value: Uint8Array): CrlKnobs => ({ extra: [extension.extension(oids.freshestCrl, value)] });

const entryWith = (oid: string, value: Uint8Array): CrlKnobs => ({
  entries: [{ serial: 1, extensions: [extension.extension(oid, value)] }, { serial: 2 }],
});

describe("a rule that looks at what an error hides has not passed", () => {
  test("the value of an extension; whether it is critical is known", () => {
    expect(silent(freshest(der.seq(der.int(1))), "freshest-crl")).toEqual({
      passed: ["freshest-crl/critical"],
      "skipped the value of freshestCRL cannot be read in full": [
        "freshest-crl/empty",
        "freshest-crl/in-delta",
        "freshest-crl/no-dp",
        "freshest-crl/reasons-or-crl-issuer",
      ],
    });
  });

  test("an error that hides nothing leaves it passed", () => {
    const value = der.seq(der.seq(der.raw("a0 81 15 a0 13 86 11 68 74 74 70 3a 2f 2f 64 2e 65 78 61 6d 70 6c 65 2f")));
    expect(silent(freshest(value), "freshest-crl")).toEqual({
      passed: [
        "freshest-crl/critical",
        "freshest-crl/empty",
        "freshest-crl/in-delta",
        "freshest-crl/no-dp",
        "freshest-crl/reasons-or-crl-issuer",
      ],
    });
  });

  test("text of the issuer; its bytes are compared", () => {
    const subject = kit.name([["CN", "\u{e4}", "utf8"]]).der();
    const issuer = Uint8Array.from(subject, (byte, i) => (i === subject.length - 1 ? 0x22 : byte));
    expect(
      silent({ issuer }, "issuer/name-upper-bound", "issuer/name-country", "sequence/issuer-or-aki-changed"),
    ).toEqual({
      "skipped --previous not given": ["sequence/issuer-or-aki-changed"],
      "skipped issuer cannot be read in full": ["issuer/name-country", "issuer/name-upper-bound"],
    });
  });

  test("an extension of an entry; serials and dates are known", () => {
    const knobs = entryWith(oids.certificateIssuer, der.seq(der.explicit(4, der.int(1))));
    expect(silent(knobs, "entry/serial-too-long", "reason/unspecified", "hold-instruction/none")).toEqual({
      passed: ["entry/serial-too-long"],
      "skipped entries with errors cannot be read in full": ["hold-instruction/none", "reason/unspecified"],
    });
  });

  test("a reason of another type", () => {
    expect(silent(entryWith(oids.reasonCode, der.int(1)), "reason/unspecified", "reason/critical")).toEqual({
      passed: ["reason/critical"],
      "skipped a reasonCode cannot be read": ["reason/unspecified"],
    });
  });

  test("a serial", () => {
    expect(
      silent({ entries: [{ serial: "" }, { serial: 2 }] }, "entry/serial-too-long", "crl-number/negative"),
    ).toEqual({
      passed: ["crl-number/negative"],
      "skipped entries with errors cannot be read in full": ["entry/serial-too-long"],
    });
  });
});
