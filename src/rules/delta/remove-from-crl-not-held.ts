import { Reason } from "../../crl/reason.ts";
import { isReferenced } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "delta/remove-from-crl-not-held",
  title: "removeFromCRL is for a certificate that was not on hold in the base CRL",
  looksAt: ["combinableBase", "thisUpdate"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.3.1, 5.2.4",
      severity: "warning",
      quote: "because either the certificate expired or was removed from hold",
    },
  ],
  create(ctx) {
    const { combinableBase: base, thisUpdate, anyCertificates } = ctx;
    if (!ctx.entries.reasons.has(Reason.removeFromCRL) || !isReferenced(base, ctx.crl)) return;
    const what = "with removeFromCRL for a certificate that the base CRL revokes permanently";
    const valid = ctx.tally({
      what: "with removeFromCRL for an unexpired certificate that the base CRL revokes permanently",
    });
    const unknown = ctx.tally({
      what,
      atMost: "notice",
      notes: ["severity capped: the certificates may have expired; they were not given"],
    });
    const { changed } = base.changes;
    const before = base.crl.entries.openWindow();
    const now = ctx.entries.openWindow();
    for (let i = 0; i < changed.length; i += 2) {
      const entry = now(changed[i + 1] as number);
      if (entry.reason !== Reason.removeFromCRL) continue;
      if (before(changed[i] as number).reason === Reason.certificateHold) continue;
      const notAfter = anyCertificates?.ofEntry(entry.index)?.certificate.notAfter.seconds;
      if (notAfter === undefined) unknown.add(entry);
      else if (thisUpdate.seconds <= notAfter) valid.add(entry);
    }
  },
  why: "Every client that uses delta CRLs accepts the permanently revoked certificate again.",
  fix: "leave out removeFromCRL until the certificate has expired",
  examples: () => ({
    bad: [
      {
        title: "keyCompromise in the base CRL, and the certificate is valid",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1002, reason: 8 }],
            extra: [kit.extension.deltaCrlIndicator(4710)],
            certificates: [kit.certificate({ serial: 1002, notAfter: "2026-11-01T00:00:00Z" })],
            base: kit.earlierCrl({ entries: [{ serial: 1002, reason: 1 }] }),
          }),
      },
      {
        title: "keyCompromise in the base CRL, and the certificate was not given",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1002, reason: 8 }],
            extra: [kit.extension.deltaCrlIndicator(4710)],
            base: kit.earlierCrl({ entries: [{ serial: 1002, reason: 1 }] }),
          }),
      },
    ],
    good: [
      {
        title: "on hold in the base CRL",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1002, reason: 8 }],
            extra: [kit.extension.deltaCrlIndicator(4710)],
            base: kit.earlierCrl({ entries: [{ serial: 1002, reason: 6 }] }),
          }),
      },
      {
        title: "keyCompromise in the base CRL, and the certificate expired one second before thisUpdate",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1002, reason: 8 }],
            extra: [kit.extension.deltaCrlIndicator(4710)],
            certificates: [kit.certificate({ serial: 1002, notAfter: "2026-10-31T23:59:59Z" })],
            base: kit.earlierCrl({ entries: [{ serial: 1002, reason: 1 }] }),
          }),
      },
    ],
  }),
});
