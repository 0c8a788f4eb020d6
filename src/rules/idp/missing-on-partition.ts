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
  ],
  create(ctx) {
    // A single CRL never shows that it is a partition, so the user must state it.
    if (ctx.stated.completeness !== "partitioned") return;
    if (ctx.crlExtensions.list.some(({ oid }) => oid === Oid.issuingDistributionPoint)) return;
    ctx.report({
      at: ctx.crlExtensions,
      path: "tbsCertList.crlExtensions",
      notes: [`partitioned: stated by ${ctx.stated.completenessBy ?? "--partitioned"}`],
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
