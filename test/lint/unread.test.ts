import { describe, expect, test } from "vitest";
import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import { lintCase, said } from "../support/lint-case.ts";

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

describe("a CRL to compare with that cannot be read in full", () => {
  const time = der.tlv(0x17, der.ascii("261301000000Z"));
  const judged = (knobs: CrlKnobs, ...select: readonly string[]) => {
    const run = lintCase(kit.crl(knobs), { profile: "rfc5280", select });
    return {
      verdict: run.verdict,
      said: said(run, "crllint/malformed-crl"),
      outcomes: run.rules.map(({ rule, status, why }) => `${rule}: ${status}${why === undefined ? "" : `: ${why}`}`),
    };
  };

  test.each([
    ["thisUpdate", { thisUpdate: time }, 'UTCTime "261301000000Z" is not a date and time of the calendar'],
    [
      "cRLNumber",
      { crlNumber: der.octetString(der.raw("00")) },
      "CRLNumber must be an INTEGER, found OCTET STRING: 04 01 00",
    ],
  ])("%s of the previous one", (_, knobs, message) => {
    expect(judged({ previous: kit.earlierCrl(knobs) }, "sequence/number-not-increasing")).toEqual({
      verdict: "undecided",
      said: [`error: the previous CRL given cannot be read in full: ${message}`],
      outcomes: ["sequence/number-not-increasing: skipped: the previous CRL given cannot be read in full"],
    });
  });

  test("the end of the base", () => {
    const base = kit.earlierCrl();
    const knobs = { extra: [extension.deltaCrlIndicator(4710)], entries: [], base: base.subarray(0, 300) };
    expect(judged(knobs, "delta/idp-differs")).toEqual({
      verdict: "undecided",
      said: [expect.stringMatching(/^error: the base CRL given cannot be read in full: /u)],
      outcomes: ["delta/idp-differs: skipped: the base CRL given cannot be read in full"],
    });
  });

  test("errors of form, and text of the issuer, hide nothing", () => {
    const subject = kit.name([["CN", "\u{e4}", "utf8"]]).der();
    const issuer = Uint8Array.from(subject, (byte, i) => (i === subject.length - 1 ? 0x22 : byte));
    for (const knobs of [{ crlNumber: der.raw("0203001266") }, { issuer }]) {
      expect(judged({ previous: kit.earlierCrl(knobs) }, "sequence/number-not-increasing").said).toEqual([]);
    }
  });

  test("an issuer with malformed text that repeats the CA's subject has passed", () => {
    const subject = kit.name([["CN", "\u{e4}", "utf8"]]).der();
    const malformed = Uint8Array.from(subject, (byte, i) => (i === subject.length - 1 ? 0x22 : byte));
    const patch = (certificate: Uint8Array): Uint8Array => {
      const at = Buffer.from(certificate).indexOf(subject);
      return Uint8Array.from(certificate, (byte, i) => malformed[i - at] ?? byte);
    };
    const ca = kit.caWith({ subject: kit.name([["CN", "\u{e4}", "utf8"]]), tbs: patch });
    const run = lintCase(kit.crl({ ca, issuer: malformed }), { profile: "rfc5280", select: ["issuer"] });
    expect(run.verdict).toBe("pass");
    expect(run.rules.filter(({ status }) => status === "skipped")).toEqual([]);
  });
});
