import { Oid } from "../../extension/oids.ts";
import { entryExtension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "certificate-issuer/without-indirect",
  title: "entry has a certificateIssuer in a CRL that is not indirect",
  looksAt: [entryExtension(Oid.certificateIssuer)],
  requirements: [
    {
      source: "rfc5280",
      section: "5.3.3",
      severity: "error",
      quote: "an entry in an indirect CRL, that is, a CRL that has the indirectCRL indicator set",
    },
    {
      source: "tls-br",
      section: "7.2",
      severity: "error",
      from: "2024-03-15",
      quote: "CAs MUST NOT issue indirect CRLs",
    },
  ],
  create(ctx) {
    const { issuingDistributionPoint: idp, unread } = ctx.crl;
    // An extension that cannot be read may contain the flag.
    if (unread.has("issuingDistributionPoint") || unread.has("crlExtensions")) return undefined;
    if (idp?.indirectCrl !== undefined && idp.indirectCrl.value !== false) return undefined;
    const tally = ctx.tally({ what: "with a certificateIssuer in a CRL without indirectCRL TRUE" });
    return {
      entry(entry) {
        if (entry.extensions().some(({ oid }) => oid === Oid.certificateIssuer)) tally.add(entry);
      },
    };
  },
  why: "The extension is critical. Without the flag, NSS 3.87 does not load the CRL, and GnuTLS 3.7, Mbed TLS 2.28, wolfSSL 5.5 and Erlang 25 apply the entry to a certificate of the CRL issuer.",
  fix: "leave out certificateIssuer; if the CRL is meant to be indirect, assert indirectCRL in its issuingDistributionPoint",
  examples: () => ({
    bad: [
      {
        title: "certificateIssuer without issuingDistributionPoint",
        make: (kit) =>
          kit.crl({ entries: [{ reason: 1, extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] }] }),
      },
      {
        title: "issuingDistributionPoint without indirectCRL",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            entries: [{ reason: 1, extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] }],
          }),
      },
      {
        title: "certificateIssuer in one of three entries",
        make: (kit) =>
          kit.crl({
            entries: [
              { reason: 1, extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] },
              { reason: 1 },
              {},
            ],
          }),
      },
      {
        title: "indirectCRL FALSE, encoded explicitly",
        make: (kit) =>
          kit.crl({
            idp: { value: kit.der.seq(kit.der.context(1, kit.der.raw("ff")), kit.der.context(4, kit.der.raw("00"))) },
            entries: [{ reason: 1, extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] }],
          }),
        also: ["der/default-value-encoded"],
      },
    ],
    good: [
      {
        title: "issuingDistributionPoint that cannot be read",
        make: (kit) =>
          kit.crl({
            idp: { value: kit.der.octetString(kit.der.raw("")) },
            entries: [{ reason: 1, extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] }],
          }),
        also: ["structure/extension"],
      },
      {
        title: "crlExtensions that cannot be read",
        make: (kit) =>
          kit.crl({
            crlExtensions: kit.der.explicit(0, kit.der.octetString(kit.der.raw(""))),
            entries: [{ reason: 1, extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] }],
          }),
        also: ["structure/tbs-cert-list"],
      },
      {
        title: "indirectCRL TRUE",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], indirect: true },
            entries: [{ reason: 1, extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] }],
          }),
      },
    ],
  }),
});
