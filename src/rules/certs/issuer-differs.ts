import type { Kit } from "../../fixture/index.ts";
import { contents, sameOctets } from "../../der/span.ts";
import { countOf, reportCertificates } from "../../checks/certificate-findings.ts";
import type { Crl } from "../../crl/crl.ts";
import type { Certificate } from "../../cert/certificate.ts";
import { isPrecertificate } from "../../cert/kind.ts";
import { listsOtherIssuers } from "../../checks/coverage.ts";
import { namesCrlIssuer, textOf } from "../../given/points.ts";
import { tellsOfCertificates } from "../../checks/covered.ts";
import type { GivenCertificate } from "../../given/given.ts";
import { type Context, defineRule } from "../../rule/rule.ts";
import { diffNames } from "../../name/diff.ts";

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
    if (!tellsOfCertificates(ctx)) return;
    if (listsOtherIssuers(ctx)) return;
    // A cRLIssuer that names this CRL's issuer is the business of certs/crl-issuer-needs-indirect.
    const foreign = certificates.foreign.filter(
      ({ certificate }) => !isPrecertificate(certificate) && !namesCrlIssuer(crl, certificate),
    );
    const sameKey = foreign.filter(({ certificate }) => hasKeyOf(crl, certificate));
    reportSameKey(ctx, sameKey);
    // A heap of certificates of several CAs is no fault as long as this CRL's are in it.
    if (certificates.issued.length > 0 || sameKey.length > 0) return;
    reportCertificates(ctx, foreign, {
      at: ctx.issuer,
      path: "tbsCertList.issuer",
      message: `none of the ${countOf(foreign.length, "certificate")} in scope is issued by the CRL issuer`,
      notes: ["not graver, because nothing shows that they are not meant for another CRL"],
      atMost: "warning",
    });
  },
  why: "A client takes a direct CRL only for certificates of the same issuer: for any other the CRL says nothing, and the certificate stays unchecked.",
  fix: "give the certificates that this CRL is for; if these are, issue the CRL under the name that stands in them as issuer",
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
        title: "the same key under another name, beside a certificate that fits",
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
        title: "neither certificate nor CRL says of which key it is",
        make: (kit) => kit.crl({ aki: null, certificates: [kit.certificate({ parent: kit.otherCa, aki: null })] }),
        also: ["aki/missing"],
      },
    ],
    good: [
      { title: "certificate of the CRL issuer", make: (kit) => kit.crl({ certificates: [kit.certificate()] }) },
      {
        title: "certificates of several CAs, this one's among them",
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

/** Certificates of the CRL's key: that they bear another name is no mix-up of files. */
function reportSameKey(ctx: Context<"issuer" | "certificates">, sameKey: readonly GivenCertificate[]): void {
  const { bytes, certificates } = ctx;
  // Certificates of one CA have one issuer: it is compared once.
  const known = new Map<string, boolean>();
  const isAlike = ({ certificate: { source, issuer } }: GivenCertificate): boolean => {
    const key = textOf(source.bytes, issuer);
    const found =
      known.get(key) ??
      diffNames({ bytes, name: ctx.issuer }, { bytes: source.bytes, name: issuer })?.equivalent === true;
    known.set(key, found);
    return found;
  };
  const place = { at: ctx.issuer, path: "tbsCertList.issuer" };
  const unlike = sameKey.filter((given) => !isAlike(given));
  // A CA that has changed its name has two: certificates of either may have been given to the CRL of one.
  const hasTwoNames = certificates.issued.length > 0;
  reportCertificates(ctx, unlike, {
    ...place,
    ...(hasTwoNames && {
      notes: ["not graver, because other certificates fit: the key may belong to a CA under two names"],
      atMost: "warning",
    }),
    message: `${countOf(unlike.length, "certificate")} of the CRL's key (authorityKeyIdentifier) under another issuer name than the CRL's`,
  });
  const alike = sameKey.filter(isAlike);
  reportCertificates(ctx, alike, {
    ...place,
    message: `${countOf(alike.length, "certificate")} of the CRL's key under an issuer name that is encoded in another way than the CRL's`,
    notes: ["not graver, because RFC 5280 7.1 holds the two names to be the same; many clients compare the octets"],
    atMost: "warning",
  });
}

/** Whether a certificate names the same key as its issuer's that the CRL does. */
function hasKeyOf(crl: Crl, { source, authorityKeyIdentifier }: Certificate): boolean {
  const mine = crl.authorityKeyIdentifier?.keyIdentifier;
  const other = authorityKeyIdentifier?.keyIdentifier;
  if (mine === undefined || other === undefined) return false;
  return sameOctets(contents(crl.source.bytes, mine), contents(source.bytes, other));
}

/** A certificate of the default CA from when it had another name. */
function renamed(kit: Kit): Uint8Array {
  return kit.certificate({ parent: kit.caWith({ subject: "C=AT, O=Example Trust GmbH, CN=Example TLS CA 2" }) });
}
