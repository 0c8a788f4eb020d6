import { isoTime } from "../../der/time.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import { coversSubscribers, scopeNote } from "../../checks/coverage.ts";
import { isFpkiFinal, mayBeFpkiFinal } from "../../checks/fpki-final.ts";
import { fpkiLimit } from "../../checks/validity-limits.ts";
import { formatDuration } from "../../rule/format-duration.ts";
import { defineRule } from "../../rule/rule.ts";

/** The maximum terms in the table of 4.9.7: 180 hours for an online CA, 37 days for an offline one. */
const online = { seconds: 180 * 3600, text: "180 hours" };
const offline = { seconds: 37 * 86_400, text: "37 days" };

export default defineRule({
  id: "time/fpki-next-update-limit",
  title: "CRL is valid for longer than the Common Policy of the US Federal PKI allows",
  looksAt: ["thisUpdate", "nextUpdate"],
  requirements: [fpkiLimit],
  create(ctx) {
    const { thisUpdate, nextUpdate } = ctx;
    const limit = coversSubscribers(ctx.scope) ? online : offline;
    const term = nextUpdate.seconds - thisUpdate.seconds;
    if (term <= limit.seconds || isFpkiFinal(ctx.crl, ctx)) return;
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate ${isoTime(nextUpdate.seconds)} is ${formatDuration(term)} after thisUpdate; the maximum is ${formatDuration(limit.seconds)}`,
      notes: [
        scopeNote(ctx.scope),
        ...(mayBeFpkiFinal(ctx.crl, ctx)
          ? ["only the final CRL of a CA (5.6, 5.8) may be valid for longer; without the certificates this is unknown"]
          : []),
        ...(limit === online
          ? ["the maximum for a Shared Service Provider CA is 48 hours; the CRL does not show whether its CA is one"]
          : ["the term of a CRL made in advance counts from its planned publication, which the CRL does not show"]),
      ],
    });
  },
  why: "Relying parties of the Federal PKI depend on recent CRLs. Until nextUpdate, a client may keep using the CRL that it has.",
  fix: "set nextUpdate to at most 180 hours (online CA), 48 hours (Shared Service Provider CA) or 37 days (offline CA) after thisUpdate",
  examples: () => ({
    bad: [
      {
        title: "online CA, 180 hours and one second",
        make: (kit) => kit.crl({ nextUpdate: "2026-11-08T12:00:01Z" }),
      },
      {
        title: "offline root, 37 days and one second",
        make: (kit) => kit.crl({ ca: kit.root, entries: [], nextUpdate: "2026-12-08T00:00:01Z" }),
      },
      {
        title: "CRL that expires one second before the last certificate, which is revoked",
        make: (kit) => ofFinal(kit, "2027-12-31T00:00:01Z"),
      },
      {
        title: "CRL that is valid for longer than a certificate that is not revoked",
        make: (kit) =>
          kit.crl({
            nextUpdate: "2027-12-31T00:00:00Z",
            certificates: [kit.certificate({ notAfter: "2027-12-30T00:00:00Z" })],
          }),
      },
    ],
    good: [
      { title: "online CA, 180 hours", make: (kit) => kit.crl({ nextUpdate: "2026-11-08T12:00:00Z" }) },
      {
        title: "offline root, 37 days",
        make: (kit) => kit.crl({ ca: kit.root, entries: [], nextUpdate: "2026-12-08T00:00:00Z" }),
      },
      {
        title: "final CRL of a CA, valid until its certificate expires",
        make: (kit) =>
          kit.crl({ ca: kit.caWith({ notAfter: "2027-06-01T00:00:00Z" }), nextUpdate: "2027-06-01T00:00:00Z" }),
      },
      {
        title: "final CRL, valid until the last certificate, which is revoked, expires",
        make: (kit) => ofFinal(kit, "2027-12-31T00:00:00Z"),
      },
      {
        title: "38 days, on the day before Common Policy 2.0 took effect",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ parent: "self", notBefore: "2015-01-01T00:00:00Z" }),
            entries: [],
            thisUpdate: "2021-08-31T23:59:59Z",
            nextUpdate: "2021-10-08T23:59:59Z",
          }),
      },
    ],
  }),
});

/** Returns a CRL that lists all of its CA's certificates and is valid through 2027. */
function ofFinal(kit: Kit, lastNotAfter: string): CrlCase {
  return kit.crl({
    nextUpdate: "2027-12-31T00:00:00Z",
    entries: [{ serial: 77, reason: 1 }],
    certificates: [
      kit.certificate({ serial: 77, notAfter: lastNotAfter }),
      kit.certificate({ serial: 78, notAfter: "2026-10-01T00:00:00Z" }),
    ],
  });
}
