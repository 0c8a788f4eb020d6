import { ccadbPartition, mozillaPartition, partitionEvidence } from "../../checks/completeness.ts";
import { issuesUnder } from "../../checks/profile-sources.ts";
import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "idp/missing-on-partition",
  title: "partitioned CRL has no issuingDistributionPoint",
  looksAt: ["crlExtensions"],
  requirements: [
    {
      source: "tls-br",
      section: "7.2.2.1",
      severity: "error",
      from: "2024-03-15",
      quote: "Partitioned CRLs MUST contain an Issuing Distribution Point extension.",
    },
    {
      source: "tls-br",
      document: "tls-br-1.8.6",
      section: "7.2.2 item 2",
      severity: "error",
      from: "2023-01-15",
      to: "2024-03-14",
      quote:
        "then it MUST contain a critical Issuing Distribution Point extension and MUST populate the `distributionPoint` field of that extension",
    },
    {
      source: "mozilla",
      section: "6.1.2",
      severity: "error",
      from: "2023-02-15",
      quote: "SHALL contain a critical Issuing Distribution Point extension (OID 2.5.29.28)",
    },
    mozillaPartition,
    ccadbPartition,
  ],
  create(ctx) {
    // A single CRL never shows that it is a partition: the user, or the CA in the CCADB, must state it.
    const evidence = partitionEvidence(ctx.stated);
    if (evidence === undefined) return;
    if (ctx.crlExtensions.list.some(({ oid }) => oid === Oid.issuingDistributionPoint)) return;
    const isStated = ctx.stated.completeness !== undefined;
    ctx.report({
      at: ctx.crlExtensions,
      path: "tbsCertList.crlExtensions",
      violates: ctx.requirements.filter(({ source, section }) => {
        // MRSP 6.1.2 applies to TLS certificates. An array in the CCADB may contain a single CRL, which is then
        // complete.
        if (section === "6.1.2") return isStated && issuesUnder(ctx, "tls-br");
        return isStated || source === "ccadb";
      }),
      notes: [`partitioned: ${evidence}`],
    });
  },
  why: "A partition without issuingDistributionPoint counts as a full CRL. If it is served instead of another partition, clients accept revoked certificates.",
  fix: "add a critical issuingDistributionPoint whose fullName contains the URI of the certificates' cRLDistributionPoints",
  examples: () => ({
    bad: [
      {
        title: "CRL stated to be a partition",
        make: (kit) => kit.crl({ options: { completeness: "partitioned" } }),
      },
      {
        title: "CRL that is stated to be a partition, of an S/MIME CA",
        profile: "ccadb",
        make: (kit) => kit.crl({ options: { completeness: "partitioned" } }),
      },
      {
        title: "partition of an S/MIME CA on the first day of MRSP 2.9",
        profile: "mozilla",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ eku: [kit.oids.emailProtection], notBefore: "2021-01-01T00:00:00Z" }),
            thisUpdate: "2023-09-01T00:00:00Z",
            nextUpdate: "2023-09-07T23:59:59Z",
            entries: [],
            options: { completeness: "partitioned" },
          }),
      },
      {
        title: "CRL of a CA that discloses only partitioned CRLs in the CCADB",
        profile: "ccadb",
        make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({ partitioned: ["http://crl.example.com/1.crl"] }) } }),
      },
      {
        title: "served from a URL that the CCADB record has as that of a partition",
        profile: "ccadb",
        make: (kit) =>
          kit.crl({
            options: {
              url: "http://crl.example.com/1.crl",
              ccadb: kit.ccadb({
                full: "http://crl.example.com/all.crl",
                partitioned: ["http://crl.example.com/1.crl"],
              }),
            },
          }),
        also: ["ccadb/full-and-partitioned"],
      },
      {
        title: "on the first day of the older wording",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "2021-01-01T00:00:00Z" }),
            thisUpdate: "2023-01-15T00:00:00Z",
            nextUpdate: "2023-01-21T23:59:59Z",
            entries: [],
            options: { completeness: "partitioned" },
          }),
      },
    ],
    good: [
      { title: "CRL that is not stated to be a partition", make: (kit) => kit.crl() },
      {
        title: "partition with its URI",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            options: { completeness: "partitioned" },
          }),
      },
      {
        title: "full CRL of a CA that also discloses partitions, which does not show which of them it is",
        profile: "ccadb",
        make: (kit) =>
          kit.crl({
            options: {
              ccadb: kit.ccadb({
                full: "http://crl.example.com/all.crl",
                partitioned: ["http://crl.example.com/1.crl"],
              }),
            },
          }),
        also: ["ccadb/full-and-partitioned"],
      },
      {
        title: "the CCADB record has no URL yet",
        profile: "ccadb",
        make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({ partitioned: [""] }) } }),
        also: ["ccadb/url-missing"],
      },
      {
        title: "one second before the CCADB Policy had it",
        profile: "ccadb",
        make: (kit) =>
          kit.crl({
            thisUpdate: "2025-07-14T23:59:59Z",
            nextUpdate: "2025-07-20T23:59:58Z",
            entries: [],
            options: { completeness: "partitioned" },
          }),
      },
      {
        title: "one second before the older wording took effect",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "2021-01-01T00:00:00Z" }),
            thisUpdate: "2023-01-14T23:59:59Z",
            nextUpdate: "2023-01-21T23:59:58Z",
            entries: [],
            options: { completeness: "partitioned" },
          }),
      },
    ],
  }),
});
