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
    const hasGrown = order !== undefined && order < 0;
    // Of a CRL that was fetched and has not grown, transport/older-than-known says so.
    if (ctx.anyTransport !== undefined && !hasGrown && thisUpdate.seconds < before.seconds) return;
    const place = {
      at: thisUpdate,
      path: "tbsCertList.thisUpdate",
      related: placeIn(previous, before, "tbsCertList.thisUpdate"),
    };
    const times = `thisUpdate ${isoTime(thisUpdate.seconds)}`;
    if (thisUpdate.seconds === before.seconds) {
      // With the same number they claim to be one CRL, with a lower one the number is at fault: rules of their own.
      if (hasGrown) ctx.report({ ...place, message: `${times} is that of the previous CRL`, atMost: "notice" });
      return;
    }
    const earlier = `${times} is earlier than that of the previous CRL, ${isoTime(before.seconds)}`;
    ctx.report({
      ...place,
      message: hasGrown ? `${earlier}, although cRLNumber grew` : `${earlier}: the previous CRL given is the newer one`,
      notes: hasGrown
        ? ["nothing else was compared"]
        : ["if the two files were mixed up, give the older one as the previous CRL; nothing else was compared"],
    });
  },
  why: "Clients and caches keep the CRL with the later thisUpdate. A CRL that is to replace another one and looks older never reaches them.",
  fix: "set thisUpdate to the time of issue, behind that of the previous CRL",
  examples: () => ({
    bad: [
      {
        title: "number 4712 after 4711, thisUpdate a second earlier",
        make: (kit) =>
          kit.crl({
            crlNumber: 4712,
            previous: kit.earlierCrl({ thisUpdate: "2026-11-01T00:00:01Z", crlNumber: 4711 }),
          }),
      },
      {
        title: "the two files mixed up",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ thisUpdate: "2026-11-02T00:00:00Z", crlNumber: 4712 }) }),
      },
      {
        title: "a new number, and the same thisUpdate",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ thisUpdate: "2026-11-01T00:00:00Z" }) }),
      },
    ],
    good: [
      {
        title: "a second later",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ thisUpdate: "2026-10-31T23:59:59Z" }) }),
      },
    ],
  }),
});
