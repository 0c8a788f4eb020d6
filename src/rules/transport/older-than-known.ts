import { isoTime } from "../../der/time.ts";
import { compareNumbers, placeIn } from "../../checks/predecessor.ts";
import { showUrl } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "transport/older-than-known",
  title: "URL returns an older CRL than the one that is known",
  looksAt: ["transport", "previousOfSeries", "thisUpdate"],
  requirements: [{ source: "hygiene", section: "", severity: "error" }],
  create(ctx) {
    const { previousOfSeries: known, thisUpdate, crl, transport } = ctx;
    const before = known.crl.thisUpdate;
    if (before?.seconds === undefined || thisUpdate.seconds >= before.seconds) return;
    // sequence/this-update-decreased reports a CRL with a higher number.
    const order = compareNumbers(known, crl);
    if (order !== undefined && order < 0) return;
    ctx.report({
      at: thisUpdate,
      path: "tbsCertList.thisUpdate",
      message: `${showUrl(transport.url)} returns a CRL with thisUpdate ${isoTime(thisUpdate.seconds)}; one with thisUpdate ${isoTime(before.seconds)} is known`,
      related: placeIn(known, before, "tbsCertList.thisUpdate"),
      notes: ["several servers or caches behind one name may differ for some minutes when a CRL is published"],
    });
  },
  why: "A server or cache that returns to an old CRL withdraws the revocations made since then, for every client that fetches from it.",
  fix: "let all servers and caches of the URL return the newest CRL, and never an older one than before",
  examples: () => ({
    bad: [
      {
        title: "yesterday's CRL again",
        make: (kit) => ({
          ...kit.crl({ options: { transport: kit.transport() } }),
          crl: kit.earlierCrl(),
          previous: kit.crl().crl,
        }),
      },
      {
        title: "one second earlier, with the same number",
        make: (kit) =>
          kit.crl({
            previous: kit.earlierCrl({ thisUpdate: "2026-11-01T00:00:01Z", crlNumber: 4711 }),
            options: { transport: kit.transport() },
          }),
      },
    ],
    good: [
      {
        title: "another CRL of the same second",
        make: (kit) =>
          kit.crl({
            previous: kit.earlierCrl({ thisUpdate: "2026-11-01T00:00:00Z", crlNumber: 4712 }),
            options: { transport: kit.transport() },
          }),
        also: ["sequence/number-not-increasing"],
      },
      {
        title: "one second earlier, with a higher number",
        make: (kit) =>
          kit.crl({
            previous: kit.earlierCrl({ thisUpdate: "2026-11-01T00:00:01Z" }),
            options: { transport: kit.transport() },
          }),
        also: ["sequence/this-update-decreased"],
      },
      {
        title: "after a CRL with a thisUpdate that is not a valid time",
        make: (kit) =>
          kit.crl({
            previous: kit.earlierCrl({ thisUpdate: kit.der.utcTime("261301000000Z"), crlNumber: 4712 }),
            options: { transport: kit.transport() },
          }),
        also: ["sequence/number-not-increasing"],
      },
      {
        title: "today's CRL after yesterday's",
        make: (kit) => kit.crl({ previous: kit.earlierCrl(), options: { transport: kit.transport() } }),
      },
    ],
  }),
});
