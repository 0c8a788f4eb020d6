import { valuePath } from "../../crl/crl.ts";
import { Oid } from "../../extension/oids.ts";
import type { CrlCase, CrlKnobs, Kit } from "../../fixture/index.ts";
import { placeIn } from "../../checks/predecessor.ts";
import { type Context, defineRule, type RelatedPlace, type Violation } from "../../rule/rule.ts";

export default defineRule({
  id: "delta/instead-of-complete",
  title: "CRL is a delta CRL, but a complete CRL is expected",
  looksAt: ["deltaCrlIndicator"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.4",
      severity: "error",
      quote:
        "Delta CRLs contain updates to revocation information previously distributed, rather than all the information that would appear in a complete CRL.",
    },
    {
      source: "tls-br",
      section: "7.2",
      severity: "error",
      from: "2024-03-15",
      quote:
        'MUST issue either a "full and complete" CRL or a set of "partitioned" CRLs which cover the complete set of Certificates issued by the CA',
    },
  ],
  create(ctx) {
    const expected = findExpectation(ctx);
    if (expected === undefined) return;
    const { why, cap, related = [] } = expected;
    ctx.report({
      at: ctx.deltaCrlIndicator,
      path: valuePath(ctx.crl, Oid.deltaCrlIndicator),
      message: `the CRL has deltaCRLIndicator, and ${why}`,
      related,
      ...cap,
    });
  },
  why: "A client that follows RFC 5280 does not use a delta CRL without the complete CRL that it updates, so the CA has no usable CRL. OpenSSL 3.0, BoringSSL, Node 20, GnuTLS 3.7, wolfSSL 5.5 and strongSwan 5.9 use it as if it were complete, and accept revoked certificates that it does not list.",
  fix: "publish a complete CRL, without deltaCRLIndicator, at this place",
  examples: () => ({
    bad: [
      {
        title: "delta CRL that is stated to be full",
        profile: "rfc5280",
        make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4710)], options: { completeness: "full" } }),
      },
      {
        title: "delta CRL that replaces a complete CRL",
        profile: "rfc5280",
        make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4710)], previous: kit.earlierCrl() }),
      },
      {
        title: "delta CRL at the URL that the CCADB record discloses for the full CRL",
        profile: "ccadb",
        make: (kit) => disclosed(kit, "http://crl.example.com/full.crl"),
      },
      {
        title: "delta CRL that is stated to be a partition",
        profile: "rfc5280",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            extra: [kit.extension.deltaCrlIndicator(4710)],
            options: { completeness: "partitioned" },
          }),
      },
      {
        title: "delta CRL instead of the partition with its issuingDistributionPoint",
        profile: "rfc5280",
        make: (kit) => inSet(kit, "http://crl.example.com/2.crl"),
      },
    ],
    good: [
      {
        title: "delta CRL with its base",
        profile: "rfc5280",
        make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4710)], base: kit.earlierCrl() }),
      },
      {
        title: "delta CRL that replaces a delta CRL",
        profile: "rfc5280",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.deltaCrlIndicator(4710)],
            previous: kit.earlierCrl({ extra: [kit.extension.deltaCrlIndicator(4700)] }),
          }),
      },
      {
        title: "complete CRL that is stated to be full",
        profile: "rfc5280",
        make: (kit) => kit.crl({ options: { completeness: "full" } }),
      },
      {
        title: "delta CRL at a URL that the CCADB record does not disclose",
        profile: "ccadb",
        make: (kit) => disclosed(kit, "http://crl.example.com/delta.crl"),
        also: ["ccadb/url-not-disclosed"],
      },
      {
        title: "delta CRL with the partition that it updates",
        profile: "rfc5280",
        make: (kit) => inSet(kit, "http://crl.example.com/1.crl"),
      },
    ],
  }),
});

/** Evidence that the CRL should be complete, and the cap on the severity if this is not certain. */
interface Expectation {
  readonly why: string;
  readonly cap?: Pick<Violation, "atMost" | "notes">;
  readonly related?: readonly RelatedPlace[];
}

const capped = {
  atMost: "warning",
  notes: ["severity capped: the complete CRL may still be published; --base compares a delta CRL with it"],
} as const;

function findExpectation(ctx: Context<"deltaCrlIndicator">): Expectation | undefined {
  const { stated, anyPrevious: previous, anyShards: shards } = ctx;
  if (stated.completeness === "full") {
    return { why: `${stated.completenessBy ?? "--full"} states that the CRL is complete` };
  }
  // Relying parties get no other CRL from a disclosed URL.
  if (stated.disclosedAs !== undefined && stated.isLive) {
    return { why: `the CCADB record of the CA discloses its URL as that of a ${stated.disclosedAs} CRL` };
  }
  // If a base is given, the delta CRL is one of two CRLs, and the previous CRL is another complete one to compare with.
  if (ctx.anyBase !== undefined) return undefined;
  if (shards?.set.isDeltaAlone(shards.index) === true) {
    return { why: "no CRL of the set is complete for the same issuingDistributionPoint", cap: capped };
  }
  if (previous?.whyNotOfSeries === "is not a delta CRL") {
    const related = placeIn(previous, previous.crl.tbsCertList, "tbsCertList");
    return { why: "the previous CRL given is complete", cap: capped, related };
  }
  if (stated.completeness === "partitioned") {
    return { why: `${stated.completenessBy ?? "--partitioned"} states that the CRL is a partition`, cap: capped };
  }
  if (stated.disclosedAs === undefined) return undefined;
  const notes = ["severity capped: the CRL may be another one than the disclosed one; --url states where it is served"];
  const why = `the CCADB record of the CA discloses ${stated.disclosedAs === "full" ? "a full CRL" : "partitioned CRLs"}`;
  return { why, cap: { atMost: "notice", notes } };
}

/** Returns a delta CRL served from a URL, and a CCADB record with the URL of the full CRL. */
function disclosed(kit: Kit, url: string): CrlCase {
  return kit.crl({
    extra: [kit.extension.deltaCrlIndicator(4710)],
    options: { url, ccadb: kit.ccadb({ full: "http://crl.example.com/full.crl" }) },
  });
}

/** Returns a delta CRL for one distribution point, in a set with the complete CRL for the first one. */
function inSet(kit: Kit, uri: string): CrlCase {
  const idp = (point: string): CrlKnobs => ({ idp: { uris: [point], onlyUser: true }, entries: [] });
  return kit.crl({
    ...idp(uri),
    extra: [kit.extension.deltaCrlIndicator(4710)],
    shards: [kit.crl(idp("http://crl.example.com/1.crl")).crl],
  });
}
