import { Oid } from "../../extension/oids.ts";
import { isoTime } from "../../der/time.ts";
import { entryExtension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "invalidity-date/in-future",
  title: "invalidityDate is later than thisUpdate",
  looksAt: ["thisUpdate", entryExtension(Oid.invalidityDate)],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const thisUpdate = ctx.thisUpdate.seconds;
    const { latestInvalidityDate } = ctx.entries;
    if (latestInvalidityDate <= thisUpdate) return undefined;
    const tally = ctx.tally({
      what: () =>
        `with an invalidityDate later than thisUpdate ${isoTime(thisUpdate)}; the latest is ${isoTime(latestInvalidityDate)}`,
    });
    return {
      entry(entry) {
        if (entry.invalidityDate > thisUpdate) tally.add(entry);
      },
    };
  },
  why: "invalidityDate states when the key was compromised or the certificate became invalid. A CRL cannot know this of a time later than its own thisUpdate.",
  fix: "set invalidityDate to the time when the key was compromised or the certificate became invalid, or leave it out",
  examples: () => ({
    bad: [
      {
        title: "one second later",
        make: (kit) =>
          kit.crl({ entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-11-01T00:00:01Z")] }] }),
      },
      {
        title: "one second and one year later, with entries at the same second and without a date",
        make: (kit) =>
          kit.crl({
            entries: [
              ...["2026-11-01T00:00:00Z", "2026-11-01T00:00:01Z", "2027-11-01T00:00:00Z"].map((time) => ({
                date: "2026-11-01T00:00:00Z",
                reason: 1,
                extensions: [kit.extension.invalidityDate(time)],
              })),
              { reason: 1 },
            ],
          }),
      },
    ],
    good: [
      {
        title: "the same second, which is also the revocationDate",
        make: (kit) =>
          kit.crl({
            entries: [
              {
                date: "2026-11-01T00:00:00Z",
                reason: 1,
                extensions: [kit.extension.invalidityDate("2026-11-01T00:00:00Z")],
              },
            ],
          }),
      },
    ],
  }),
});
