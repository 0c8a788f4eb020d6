import { textsOf } from "../../given/points.ts";
import { isKnownFull, partitionEvidence, partitionNotStated } from "../../checks/completeness.ts";
import { escapeText } from "../../name/escape.ts";
import { parseUri } from "../../extension/uri.ts";
import { defineRule } from "../../rule/rule.ts";
import { showUrl } from "../../checks/transport.ts";
import { findNearMiss, showDifference } from "../../checks/uri-difference.ts";

/** Returns the scheme, with https as http: a difference between these two is reported. */
function mechanismOf(uri: string): string | undefined {
  return parseUri(uri).scheme?.replace(/s$/u, "");
}

export default defineRule({
  id: "transport/idp-url-differs",
  title: "no URI of issuingDistributionPoint is the URL that the CRL is served from",
  looksAt: ["url", "issuingDistributionPoint"],
  requirements: [
    {
      source: "ccadb",
      section: "6.2",
      severity: "error",
      quote: "MUST exactly match a URL, from which the CRL was accessed, present in the CCADB record",
    },
    { source: "hygiene", section: "", severity: "warning" },
  ],
  create(ctx) {
    const { url, issuingDistributionPoint: idp } = ctx;
    const point = idp.distributionPoint;
    if (point === undefined) return;
    // RFC 5280 5.2.5: URIs may name different mechanisms for the same CRL, such as http and ldap.
    const uris = textsOf(point.fullName ?? []).filter((uri) => mechanismOf(uri) === mechanismOf(url));
    const [first] = uris;
    if (first === undefined || uris.includes(url)) return;
    // CCADB Policy 6.2 states this only for partitioned CRLs: a full CRL may have several URLs.
    const violates = ctx.requirements.filter(({ source }) => source !== "ccadb" || !isKnownFull(ctx.stated));
    const isUnproven = violates.some(({ source }) => source === "ccadb") && partitionEvidence(ctx.stated) === undefined;
    const miss = uris.map((uri) => ({ uri, differsIn: findNearMiss(uri, url) })).find(({ differsIn }) => differsIn);
    ctx.report({
      at: point,
      path: `${idp.path}.distributionPoint`,
      message: `the CRL is served at ${showUrl(url)}, but its issuingDistributionPoint has "${escapeText(first)}"${uris.length > 1 ? ` and ${uris.length - 1} more` : ""}`,
      violates,
      ...(isUnproven && { atMost: "warning" }),
      notes: [
        ...(miss === undefined ? [] : [`they differ in ${miss.differsIn}: ${showDifference(miss.uri, url)}`]),
        ...(isUnproven ? [partitionNotStated] : []),
      ],
    });
  },
  why: "Clients distinguish partitions by the URI. A partition served at a different URL can be used instead of another partition, and CRL aggregators reject it.",
  fix: "write the exact URL at which this partition is served and disclosed into issuingDistributionPoint",
  examples: () => ({
    bad: [
      {
        title: "partition 2 at the URL of partition 1",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/2.crl"], onlyUser: true },
            options: { url: "http://crl.example.com/1.crl" },
          }),
      },
      {
        title: "CRL stated to be partitioned",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/2.crl"], onlyUser: true },
            options: { url: "http://crl.example.com/1.crl", completeness: "partitioned" },
          }),
      },
      {
        title: "CRL stated to be full, which may have several URLs",
        also: ["idp/on-full-crl"],
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/2.crl"], onlyUser: true },
            options: { url: "http://crl.example.com/1.crl", completeness: "full" },
          }),
      },
      {
        title: "another case, under the default profile",
        profile: "tls-br",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            options: { transport: kit.transport({ url: "http://crl.example.com/1.CRL" }) },
          }),
      },
      {
        title: "under a profile without the requirement",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/2.crl"], onlyUser: true },
            options: { url: "http://crl.example.com/1.crl" },
          }),
        profile: "rfc5280",
      },
      {
        title: "https instead of http, with other URIs",
        make: (kit) =>
          kit.crl({
            idp: {
              uris: [
                "http://crl.example.com/1.crl",
                "http://a.example.com/1.crl",
                "ldap://ldap.example.com/cn=CA?certificateRevocationList;binary",
              ],
              onlyUser: true,
            },
            options: { url: "https://crl.example.com/1.crl" },
          }),
      },
    ],
    good: [
      {
        title: "no distributionPoint",
        make: (kit) => kit.crl({ idp: { onlyUser: true }, options: { url: "http://crl.example.com/1.crl" } }),
      },
      {
        title: "distributionPoint without URIs",
        make: (kit) => {
          const relative = kit.der.explicit(1, kit.der.seq(kit.der.oid("2.5.4.3"), kit.der.utf8("1")));
          return kit.crl({
            idp: { names: relative, onlyUser: true },
            options: { url: "http://crl.example.com/1.crl" },
          });
        },
        also: ["idp/name-relative"],
      },
      {
        title: "only URIs of another mechanism",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["ldap://ldap.example.com/cn=CA?certificateRevocationList;binary"], onlyUser: true },
            options: { url: "http://crl.example.com/1.crl" },
          }),
      },
      {
        title: "same URL",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            options: { url: "http://crl.example.com/1.crl" },
          }),
      },
      {
        title: "one of several",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://a.example.com/1.crl", "http://crl.example.com/1.crl"], onlyUser: true },
            options: { url: "http://crl.example.com/1.crl" },
          }),
      },
      {
        title: "full CRL",
        make: (kit) => kit.crl({ options: { url: "http://crl.example.com/1.crl" } }),
      },
    ],
  }),
});
