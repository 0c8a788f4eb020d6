import { Reason } from "../../crl/reason.ts";
import { matchSerials } from "../../crl/match-serials.ts";
import { CertificatesInScope } from "../../given/certificates.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "delta/entry-missing",
  title: "delta CRL lacks an entry that was published after its base CRL",
  looksAt: ["combinableBase", "previous", "thisUpdate"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.4",
      severity: "error",
      quote:
        "MUST include an entry in the delta CRL for each certificate within the scope of the delta CRL whose status has changed",
    },
  ],
  create(ctx) {
    const { combinableBase: base, previous, thisUpdate, anyCertificates } = ctx;
    if (!(previous.sameIssuer && previous.sameScope) || !previous.sameKey || previous.isSame || previous.isNewer)
      return;
    if (base.whyUnread !== undefined || previous.whyUnread !== undefined) return;
    // A base CRL that is newer than the previous CRL may correctly omit the entry.
    const [from, to] = [base.crl.thisUpdate?.seconds ?? Number.NaN, previous.crl.thisUpdate?.seconds ?? Number.NaN];
    if (!(from <= to)) return;
    const inBase = matchSerials(previous.crl.entries.serials, base.crl.entries.serials);
    const given = anyCertificates && new CertificatesInScope(previous.crl, anyCertificates.all);
    const what = "of the previous CRL in neither this delta CRL nor its base CRL";
    const valid = ctx.tally({ what, in: previous });
    const unknown = ctx.tally({
      what,
      in: previous,
      atMost: "warning",
      notes: ["severity capped: the certificates may have expired; they were not given"],
    });
    const read = previous.crl.entries.openWindow();
    for (const index of previous.changes.removed) {
      if ((inBase[index] ?? -1) >= 0) continue;
      const entry = read(index);
      if (entry.reason === Reason.certificateHold || entry.reason === Reason.removeFromCRL) continue;
      const notAfter = given?.ofEntry(index)?.certificate.notAfter.seconds;
      if (notAfter === undefined) unknown.add(entry);
      else if (thisUpdate.seconds <= notAfter) valid.add(entry);
    }
  },
  why: "A CRL issued between the two has the entry, but base CRL and delta CRL together do not. Clients that use these accept the certificate.",
  fix: "list every revocation since the CRL that BaseCRLNumber identifies",
  examples: () => ({
    bad: [
      {
        title: "the previous delta CRL has one more entry",
        make: (kit) =>
          kit.crl({
            crlNumber: 4712,
            entries: [{ serial: 1001, reason: 1, date: "2026-10-31T10:00:00Z" }],
            extra: [kit.extension.deltaCrlIndicator(4710)],
            certificates: [kit.certificate({ serial: 1002 })],
            base: kit.earlierCrl({ entries: [] }),
            previous: kit.crl({
              thisUpdate: "2026-10-31T12:00:00Z",
              entries: [
                { serial: 1001, reason: 1, date: "2026-10-31T10:00:00Z" },
                { serial: 1002, reason: 4, date: "2026-10-31T10:00:00Z" },
              ],
              extra: [kit.extension.deltaCrlIndicator(4710)],
            }).crl,
          }),
      },
      {
        title: "a complete CRL issued in between has one more entry, and the certificate was not given",
        make: (kit) =>
          kit.crl({
            crlNumber: 4712,
            entries: [],
            extra: [kit.extension.deltaCrlIndicator(4710)],
            base: kit.earlierCrl({ entries: [] }),
            previous: kit.crl({
              thisUpdate: "2026-10-31T12:00:00Z",
              entries: [{ serial: 1002, reason: 4, date: "2026-10-31T10:00:00Z" }],
            }).crl,
          }),
      },
    ],
    good: [
      {
        title: "all entries of the previous delta CRL are in the new one or in its base CRL",
        make: (kit) =>
          kit.crl({
            crlNumber: 4712,
            entries: [{ serial: 1001, reason: 1, date: "2026-10-31T10:00:00Z" }],
            extra: [kit.extension.deltaCrlIndicator(4710)],
            base: kit.earlierCrl({ entries: [{ serial: 1002, reason: 4 }] }),
            previous: kit.crl({
              thisUpdate: "2026-10-31T12:00:00Z",
              entries: [
                { serial: 1001, reason: 1, date: "2026-10-31T10:00:00Z" },
                { serial: 1002, reason: 4 },
              ],
              extra: [kit.extension.deltaCrlIndicator(4700)],
            }).crl,
          }),
      },
      {
        title: "put on hold and released since the base CRL",
        make: (kit) =>
          kit.crl({
            crlNumber: 4712,
            entries: [],
            extra: [kit.extension.deltaCrlIndicator(4710)],
            base: kit.earlierCrl({ entries: [] }),
            previous: kit.crl({
              thisUpdate: "2026-10-31T12:00:00Z",
              entries: [{ serial: 1002, reason: 6, date: "2026-10-31T10:00:00Z" }],
              extra: [kit.extension.deltaCrlIndicator(4710)],
            }).crl,
          }),
      },
    ],
  }),
});
