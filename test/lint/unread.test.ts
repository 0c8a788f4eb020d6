import { describe, expect, test } from "vitest";
import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import { lintCase, messagesOf } from "../support/lint-case.ts";

const { der, extension, oids } = kit;

/** Returns the selected rules without findings, by their status and skip reason. */
function rulesWithoutFindings(
  knobs: CrlKnobs,
  ...select: readonly string[]
): Readonly<Record<string, readonly string[]>> {
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

describe("a rule is skipped if an error hides data that it looks at", () => {
  test("the value of an extension is hidden, its critical flag is not", () => {
    expect(rulesWithoutFindings(freshest(der.seq(der.int(1))), "freshest-crl")).toEqual({
      passed: ["freshest-crl/critical"],
      "skipped the value of freshestCRL cannot be read in full": [
        "freshest-crl/empty",
        "freshest-crl/in-delta",
        "freshest-crl/name-relative",
        "freshest-crl/no-dp",
        "freshest-crl/reasons-or-crl-issuer",
      ],
    });
  });

  test("an error that hides nothing does not skip a rule", () => {
    const value = der.seq(der.seq(der.raw("a0 81 15 a0 13 86 11 68 74 74 70 3a 2f 2f 64 2e 65 78 61 6d 70 6c 65 2f")));
    expect(rulesWithoutFindings(freshest(value), "freshest-crl")).toEqual({
      passed: [
        "freshest-crl/critical",
        "freshest-crl/empty",
        "freshest-crl/in-delta",
        "freshest-crl/name-relative",
        "freshest-crl/no-dp",
        "freshest-crl/reasons-or-crl-issuer",
      ],
    });
  });

  test("the text of the issuer is hidden, its bytes are not", () => {
    const subject = kit.name([["CN", "\u{e4}", "utf8"]]).der();
    const issuer = Uint8Array.from(subject, (byte, i) => (i === subject.length - 1 ? 0x22 : byte));
    expect(
      rulesWithoutFindings(
        { issuer },
        "issuer/name-upper-bound",
        "issuer/name-country",
        "sequence/issuer-or-aki-changed",
      ),
    ).toEqual({
      "skipped --previous not given": ["sequence/issuer-or-aki-changed"],
      "skipped issuer cannot be read in full": ["issuer/name-country", "issuer/name-upper-bound"],
    });
  });

  test("an extension of an entry is hidden, serials and dates are not", () => {
    const knobs = entryWith(oids.certificateIssuer, der.seq(der.explicit(4, der.int(1))));
    expect(rulesWithoutFindings(knobs, "entry/serial-too-long", "reason/unspecified", "hold-instruction/none")).toEqual(
      {
        passed: ["entry/serial-too-long"],
        "skipped entries with errors cannot be read in full": ["hold-instruction/none", "reason/unspecified"],
      },
    );
  });

  test("a reasonCode of another type is hidden", () => {
    expect(
      rulesWithoutFindings(entryWith(oids.reasonCode, der.int(1)), "reason/unspecified", "reason/critical"),
    ).toEqual({
      passed: ["reason/critical"],
      "skipped a reasonCode cannot be read": ["reason/unspecified"],
    });
  });

  test("an empty serial is hidden", () => {
    expect(
      rulesWithoutFindings(
        { entries: [{ serial: "" }, { serial: 2 }] },
        "entry/serial-too-long",
        "crl-number/negative",
      ),
    ).toEqual({
      passed: ["crl-number/negative"],
      "skipped entries with errors cannot be read in full": ["entry/serial-too-long"],
    });
  });
});

describe("a previous or base CRL that cannot be read in full", () => {
  const time = der.tlv(0x17, der.ascii("261301000000Z"));
  const lint = (knobs: CrlKnobs, ...select: readonly string[]) => {
    const run = lintCase(kit.crl(knobs), { profile: "rfc5280", select });
    return {
      verdict: run.verdict,
      messages: messagesOf(run, "crllint/malformed-crl"),
      outcomes: run.rules.map(({ rule, status, why }) => `${rule}: ${status}${why === undefined ? "" : `: ${why}`}`),
    };
  };

  test.each([
    ["thisUpdate", { thisUpdate: time }, 'UTCTime "261301000000Z" is not a valid calendar date and time of day'],
    [
      "cRLNumber",
      { crlNumber: der.octetString(der.raw("00")) },
      "CRLNumber must be an INTEGER, found OCTET STRING: 04 01 00",
    ],
  ])("%s of the previous CRL is malformed", (_, knobs, message) => {
    expect(lint({ previous: kit.earlierCrl(knobs) }, "sequence/number-not-increasing")).toEqual({
      verdict: "undecided",
      messages: [`error: the previous CRL given cannot be read in full: ${message}`],
      outcomes: ["sequence/number-not-increasing: skipped: the previous CRL given cannot be read in full"],
    });
  });

  test("the base CRL is truncated", () => {
    const base = kit.earlierCrl();
    const knobs = { extra: [extension.deltaCrlIndicator(4710)], entries: [], base: base.subarray(0, 300) };
    expect(lint(knobs, "delta/idp-differs")).toEqual({
      verdict: "undecided",
      messages: [expect.stringMatching(/^error: the base CRL given cannot be read in full: /u)],
      outcomes: ["delta/idp-differs: skipped: the base CRL given cannot be read in full"],
    });
  });

  test("non-minimal numbers and malformed issuer text hide nothing", () => {
    const subject = kit.name([["CN", "\u{e4}", "utf8"]]).der();
    const issuer = Uint8Array.from(subject, (byte, i) => (i === subject.length - 1 ? 0x22 : byte));
    for (const knobs of [{ crlNumber: der.raw("0203001266") }, { issuer }]) {
      expect(lint({ previous: kit.earlierCrl(knobs) }, "sequence/number-not-increasing").messages).toEqual([]);
    }
  });

  test("an issuer with malformed text passes if it repeats the CA's subject", () => {
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
