import { Reason } from "../../crl/reason.ts";
import { entryReason } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

/** 2020-09-30T00:00:00Z in seconds since 1970: earlier certificates that are not subject to the BR may be on hold. */
const banned = 1_601_424_000;

export default defineRule({
  id: "reason/certificate-hold",
  title: "reasonCode is certificateHold, but suspension is not allowed",
  looksAt: [entryReason(Reason.certificateHold)],
  requirements: [
    {
      source: "tls-br",
      section: "7.2.2 CRLReasons",
      severity: "error",
      from: "2020-09-30",
      quote: "MUST NOT be included if the CRL entry is for 1) a Certificate subject to these Requirements",
    },
    {
      source: "tls-br",
      section: "4.9.13",
      severity: "error",
      quote: "The Repository MUST NOT include entries that indicate that a Certificate is suspended.",
    },
    {
      source: "cs-br",
      section: "4.9.13",
      severity: "error",
      from: "2023-09-15",
      quote:
        "Effective 2023-09-15, the Repository MUST NOT include entries that indicate that a Certificate is suspended.",
    },
  ],
  create(ctx) {
    const what = "with reasonCode certificateHold (6)";
    const tally = ctx.tally({ what });
    // The CS BR apply to the entries of the current CRL, whenever the hold began.
    const isExempt = !ctx.requirements.some(({ source }) => source === "cs-br");
    const old = isExempt
      ? ctx.tally({
          what: `${what}, dated before 2020-09-30`,
          atMost: "warning",
          notes: ["severity capped: a certificate from before 2020-09-30 that is not subject to the BR may be on hold"],
        })
      : tally;
    return {
      entry(entry) {
        if (entry.reason === Reason.certificateHold) (entry.date < banned ? old : tally).add(entry);
      },
    };
  },
  why: "A certificate on hold may be released. It is then impossible to tell whether it was valid at a given time. The Web PKI therefore allows only permanent revocation.",
  fix: "revoke the certificate permanently, with the reason that applies",
  examples: () => ({
    bad: [
      { title: "certificateHold", make: (kit) => kit.crl({ entries: [{ reason: 6 }, { reason: 1 }] }) },
      {
        title: "certificateHold dated before 2020-09-30",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "2020-01-01T00:00:00Z" }),
            entries: ["2020-09-29T23:59:59Z", "2020-09-30T00:00:00Z"].map((date) => ({ date, reason: 6 })),
          }),
      },
      {
        title: "certificateHold dated before 2020-09-30 on a code signing certificate",
        profile: "cs-br",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "2020-01-01T00:00:00Z" }),
            entries: [{ date: "2020-09-29T23:59:59Z", reason: 6 }],
          }),
      },
      {
        title: "certificateHold on a code signing certificate",
        profile: "cs-br",
        make: (kit) => kit.crl({ entries: [{ reason: 6 }] }),
      },
    ],
    good: [
      { title: "keyCompromise", make: (kit) => kit.crl({ entries: [{ reason: 1 }] }) },
      {
        title: "certificateHold outside the Web PKI",
        profile: "rfc5280",
        make: (kit) => kit.crl({ entries: [{ reason: 6 }] }),
      },
      {
        title: "certificateHold on a code signing certificate, on the day before it was forbidden",
        profile: "cs-br",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "2020-01-01T00:00:00Z" }),
            thisUpdate: "2023-09-14T23:59:59Z",
            nextUpdate: "2023-09-20T00:00:00Z",
            entries: [{ date: "2023-09-01T00:00:00Z", reason: 6 }],
          }),
      },
    ],
  }),
});
