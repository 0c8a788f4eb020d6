import { isoTime } from "../../der/time.ts";
import { coversSubscribers, scopeNote } from "../../checks/coverage.ts";
import { formatCount } from "../../rule/format-count.ts";
import { defineRule } from "../../rule/rule.ts";

/** The longest terms in any version of the policies: 180 hours for an online CA, 35 days for an offline one. */
const online = { seconds: 180 * 3600, text: "180 hours" };
const offline = { seconds: 35 * 86_400, text: "35 days" };

export default defineRule({
  id: "time/fpki-next-update-limit",
  title: "CRL is valid for longer than any policy of the US Federal PKI allows",
  looksAt: ["thisUpdate", "nextUpdate"],
  requirements: [{ source: "fpki", document: "fpki-common", section: "4.9.7", severity: "warning" }],
  create(ctx) {
    const { thisUpdate, nextUpdate } = ctx;
    const limit = coversSubscribers(ctx.scope) ? online : offline;
    const term = nextUpdate.seconds - thisUpdate.seconds;
    if (term <= limit.seconds) return;
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate ${isoTime(nextUpdate.seconds)} is ${formatCount(term)} s after thisUpdate; the maximum is ${formatCount(limit.seconds)} s (${limit.text})`,
      notes: [
        scopeNote(ctx.scope),
        "the maximum is the longest term in any known policy of the Federal PKI; that of the CA's own policy may be shorter",
      ],
    });
  },
  why: "Relying parties of the Federal PKI depend on recent CRLs. Until nextUpdate, a client may keep using the CRL that it has.",
  fix: "set nextUpdate to at most 48 hours (online CA) or 35 days (offline CA) after thisUpdate, as the CA's policy requires",
  examples: () => ({
    bad: [
      {
        title: "online CA, 180 hours and one second",
        make: (kit) => kit.crl({ nextUpdate: "2026-11-08T12:00:01Z" }),
      },
      {
        title: "offline root, 35 days and one second",
        make: (kit) => kit.crl({ ca: kit.root, entries: [], nextUpdate: "2026-12-06T00:00:01Z" }),
      },
    ],
    good: [
      { title: "online CA, 180 hours", make: (kit) => kit.crl({ nextUpdate: "2026-11-08T12:00:00Z" }) },
      {
        title: "offline root, 35 days",
        make: (kit) => kit.crl({ ca: kit.root, entries: [], nextUpdate: "2026-12-06T00:00:00Z" }),
      },
    ],
  }),
});
