import type { Kit } from "../../fixture/index.ts";
import { escapeText } from "../../name/escape.ts";
import { parseUri } from "../../extension/uri.ts";
import { nowhere } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "transport/ldap-attribute",
  title: "CRL comes from an LDAP attribute for another kind of CRL",
  looksAt: ["url", "tbsCertList"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.13",
      severity: "warning",
      quote: "may be stored in either the certificateRevocationList or authorityRevocationList attribute",
    },
  ],
  create(ctx) {
    const { scheme, query } = parseUri(ctx.url);
    if ((scheme !== "ldap" && scheme !== "ldaps") || query === undefined) return;
    // RFC 4516 2: the attributes end at the next question mark. Their names are case-insensitive (RFC 4512 2.5).
    const [attribute = ""] = query.split(/[?;,]/u);
    const name = attribute.toLowerCase();
    const isDelta = name === "deltarevocationlist";
    const isUser = ctx.crl.issuingDistributionPoint?.onlyContainsUserCerts?.value === true;
    const kind =
      ctx.isDelta && (name === "certificaterevocationlist" || name === "authorityrevocationlist")
        ? "a delta CRL"
        : !ctx.isDelta && isDelta
          ? "a complete CRL"
          : !ctx.isDelta && isUser && name === "authorityrevocationlist"
            ? "a CRL of subscriber certificates"
            : undefined;
    if (kind === undefined) return;
    ctx.report({ ...nowhere, message: `${kind} comes from the attribute "${escapeText(attribute)}"` });
  },
  why: "Clients request the attribute for the kind of CRL that they need, and do not read the others.",
  fix: "store complete CRLs in certificateRevocationList or authorityRevocationList, and delta CRLs in deltaRevocationList",
  examples: () => ({
    bad: [
      {
        title: "complete CRL in deltaRevocationList",
        make: (kit) => kit.crl({ options: { url: "ldap://ldap.example.com/cn=CA?deltaRevocationList;binary" } }),
      },
      {
        title: "CRL of subscriber certificates in authorityRevocationList",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            options: { url: "ldap://ldap.example.com/cn=CA?authorityRevocationList;binary" },
          }),
      },
      ...["certificateRevocationList", "authorityRevocationList"].map((attribute) => ({
        title: `delta CRL in ${attribute}`,
        make: (kit: Kit) =>
          kit.crl({
            extra: [kit.extension.deltaCrlIndicator(4710)],
            options: { url: `ldaps://ldap.example.com/cn=CA?${attribute}` },
          }),
      })),
    ],
    good: [
      {
        title: "delta CRL of subscriber certificates in deltaRevocationList",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.deltaCrlIndicator(4710)],
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            options: { url: "ldap://ldap.example.com/cn=CA?DeltaRevocationList" },
          }),
      },
      {
        title: "no attribute",
        make: (kit) => kit.crl({ options: { url: "ldap://ldap.example.com/cn=CA" } }),
      },
      {
        title: "http, in which a query names no attribute",
        make: (kit) => kit.crl({ options: { url: "http://crl.example.com/ca.crl?deltaRevocationList" } }),
      },
      {
        title: "CRL of subscriber certificates in certificateRevocationList",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            options: { url: "ldap://ldap.example.com/cn=CA?certificateRevocationList" },
          }),
      },
      {
        title: "CRL of CA certificates in authorityRevocationList",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            idp: { uris: ["http://crl.example.com/1.crl"], onlyCa: true },
            entries: [],
            options: { url: "ldap://ldap.example.com/cn=CA?authorityRevocationList" },
          }),
      },
      {
        title: "complete CRL in certificateRevocationList",
        make: (kit) => kit.crl({ options: { url: "ldap://ldap.example.com/cn=CA?certificateRevocationList;binary" } }),
      },
      {
        title: "CRL of a root in authorityRevocationList",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            idp: null,
            entries: [],
            options: { url: "ldap://ldap.example.com/cn=CA?authorityRevocationList" },
          }),
      },
    ],
  }),
});
