import { type Crl, findExtension } from "../../crl/crl.ts";
import { extensionName } from "../../extension/oids.ts";
import { namesOfCrl } from "../../given/points.ts";
import { escapeText } from "../../name/escape.ts";
import { placeIn } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

/** Maximum number of URIs of one CRL that a note shows. */
const maximumUris = 5;

export default defineRule({
  id: "sequence/idp-changed",
  title: "CRL has a different scope than the previous CRL",
  looksAt: ["previous", "tbsCertList"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const { previous, crl } = ctx;
    const oid = previous.scopeDifference;
    if (oid === undefined || previous.isForeign || (!previous.isContinued && !previous.sameIssuer)) return;
    const isElsewhere = previous.sharesPoint === false && !previous.coversOthers;
    const uris = [urisOf(previous.crl), urisOf(crl)] as const;
    const now = findExtension(crl, oid);
    const before = findExtension(previous.crl, oid);
    const how = before === undefined ? "is not in" : now === undefined ? "is only in" : "differs from that in";
    ctx.report({
      at: now ?? crl.crlExtensions ?? ctx.tbsCertList,
      path: now?.path ?? (crl.crlExtensions === undefined ? "tbsCertList" : "tbsCertList.crlExtensions"),
      message: `${extensionName(oid)} ${how} the previous CRL`,
      related: before === undefined ? [] : placeIn(previous, before, before.path),
      // Certificates that were issued earlier contain the earlier URIs.
      ...(!isElsewhere && { atMost: "notice" }),
      notes: [
        ...(uris[0] === "" && uris[1] === "" ? [] : [`URIs before: ${uris[0] || "none"}; now: ${uris[1] || "none"}`]),
        ...(isElsewhere ? ["no name is in both: certificates that were issued earlier lead to the other CRL"] : []),
        ...(previous.whyNotOfSeries === undefined ? [] : ["nothing else was compared"]),
      ],
    });
  },
  why: "An issuingDistributionPoint states which certificates a CRL covers. If the CRLs have no name in common, clients with a certificate that was issued earlier do not use the new one (RFC 5280 6.3.3). If one key signed both, or they have a name in common, numbers, times and entries are compared nevertheless.",
  fix: "give the previous CRL of the same distribution point; if the scope was changed on purpose, check that a CRL still covers each certificate",
  examples: () => ({
    bad: [
      {
        title: "another URI",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/2.crl"], onlyUser: true },
            previous: kit.earlierCrl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
          }),
      },
      {
        title: "URI added to those of the previous CRL",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl", "http://crl.example.net/1.crl"], onlyUser: true },
            previous: kit.earlierCrl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
          }),
      },
      {
        title: "issuingDistributionPoint removed",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ idp: { onlyUser: true } }) }),
      },
    ],
    good: [
      {
        title: "same URI",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            previous: kit.earlierCrl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
          }),
      },
    ],
  }),
});

/** Returns the URIs of the issuingDistributionPoint of a CRL as text. */
function urisOf(crl: Crl): string {
  const uris =
    namesOfCrl(crl)?.flatMap(({ kind, text }) => (kind === "uniformResourceIdentifier" && text ? [text] : [])) ?? [];
  const more = uris.length > maximumUris ? [`and ${uris.length - maximumUris} more`] : [];
  return [...uris.slice(0, maximumUris).map((uri) => escapeText(uri)), ...more].join(", ");
}
