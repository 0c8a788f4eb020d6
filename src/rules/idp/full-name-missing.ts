import { contentLength } from "../../der/span.ts";
import {
  ccadbPartition,
  isKnownFull,
  judgeCompleteness,
  mozillaPartition,
  partitionEvidence,
} from "../../checks/completeness.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "idp/full-name-missing",
  title: "issuingDistributionPoint of a partitioned CRL has no distributionPoint",
  looksAt: ["issuingDistributionPoint"],
  requirements: [
    {
      source: "tls-br",
      section: "7.2.2.1",
      severity: "error",
      from: "2024-03-15",
      quote:
        "Partitioned CRLs MUST contain an Issuing Distribution Point extension. The `distributionPoint` field of the Issuing Distribution Point extension MUST be present.",
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
    mozillaPartition,
    ccadbPartition,
  ],
  create(ctx) {
    const idp = ctx.issuingDistributionPoint;
    // Other rules report an empty issuingDistributionPoint, and one that must be omitted.
    if (idp.distributionPoint !== undefined || contentLength(idp) === 0) return;
    if (idp.indirectCrl?.value === true || idp.onlyContainsAttributeCerts?.value === true) return;
    const { kind, isStated, evidence } = judgeCompleteness(idp, ctx);
    const disclosed = partitionEvidence(ctx.stated);
    const place = { at: idp, path: idp.path };
    // An array in the CCADB may contain a single CRL, which is then complete for the TLS BR.
    if (!isStated && disclosed !== undefined && ctx.requirements.some(({ source }) => source === "ccadb")) {
      const violates = ctx.requirements.filter(({ source }) => source === "ccadb");
      ctx.report({ ...place, violates, notes: [`partitioned: ${disclosed}`] });
      return;
    }
    if (kind === "full" || isKnownFull(ctx.stated)) return;
    ctx.report({
      ...place,
      ...(isStated
        ? { notes: [`partitioned: ${evidence}`] }
        : {
            message: "issuingDistributionPoint has no distributionPoint, which a partitioned CRL must have",
            atMost: "warning",
            notes: [`${evidence}; --full or --partitioned states which it is`],
          }),
    });
  },
  why: "Only the URI in distributionPoint links a partition to its certificates. Without it, one partition can be served instead of another, and clients accept a revoked certificate. GnuTLS 3.7, wolfSSL 5.5, Erlang 25 and strongSwan 5.9 do not compare the URI even if it is there.",
  fix: "add a distributionPoint whose fullName contains the URI of the certificates' cRLDistributionPoints, byte for byte",
  examples: () => ({
    bad: [
      {
        title: "onlyContainsUserCerts alone on a partition",
        make: (kit) => kit.crl({ idp: { onlyUser: true }, options: { completeness: "partitioned" } }),
      },
      {
        title: "onlyContainsUserCerts, of a CA that may also issue CA certificates",
        make: (kit) => kit.crl({ ca: kit.caWith({ pathLen: null }), idp: { onlyUser: true } }),
      },
      {
        title: "onlyContainsUserCerts alone, of a CA that discloses only partitioned CRLs in the CCADB",
        profile: "ccadb",
        make: (kit) =>
          kit.crl({
            idp: { onlyUser: true },
            options: { ccadb: kit.ccadb({ partitioned: ["http://crl.example.com/1.crl"] }) },
          }),
      },
      {
        title: "on the last day of the older wording",
        make: (kit) =>
          kit.crl({
            thisUpdate: "2024-03-14T23:59:59Z",
            nextUpdate: "2024-03-21T23:59:58Z",
            entries: [],
            idp: { onlyUser: true },
            options: { completeness: "partitioned" },
          }),
      },
      {
        title: "onlyContainsUserCerts alone, of a CA with pathLenConstraint 0 that also issued a CA certificate",
        make: (kit) =>
          kit.crl({ idp: { onlyUser: true }, certificates: [kit.certificate(), kit.certificate({ cA: true })] }),
      },
    ],
    good: [
      {
        title: "onlyContainsUserCerts alone, on a CRL that the CA discloses in the CCADB as full",
        profile: "ccadb",
        also: ["idp/on-full-crl"],
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ pathLen: null }),
            idp: { onlyUser: true },
            options: { ccadb: kit.ccadb({ full: "http://crl.example.com/1.crl" }), scope: "subscriber" },
          }),
      },
      {
        title: "partition with its URI",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            options: { completeness: "partitioned" },
          }),
      },
      {
        title: "indirect CRL, reported by idp/indirect-crl",
        make: (kit) => kit.crl({ idp: { indirect: true }, options: { completeness: "partitioned" } }),
        also: ["idp/indirect-crl"],
      },
      {
        title: "onlyContainsAttributeCerts, reported by idp/attribute-certs",
        make: (kit) => kit.crl({ idp: { attr: true }, options: { completeness: "partitioned" } }),
        also: ["idp/attribute-certs"],
      },
      {
        title: "empty issuingDistributionPoint, reported by idp/empty-sequence",
        make: (kit) => kit.crl({ idp: {}, options: { completeness: "partitioned" } }),
        also: ["idp/empty-sequence"],
      },
    ],
  }),
});
