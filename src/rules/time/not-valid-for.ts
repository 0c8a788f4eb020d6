import { isoTime } from "../../der/time.ts";
import { formatDuration } from "../../rule/format-duration.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "time/not-valid-for",
  title: "CRL will not be valid for as long as --valid-for requires",
  looksAt: ["tbsCertList", "now", "minimumValidity"],
  requirements: [{ source: "hygiene", section: "", severity: "error" }],
  create(ctx) {
    const { crl, minimumValidity } = ctx;
    const { nextUpdate } = crl;
    const now = Math.floor(ctx.now);
    const required = `the CRL must be valid for at least ${formatDuration(minimumValidity)} (--valid-for)`;
    if (nextUpdate?.seconds === undefined) {
      ctx.report({
        at: nextUpdate ?? crl.thisUpdate ?? ctx.tbsCertList,
        path: nextUpdate === undefined ? "tbsCertList" : "tbsCertList.nextUpdate",
        message: `no nextUpdate can be read; ${required}`,
      });
      return;
    }
    const left = nextUpdate.seconds - now;
    if (left >= minimumValidity) return;
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate ${isoTime(nextUpdate.seconds)} is ${formatDuration(Math.abs(left))} ${left < 0 ? "earlier" : "later"} than ${isoTime(now)}; ${required}`,
    });
  },
  why: "If the next CRL is late, clients have no valid CRL after nextUpdate. A check that runs some time earlier leaves the CA time to publish the next CRL.",
  fix: "publish the next CRL",
  examples: () => ({
    bad: [
      {
        title: "valid for 24 hours less one second",
        make: (kit) => kit.crl({ now: "2026-11-07T00:00:00Z", options: { validFor: "24h" } }),
      },
      {
        title: "expired one second ago",
        make: (kit) => kit.crl({ now: "2026-11-08T00:00:00Z", options: { validFor: "1s" } }),
        also: ["time/expired"],
      },
      {
        title: "no nextUpdate",
        make: (kit) => kit.crl({ nextUpdate: null, now: "2026-11-01T00:00:00Z", options: { validFor: "P7D" } }),
        also: ["time/next-update-missing"],
      },
    ],
    good: [
      {
        title: "valid for 24 hours",
        make: (kit) => kit.crl({ now: "2026-11-06T23:59:59Z", options: { validFor: "24h" } }),
      },
      {
        title: "valid for 7 days less one second after its thisUpdate",
        make: (kit) => kit.crl({ options: { now: "thisUpdate", validFor: "P6DT23H59M59S" } }),
      },
    ],
  }),
});
