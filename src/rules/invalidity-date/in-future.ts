import { Oid } from "../../extension/oids.ts";
import { isoTime } from "../../der/time.ts";
import { defineRule } from "../../lint/rule.ts";

export default defineRule({
  id: "invalidity-date/in-future",
  title: "invalidityDate is later than thisUpdate",
  needs: ["revokedCertificates", "thisUpdate"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  why: "It says since when the key is bad; a CRL cannot know that of a time behind its own.",
  fix: "set invalidityDate to the time at which the key went bad, or leave it out",
  examples: {
    bad: [
      {
        title: "one second later",
        make: (kit) =>
          kit.crl({ entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-11-01T00:00:01Z")] }] }),
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
  },
  when: ({ entries }) => entries.extensions.has(Oid.invalidityDate),
  create(ctx) {
    const thisUpdate = ctx.thisUpdate.seconds;
    const { latestInvalidityDate } = ctx.entries;
    if (!(latestInvalidityDate > thisUpdate)) return undefined;
    const tally = ctx.tally({
      what: `with an invalidityDate later than thisUpdate ${isoTime(thisUpdate)}, up to ${isoTime(latestInvalidityDate)}`,
    });
    return {
      entry(entry) {
        if (entry.invalidityDate > thisUpdate) tally.add(entry);
      },
    };
  },
});
