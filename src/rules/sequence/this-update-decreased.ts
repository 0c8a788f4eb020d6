import { isoTime } from "../../der/time.ts";
import { compareNumbers, placeIn } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "sequence/this-update-decreased",
  title: "thisUpdate is not later than that of the previous CRL",
  looksAt: ["previousOfSeries", "thisUpdate"],
  requirements: [{ source: "hygiene", section: "", severity: "error" }],
  create(ctx) {
    const { previousOfSeries: previous, thisUpdate, crl } = ctx;
    const before = previous.crl.thisUpdate;
    if (before?.seconds === undefined || thisUpdate.seconds > before.seconds) return;
    const order = compareNumbers(previous, crl);
    const hasHigherNumber = order !== undefined && order < 0;
    // transport/older-than-known reports a fetched CRL whose number is not higher.
    if (ctx.anyTransport !== undefined && !hasHigherNumber && thisUpdate.seconds < before.seconds) return;
    const place = {
      at: thisUpdate,
      path: "tbsCertList.thisUpdate",
      related: placeIn(previous, before, "tbsCertList.thisUpdate"),
    };
    const times = `thisUpdate ${isoTime(thisUpdate.seconds)}`;
    if (thisUpdate.seconds === before.seconds) {
      // Other rules report two CRLs with the same number, and a lower number.
      if (hasHigherNumber)
        ctx.report({ ...place, message: `${times} is the same as in the previous CRL`, atMost: "notice" });
      return;
    }
    const earlier = `${times} is earlier than that of the previous CRL, ${isoTime(before.seconds)}`;
    ctx.report({
      ...place,
      message: hasHigherNumber
        ? `${earlier}, although cRLNumber is higher`
        : `${earlier}: the previous CRL given is the newer one`,
      notes: hasHigherNumber ? [] : ["if the two files were mixed up, give the older one as the previous CRL"],
    });
  },
  why: "Clients and caches keep the CRL with the later thisUpdate. A replacement that looks older never reaches them.",
  fix: "set thisUpdate to the time of issue, later than the previous CRL's thisUpdate",
  examples: () => ({
    bad: [
      {
        title: "number 4712 after 4711, thisUpdate one second earlier",
        make: (kit) =>
          kit.crl({
            crlNumber: 4712,
            previous: kit.earlierCrl({ thisUpdate: "2026-11-01T00:00:01Z", crlNumber: 4711 }),
          }),
      },
      {
        title: "two files mixed up",
        also: ["sequence/number-not-increasing"],
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ thisUpdate: "2026-11-02T00:00:00Z", crlNumber: 4712 }) }),
      },
      {
        title: "new number and the same thisUpdate",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ thisUpdate: "2026-11-01T00:00:00Z" }) }),
      },
    ],
    good: [
      {
        title: "one second later",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ thisUpdate: "2026-10-31T23:59:59Z" }) }),
      },
    ],
  }),
});
