import { defineRule } from "../../rule/rule.ts";
import differsFromRevocationDate from "./differs-from-revocation-date.ts";

export default defineRule({
  id: "invalidity-date/after-revocation-date",
  title: "invalidityDate is later than revocationDate",
  looksAt: ["thisUpdate", "entries: invalidityDatesAfterRevocation"],
  requirements: [
    {
      source: "hygiene",
      document: "rfc5280",
      section: "5.3.2",
      severity: "notice",
      quote: "This date may be earlier than the revocation date in the CRL entry",
    },
  ],
  create(ctx) {
    // The CS BR require equal dates, which invalidity-date/differs-from-revocation-date checks.
    if (ctx.hasInForce(differsFromRevocationDate.requirements)) return undefined;
    // invalidity-date/in-future reports a date later than thisUpdate.
    const end = ctx.thisUpdate.seconds;
    const tally = ctx.tally({ what: "with an invalidityDate later than revocationDate" });
    return {
      entry(entry) {
        if (entry.invalidityDate > entry.date && entry.invalidityDate <= end) tally.add(entry);
      },
    };
  },
  why: "A revoked certificate is not valid, so it became invalid at the revocation or earlier. The two dates are probably swapped.",
  fix: "set invalidityDate to the time when the key was compromised or the certificate became invalid, or leave it out",
  examples: () => ({
    bad: [
      {
        title: "one second later",
        make: (kit) =>
          kit.crl({ entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-06-01T12:00:01Z")] }] }),
      },
      {
        title:
          "one second later and at thisUpdate, with entries at the same second, after thisUpdate, and without a date",
        make: (kit) =>
          kit.crl({
            entries: [
              ...["2026-06-01T12:00:00Z", "2026-06-01T12:00:01Z", "2026-11-01T00:00:00Z", "2026-11-01T00:00:01Z"].map(
                (time) => ({ reason: 1, extensions: [kit.extension.invalidityDate(time)] }),
              ),
              { reason: 1 },
            ],
          }),
        also: ["invalidity-date/in-future"],
      },
    ],
    good: [
      {
        title: "the same second",
        make: (kit) =>
          kit.crl({ entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-06-01T12:00:00Z")] }] }),
      },
      {
        title: "one second later, of a code signing CA",
        profile: "cs-br",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "p256", eku: [kit.oids.codeSigning] }),
            entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-06-01T12:00:01Z")] }],
          }),
        also: ["invalidity-date/differs-from-revocation-date"],
      },
    ],
  }),
});
