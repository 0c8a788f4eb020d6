import { tallyPublishedLate } from "../../checks/published-late.ts";
import { CertificateOid } from "../../cert/kind.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import { entryKinds } from "../../checks/coverage.ts";
import { defineRule, type Requirement } from "../../rule/rule.ts";

const timestamps: Requirement = {
  source: "cs-br",
  section: "4.9.7",
  severity: "warning",
  quote: "within 24 hours after revoking a Timestamp Certificate",
};

export default defineRule({
  id: "sequence/revocation-published-late",
  title: "new entry is dated more than 24 hours before its first CRL",
  looksAt: ["predecessorEntries", "thisUpdate"],
  requirements: [
    {
      source: "tls-br",
      section: "4.9.7",
      severity: "warning",
      from: "2024-03-15",
      quote: "within twenty-four (24) hours after recording a Certificate as revoked",
    },
    {
      source: "smime-br",
      section: "4.9.7",
      severity: "warning",
      quote: "within 24 hours after revoking a Subordinate CA Certificate.",
    },
    {
      source: "cs-br",
      section: "4.9.7",
      severity: "warning",
      quote: "within 24 hours after revoking a Subordinate CA Certificate.",
    },
    timestamps,
  ],
  create(ctx) {
    const kindAt = entryKinds(ctx);
    tallyPublishedLate(ctx, (requirement, entry) => {
      if (requirement.source === "tls-br") return true;
      if (requirement === timestamps) {
        const given = ctx.anyCertificates?.ofEntry(entry.index)?.certificate;
        return given?.extKeyUsage?.includes(CertificateOid.timeStamping) ?? ctx.scope.kind === "timestamp";
      }
      const kind = kindAt(entry);
      return kind === "ca" || kind === "likely-ca";
    });
  },
  why: "Until a CRL lists it, a revoked certificate is still accepted by every client. The CRL does not show whether the CA backdated the revocation, so this is not an error.",
  fix: "issue a CRL within 24 hours after each revocation",
  examples: () => ({
    bad: [
      {
        title: "24 hours and one second",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 1, date: "2026-10-30T23:59:59Z" }],
            previous: kit.earlierCrl({ thisUpdate: "2026-10-30T00:00:00Z", entries: [] }),
          }),
      },
      {
        title: "24 hours and one second, CA certificate under the S/MIME BR",
        profile: "smime-br",
        make: (kit) => ofRoot(kit, "2026-10-30T23:59:59Z"),
      },
      {
        title: "24 hours and one second, CA certificate under the code signing BR",
        profile: "cs-br",
        make: (kit) => ofRoot(kit, "2026-10-30T23:59:59Z"),
      },
      {
        title: "24 hours and one second, timestamp certificate",
        profile: "cs-br",
        make: (kit) => ofTimestampCa(kit, "2026-10-30T23:59:59Z"),
      },
    ],
    good: [
      {
        title: "24 hours, CA certificate under the S/MIME BR",
        profile: "smime-br",
        make: (kit) => ofRoot(kit, "2026-10-31T00:00:00Z"),
      },
      {
        title: "24 hours, timestamp certificate",
        profile: "cs-br",
        make: (kit) => ofTimestampCa(kit, "2026-10-31T00:00:00Z"),
      },
      {
        title: "24 hours and one second, subscriber certificate under the S/MIME BR",
        profile: "smime-br",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 1, date: "2026-10-30T23:59:59Z" }],
            previous: kit.earlierCrl({ thisUpdate: "2026-10-30T00:00:00Z", entries: [] }),
          }),
      },
      {
        title: "24 hours",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 1, date: "2026-10-31T00:00:00Z" }],
            previous: kit.earlierCrl({ thisUpdate: "2026-10-30T00:00:00Z", entries: [] }),
          }),
      },
      {
        title: "3 days, but a CRL in between may have listed it first",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 1, date: "2026-10-29T00:00:00Z" }],
            previous: kit.earlierCrl({ thisUpdate: "2026-10-28T00:00:00Z", crlNumber: 4709, entries: [] }),
          }),
      },
      {
        title: "3 days, before the requirement took effect",
        make: (kit) =>
          kit.crl({
            thisUpdate: "2024-03-14T00:00:00Z",
            nextUpdate: "2024-03-20T00:00:00Z",
            entries: [{ serial: 1001, reason: 1, date: "2024-03-11T00:00:00Z" }],
            previous: kit.earlierCrl({
              thisUpdate: "2024-03-10T00:00:00Z",
              nextUpdate: "2024-03-16T00:00:00Z",
              entries: [],
            }),
          }),
      },
    ],
  }),
});

/** Returns the CRL of a root with one new entry, revoked at a given time. */
function ofRoot(kit: Kit, date: string): CrlCase {
  const ca = kit.caWith({ parent: "self", key: "p256" });
  return kit.crl({
    ca,
    entries: [{ serial: 1001, reason: 4, date }],
    previous: kit.earlierCrl({ ca, thisUpdate: "2026-10-30T00:00:00Z", entries: [] }),
  });
}

/** Returns the CRL of a CA for timestamps with one new entry, revoked at a given time. */
function ofTimestampCa(kit: Kit, date: string): CrlCase {
  const ca = kit.caWith({ key: "p256", eku: [kit.oids.timeStamping] });
  return kit.crl({
    ca,
    entries: [{ serial: 1001, reason: 4, date }],
    previous: kit.earlierCrl({ ca, thisUpdate: "2026-10-30T00:00:00Z", entries: [] }),
  });
}
