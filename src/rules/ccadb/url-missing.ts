import { isForCa } from "../../checks/profile-sources.ts";
import { certificatesWithUrls } from "../../checks/certificate-urls.ts";
import { nowhere } from "../../checks/transport.ts";
import { type BaseContext, defineRule } from "../../rule/rule.ts";
import type { CrlKnobs, Kit } from "../../fixture/index.ts";

/**
 * Seconds after notBefore at which a CA has certainly had 7 days to disclose the URL of a certificate: TLS BR 7.1.2.7
 * allows a notBefore that is 48 hours earlier than the signature.
 */
const term = 9 * 86_400;

export default defineRule({
  id: "ccadb/url-missing",
  title: "CCADB record does not disclose a CRL URL",
  looksAt: ["disclosure"],
  requirements: [
    {
      source: "ccadb",
      section: "6.2",
      severity: "error",
      from: "2026-03-20",
      quote:
        "CA Owners MUST disclose, in a JSON array, the complete set of distinct HTTP URLs appearing in the `crlDistributionPoints` extension",
    },
    {
      source: "ccadb",
      document: "ccadb-2.0",
      section: "6.2",
      severity: "error",
      to: "2026-03-19",
      quote: "within 7 days of the corresponding CA issuing its first certificate, CA Owners MUST disclose either",
    },
    {
      source: "mozilla",
      document: "mrsp-2.9",
      section: "4.1",
      severity: "error",
      // The CCADB Policy has contained it since then.
      to: "2025-07-14",
      quote: 'a "JSON Array of Partitioned CRLs" within 7 days of such intermediate CA issuing its first certificate',
    },
    { source: "hygiene", section: "", severity: "notice" },
  ],
  create(ctx) {
    const { record } = ctx.disclosure;
    if ([...record.full, record.partitioned].some(({ urls }) => urls === undefined || urls.length > 0)) return;
    if (!record.isInUse(ctx.crl.thisUpdate?.seconds)) return;
    const proof = findProof(ctx);
    if (record.partitioned.statesNone === true && proof === undefined && ctx.entries.count === 0) return;
    ctx.report({
      ...nowhere,
      message: "the CCADB record of the CA does not disclose a CRL URL",
      // MRSP 4.1 applies to CAs that can issue TLS certificates.
      violates: ctx.requirements.filter((requirement) => isForCa(requirement, ctx)),
      notes: [
        `record: ${record.place}`,
        proof === undefined
          ? "severity capped: a CA that has never issued a certificate need not disclose a URL"
          : "the CA issued a certificate with a CRL URL more than 7 days ago",
      ],
      ...(proof === undefined ? { atMost: "warning" } : { related: [proof] }),
    });
  },
  why: "Browsers get revocations from CRL aggregators, which collect the CRLs disclosed in the CCADB. They have no CRL for a CA without a URL.",
  fix: "disclose the URL of the full CRL, or the URLs of all partitioned CRLs, within 7 days of the first certificate",
  examples: () => ({
    bad: [
      { title: "both fields empty", make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({}) } }) },
      { title: "an empty array", make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({ partitioned: "[]" }) } }) },
      {
        title: "both fields empty, under RFC 5280 alone",
        make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({}) } }),
        profile: "rfc5280",
      },
      {
        title: '[""], which states that no certificate was issued, and an entry',
        make: (kit) => kit.crl({ entries: [{}], options: { ccadb: kit.ccadb({ partitioned: '[""]' }) } }),
      },
      {
        title: "certificate of the CA with a URL, issued 9 days and one second before the time of linting",
        make: (kit) => issued(kit, "2026-10-23T23:59:59Z"),
      },
      {
        title: "certificate of the CA with a URL, issued 9 days before the time of linting",
        make: (kit) => issued(kit, "2026-10-24T00:00:00Z"),
      },
      {
        title: "both fields empty, in the last second before CCADB Policy 2.0",
        make: (kit) =>
          kit.crl({
            thisUpdate: "2025-07-14T23:59:59Z",
            nextUpdate: "2025-07-21T23:59:58Z",
            entries: [],
            options: { ccadb: kit.ccadb({}) },
          }),
        profile: "mozilla",
      },
    ],
    good: [
      {
        title: '[""], which states that no certificate was issued',
        make: (kit) => kit.crl({ entries: [], options: { ccadb: kit.ccadb({ partitioned: '[""]' }) } }),
      },
      {
        title: "the URL of a full CRL",
        make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({ full: "http://crl.example.com/1.crl" }) } }),
      },
    ],
  }),
});

/** Returns a place in a certificate that proves that the CA had to disclose a URL; undefined if there is none. */
function findProof(ctx: BaseContext) {
  const now = ctx.anyNow ?? ctx.crl.thisUpdate?.seconds ?? Number.NEGATIVE_INFINITY;
  return certificatesWithUrls(ctx).find(
    ({ certificate }) => (certificate.notBefore.seconds ?? Number.POSITIVE_INFINITY) + term < now,
  );
}

/** Returns a CRL as of 2026-11-02, a certificate with a CRL URL, and a record without one. */
function issued(kit: Kit, notBefore: string) {
  const knobs: CrlKnobs = { now: "2026-11-02T00:00:00Z", options: { ccadb: kit.ccadb({}) } };
  return kit.crl({ ...knobs, certificates: [kit.certificate({ notBefore, crldp: ["http://crl.example.com/1.crl"] })] });
}
