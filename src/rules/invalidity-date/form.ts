import { contents } from "../../der/span.ts";
import { Tag } from "../../der/tag.ts";
import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "invalidity-date/form",
  title: "invalidityDate is a UTCTime",
  looksAt: ["entries: invalidityDatesUtcTime"],
  // The rules of time/ report errors in a GeneralizedTime.
  requirements: [
    {
      source: "rfc5280",
      section: "5.3.2",
      severity: "error",
      quote: "The GeneralizedTime values included in this field MUST be expressed in Greenwich Mean Time (Zulu)",
    },
  ],
  create(ctx) {
    const tally = ctx.tally({
      what: "with an invalidityDate that is a UTCTime; it must be a GeneralizedTime in every year",
    });
    return {
      entry(entry) {
        const value = entry.extensions().find(({ oid }) => oid === Oid.invalidityDate)?.value;
        if (value !== undefined && contents(ctx.bytes, value)[0] === Tag.utcTime) tally.add(entry);
      },
    };
  },
  why: "Unlike the other times of a CRL, invalidityDate must be a GeneralizedTime in every year. Parsers reject a UTCTime here.",
  fix: "write invalidityDate as a GeneralizedTime, YYYYMMDDHHMMSSZ, also before 2050",
  examples: () => ({
    bad: [
      {
        title: "UTCTime",
        make: (kit) =>
          kit.crl({
            entries: [
              {
                reason: 1,
                extensions: [kit.extension.extension(kit.oids.invalidityDate, kit.der.utcTime("260501000000Z"))],
              },
            ],
          }),
      },
      {
        title: "UTCTime, with entries that have a GeneralizedTime, an empty extnValue, and no invalidityDate",
        make: (kit) => {
          const values = [
            kit.der.utcTime("260501000000Z"),
            kit.der.generalizedTime("20260501000000Z"),
            kit.der.raw(""),
          ];
          return kit.crl({
            entries: [
              ...values.map((value) => ({ extensions: [kit.extension.extension(kit.oids.invalidityDate, value)] })),
              { reason: 1 },
              {},
            ],
          });
        },
        also: ["structure/extension"],
      },
    ],
    good: [
      {
        title: "GeneralizedTime before 2050",
        make: (kit) =>
          kit.crl({
            entries: [
              {
                reason: 1,
                extensions: [
                  kit.extension.extension(kit.oids.invalidityDate, kit.der.generalizedTime("20260501000000Z")),
                ],
              },
            ],
          }),
      },
    ],
  }),
});
