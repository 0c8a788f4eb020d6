import type { Certificate } from "../../cert/certificate.ts";
import { serialOf } from "../../cert/serial.ts";
import { isOfAnotherKey } from "../../checks/identifiers.ts";
import { reportsCertificateErrors } from "../../checks/covered.ts";
import type { DistributionPoint } from "../../extension/distribution-point.ts";
import { identifySameKey } from "../../extension/authority-key-identifier.ts";
import type { CertificateKnobs, Kit } from "../../fixture/index.ts";
import { namesOfCrl, textsOf } from "../../given/points.ts";
import { diffNames } from "../../name/diff.ts";
import { escapeText } from "../../name/escape.ts";
import { formatName } from "../../name/format.ts";
import { type Context, defineRule, type Violation } from "../../rule/rule.ts";

/** Evidence that URIs lead to a CRL of the CA. */
interface Evidence {
  /** Completes "..., but". */
  readonly shows: string;
  readonly uris: readonly string[];
  readonly finding: Pick<Violation, "related" | "atMost" | "notes">;
}

export default defineRule({
  id: "ca/own-distribution-point",
  title: "CA certificate has the distribution point of a CRL that the CA itself issues",
  looksAt: ["ca"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.13",
      severity: "error",
      quote:
        "If the certificate issuer is not the CRL issuer, then the cRLIssuer field MUST be present and contain the Name of the CRL issuer.",
    },
    {
      source: "rfc5280",
      section: "6.3.3 (b)(1)",
      severity: "error",
      quote: "Otherwise, verify that the CRL issuer matches the certificate issuer.",
    },
  ],
  create(ctx) {
    if (isOfAnotherKey(ctx)) return;
    for (const { certificate, artefact } of ctx.ca.compared) {
      const found = findOwn(directPoints(certificate), ctx);
      if (found === undefined || isOfCrlIssuer(ctx, certificate)) continue;
      const { point, uri, evidence } = found;
      const issuer = formatName(certificate.issuer, certificate.source.bytes);
      ctx.report({
        at: point,
        path: point.path,
        artefact,
        message: `${escapeText(uri)} in cRLDistributionPoints of the CA certificate must lead to a CRL of ${issuer}, but ${evidence.shows}`,
        ...evidence.finding,
      });
    }
  },
  why: "RFC 5280 6.3.3 (b)(1) does not let clients use a CRL of the CA for the certificate of the CA. If the issuer of the CA revokes it, they do not find that at this distribution point.",
  fix: "issue a new CA certificate with the URL of its issuer's CRL; or, if that URL is right, correct the issuingDistributionPoint and the URL of this CRL",
  examples: () => ({
    bad: [
      {
        title: "the distribution point that this CRL has in issuingDistributionPoint",
        make: (kit) => kit.crl({ ca: kit.caWith({ crldp: [ownUri] }), idp: { uris: [ownUri], onlyUser: true } }),
      },
      {
        title: "the URL that this CRL is served from",
        make: (kit) => kit.crl({ ca: kit.caWith({ crldp: [ownUri] }), options: { url: ownUri } }),
      },
      {
        title: "the distribution point of a certificate that the CA issued",
        make: (kit) => kit.crl({ ca: kit.caWith({ crldp: [ownUri] }), certificates: [kit.certificate()] }),
      },
      {
        title: "a second distribution point",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith(withPoints(kit, direct(kit, "http://crl.example.com/root.crl"), direct(kit, ownUri))),
            idp: { uris: ["http://crl.example.com/1.crl", ownUri], onlyUser: true },
          }),
      },
      {
        title: "a cross-certificate with the distribution point of the root's own CRL",
        make: (kit) => {
          const cross = crossCertificate(kit, ownUri);
          return kit.crl({ ...rootCrl(kit), issuerCertificate: [kit.root.certificate, cross] });
        },
      },
    ],
    good: [
      {
        title: "the distribution point of a CRL of the issuer",
        make: (kit) => kit.crl({ idp: { uris: [ownUri], onlyUser: true }, certificates: [kit.certificate()] }),
      },
      {
        title: "no cRLDistributionPoints",
        make: (kit) => kit.crl({ ca: kit.caWith({ crldp: null }), idp: { uris: [ownUri], onlyUser: true } }),
      },
      {
        title: "a self-signed root with the distribution point of its own CRL",
        make: (kit) => {
          const root = kit.caWith({ parent: "self", subject: kit.root.subject, key: "rsa2048b", crldp: [ownUri] });
          return kit.crl({ ...rootCrl(kit), ca: root });
        },
      },
      {
        title: "a self-issued CA certificate whose two names differ only in their string types",
        make: (kit) => {
          const parent = kit.caWith({ subject: kit.ca.subject.retyped("all", "printable"), key: "rsa2048b" });
          return kit.crl({ ca: kit.caWith({ parent, crldp: [ownUri] }), idp: { uris: [ownUri], onlyUser: true } });
        },
      },
      {
        title: "a cross-certificate with the distribution point of a CRL of its issuer",
        make: (kit) => {
          const cross = crossCertificate(kit, "http://crl.example.com/other.crl");
          return kit.crl({ ...rootCrl(kit), issuerCertificate: [kit.root.certificate, cross] });
        },
      },
      {
        title: "cRLIssuer names the CA: an indirect CRL covers its certificate",
        make: (kit) => {
          const { der } = kit;
          const crlIssuer = der.explicit(2, der.explicit(4, kit.ca.subject.der()));
          const point = der.seq(der.explicit(0, der.explicit(0, kit.extension.uri(ownUri))), crlIssuer);
          return kit.crl({
            ca: kit.caWith(withPoints(kit, point)),
            idp: { uris: [ownUri], indirect: true },
            entries: [],
          });
        },
      },
      {
        title: "a CRL of the issuer, linted with the certificate of the CA",
        also: ["issuer/not-byte-identical"],
        make: (kit) =>
          kit.crl({
            issuer: kit.root.subject,
            idp: { uris: ["http://crl.example.com/root.crl"], onlyUser: true },
          }),
      },
      {
        title: "a directory whose entry may have the CRLs of several CAs",
        profile: "rfc5280",
        make: (kit) => {
          const entry = "ldap://ldap.example.com/cn=CRLs,dc=example?certificateRevocationList;binary";
          return kit.crl({ ca: kit.caWith({ crldp: [entry] }), idp: { uris: [entry], onlyUser: true } });
        },
      },
    ],
  }),
});

/** Yields evidence, the strongest first. */
function* findEvidence(ctx: Context<"ca">): Iterable<Evidence> {
  const { crl, artefact, anyUrl, anyCertificates } = ctx;
  const idp = crl.issuingDistributionPoint;
  if (idp !== undefined) {
    yield {
      shows: "issuingDistributionPoint names it for this CRL, which the CA itself issued",
      uris: textsOf(namesOfCrl(crl) ?? []),
      finding: { related: [{ at: idp, path: idp.path, artefact }] },
    };
  }
  if (anyUrl !== undefined) {
    yield {
      shows: "this CRL, which the CA itself issued, is served there",
      uris: [anyUrl],
      finding: {
        atMost: "warning",
        notes: ["severity capped: a CRL of the issuer may be served there from now on"],
      },
    };
  }
  if (!reportsCertificateErrors(ctx)) return;
  for (const given of anyCertificates?.issued ?? []) {
    if (identifySameKey(crl, given.certificate) === false) continue;
    for (const point of directPoints(given.certificate)) {
      yield {
        shows: `a certificate that the CA issued, serial ${serialOf(given)}, has it for a CRL of the CA`,
        uris: urisOf(point),
        finding: {
          related: [{ at: point, path: point.path, artefact: given.artefact }],
          atMost: "warning",
          notes: ["severity capped: the distribution point of the other certificate may be the wrong one"],
        },
      };
    }
  }
}

/** Whether a certificate may be one that the CRL covers, because its issuer is the CRL issuer (RFC 5280 6.3.3 (b)(1)). */
function isOfCrlIssuer({ crl, bytes }: Context<"ca">, { source, issuer, subject, selfIssued }: Certificate): boolean {
  if (selfIssued || crl.issuer === undefined) return true;
  const name = { bytes: source.bytes, name: issuer };
  const own = [
    { bytes, name: crl.issuer },
    { bytes: source.bytes, name: subject },
  ];
  return own.some((each) => diffNames(each, name)?.equivalent !== false);
}

/** Returns the distribution points of a certificate without cRLIssuer: they lead to CRLs of its issuer. */
function directPoints({ crlDistributionPoints }: Certificate): readonly DistributionPoint[] {
  return (crlDistributionPoints?.list ?? []).filter(({ crlIssuer }) => crlIssuer === undefined);
}

/** Returns the URLs of a distribution point. An entry of a directory may have CRLs of several CAs, a file only one. */
function urisOf({ distributionPoint }: DistributionPoint): readonly string[] {
  return textsOf(distributionPoint?.fullName ?? []).filter((uri) => /^https?:/iu.test(uri));
}

/** A distribution point with a URI that leads to a CRL of the CA. */
interface Found {
  readonly point: DistributionPoint;
  readonly uri: string;
  readonly evidence: Evidence;
}

function findOwn(points: readonly DistributionPoint[], ctx: Context<"ca">): Found | undefined {
  const byUri = new Map(points.flatMap((point) => urisOf(point).map((uri) => [uri, point] as const)));
  if (byUri.size === 0) return undefined;
  for (const evidence of findEvidence(ctx)) {
    for (const uri of evidence.uris) {
      const point = byUri.get(uri);
      if (point !== undefined) return { point, uri, evidence };
    }
  }
  return undefined;
}

const ownUri = "http://crl.example.com/tls-ca-1.crl";

function direct({ der, extension }: Kit, uri: string): Uint8Array {
  return der.seq(der.explicit(0, der.explicit(0, extension.uri(uri))));
}

function withPoints({ der, extension, oids }: Kit, ...points: readonly Uint8Array[]): CertificateKnobs {
  const oid = oids.crlDistributionPoints;
  return { replace: { [oid]: extension.extension(oid, der.seq(...points)) } };
}

function rootCrl(kit: Kit) {
  return { ca: kit.root, entries: [], nextUpdate: "2027-10-31T23:59:59Z", idp: { uris: [ownUri], onlyCa: true } };
}

/** Makes a certificate of another CA for the name and the key of the root. */
function crossCertificate(kit: Kit, uri: string): Uint8Array {
  const parent = kit.caWith({ parent: "self", subject: "C=DE, O=Other Trust AG, CN=Other Root", key: "rsa2048c" });
  return kit.caWith({ parent, subject: kit.root.subject, key: "rsa2048b", crldp: [uri] }).certificate;
}
