import type { Certificate } from "../../cert/certificate.ts";
import type { Kit } from "../../fixture/index.ts";
import { mapKey } from "../../der/strings.ts";
import { identifySameKey } from "../../extension/authority-key-identifier.ts";
import { reportCertificates } from "../../checks/certificate-findings.ts";
import { isPrecertificate } from "../../cert/kind.ts";
import { listsOtherIssuers } from "../../checks/coverage.ts";
import { namesCrlIssuer } from "../../given/points.ts";
import { reportsCertificateErrors } from "../../checks/covered.ts";
import type { GivenCertificate } from "../../given/given.ts";
import { type BaseContext, type Context, defineRule } from "../../rule/rule.ts";
import { diffNames } from "../../name/diff.ts";
import { countOf } from "../../rule/format-count.ts";

export default defineRule({
  id: "certs/issuer-differs",
  title: "certificate is not issued by the CRL issuer",
  looksAt: ["certificates", "issuer"],
  requirements: [
    {
      source: "rfc5280",
      section: "6.3.3 (b)(1)",
      severity: "error",
      quote: "Otherwise, verify that the CRL issuer matches the certificate issuer.",
    },
  ],
  create(ctx) {
    const { crl, certificates } = ctx;
    if (!reportsCertificateErrors(ctx)) return;
    if (listsOtherIssuers(ctx)) return;
    // certs/crl-issuer-needs-indirect reports a cRLIssuer that names this CRL's issuer.
    const foreign = certificates.foreign.filter(
      ({ certificate }) => !isPrecertificate(certificate) && !namesCrlIssuer(crl, certificate),
    );
    const sameKey = foreign.filter(({ certificate }) => identifySameKey(crl, certificate) === true);
    reportSameKey(ctx, sameKey);
    // Certificates of several CAs may be given if some are from the CRL issuer.
    if (certificates.issued.length > 0 || sameKey.length > 0) return;
    // A certificate of another CA that was given is not there by mistake: set/* reports if the CRL of that CA is missing.
    const unexplained = foreign.filter(
      ({ certificate }) => ctx.anySet?.hasIssuerOf(certificate) !== true || isOfCa(ctx, certificate),
    );
    reportCertificates(ctx, unexplained, {
      at: ctx.issuer,
      path: "tbsCertList.issuer",
      message: `${countOf(unexplained.length, "certificate given is", "certificates given are")} not issued by the CRL issuer`,
      notes: ["severity capped: these certificates may be meant for another CRL"],
      atMost: "warning",
    });
  },
  why: "Clients apply a direct CRL only to certificates of the same issuer. A certificate of another issuer stays unchecked.",
  fix: "give the certificates that this CRL covers; if these are the ones, issue the CRL under the issuer name in them",
  examples: () => ({
    bad: [
      {
        title: "certificate of another CA",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ parent: kit.otherCa })] }),
      },
      {
        title: "the same key under another name",
        make: (kit) => kit.crl({ certificates: [renamed(kit)] }),
      },
      {
        title: "the same key under another name, and a certificate of the CRL issuer",
        make: (kit) => kit.crl({ certificates: [kit.certificate(), renamed(kit)] }),
      },
      {
        title: "the same key under the same name in another encoding, and two under another name",
        make: (kit) => {
          const alike = kit.caWith({ subject: kit.ca.subject.retyped("all", "printable") });
          return kit.crl({
            certificates: [kit.certificate({ parent: alike }), renamed(kit), renamed(kit)],
          });
        },
      },
      {
        title: "neither certificate nor CRL has an authorityKeyIdentifier",
        make: (kit) => kit.crl({ aki: null, certificates: [kit.certificate({ parent: kit.otherCa, aki: null })] }),
        also: ["aki/missing"],
      },
    ],
    good: [
      { title: "certificate of the CRL issuer", make: (kit) => kit.crl({ certificates: [kit.certificate()] }) },
      {
        title: "certificates of several CAs, including the CRL issuer",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ parent: kit.otherCa }), kit.certificate()] }),
      },
      {
        title: "indirect CRL",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/tls-ca-1.crl"], indirect: true },
            entries: [],
            certificates: [kit.certificate({ parent: kit.otherCa })],
          }),
      },
    ],
  }),
});

/** Whether a certificate is of the CA that was given for this CRL. */
function isOfCa({ anyCa }: BaseContext, { source, issuer }: Certificate): boolean {
  const name = mapKey(source.bytes, issuer);
  return anyCa?.sameKey.some(({ certificate: ca }) => mapKey(ca.source.bytes, ca.subject) === name) === true;
}

/**
 * Reports certificates of the CRL's key that have another issuer name: the same key shows that no files were mixed up.
 */
function reportSameKey(ctx: Context<"issuer" | "certificates">, sameKey: readonly GivenCertificate[]): void {
  const { bytes, certificates } = ctx;
  // Certificates of one CA have the same issuer, which is compared once.
  const known = new Map<string, boolean>();
  const isAlike = ({ certificate: { source, issuer } }: GivenCertificate): boolean => {
    const key = mapKey(source.bytes, issuer);
    const found =
      known.get(key) ??
      diffNames({ bytes, name: ctx.issuer }, { bytes: source.bytes, name: issuer })?.equivalent === true;
    known.set(key, found);
    return found;
  };
  const place = { at: ctx.issuer, path: "tbsCertList.issuer" };
  const unlike = sameKey.filter((given) => !isAlike(given));
  // A CA that has changed its name has two, and certificates with both names may be given with one CRL.
  const hasTwoNames = certificates.issued.length > 0;
  reportCertificates(ctx, unlike, {
    ...place,
    ...(hasTwoNames && {
      notes: ["severity capped: other certificates match, so the CA may have this key under two names"],
      atMost: "warning",
    }),
    message: `${countOf(unlike.length, "certificate has", "certificates have")} the authorityKeyIdentifier of the CRL, but another issuer`,
  });
  const alike = sameKey.filter(isAlike);
  reportCertificates(ctx, alike, {
    ...place,
    message: `${countOf(alike.length, "certificate has", "certificates have")} the issuer of the CRL in another encoding`,
    notes: ["severity capped: the two names are equal by RFC 5280 7.1, but many clients compare the bytes"],
    atMost: "warning",
  });
}

/** Makes a certificate of the default CA with another CA name. */
function renamed(kit: Kit): Uint8Array {
  return kit.certificate({ parent: kit.caWith({ subject: "C=AT, O=Example Trust GmbH, CN=Example TLS CA 2" }) });
}
