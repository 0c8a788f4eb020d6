import type { Crl } from "../../crl/crl.ts";
import { bytesOf } from "../../der/span.ts";
import { describeDifference } from "../../checks/compare-names.ts";
import { matchesSubject } from "../../given/pair.ts";
import type { GivenCertificate } from "../../given/given.ts";
import { defineRule } from "../../rule/rule.ts";
import { diffNames } from "../../name/diff.ts";
import type { NameDifference } from "../../name/difference.ts";
import { explainDifference } from "../../name/explain.ts";
import { formatEncoded } from "../../name/format.ts";
import type { Name } from "../../name/parse.ts";

export default defineRule({
  id: "issuer/not-byte-identical",
  core: "issuer",
  title: "CRL issuer is not byte-for-byte the CA's subject",
  looksAt: ["givenCa", "issuer", "uncommon issuer"],
  requirements: [
    {
      source: "tls-br",
      section: "7.2",
      severity: "error",
      from: "2024-03-15",
      quote: "MUST be byte-for-byte identical to the `subject` field of the Issuing CA.",
    },
    {
      source: "rfc5280",
      section: "4.1.2.6",
      severity: "error",
      quote:
        "distinguished name matching the contents of the issuer field (Section 5.1.2.3) in all CRLs issued by the subject CRL issuer",
    },
    {
      source: "rfc5280",
      section: "4.1.2.6 (b)",
      severity: "error",
      quote:
        "the subject field MUST be encoded in the same way as it is encoded in the issuer field (Section 5.1.2.3) in all CRLs",
    },
  ],
  create(ctx) {
    const { givenCa, issuer } = ctx;
    if (givenCa.compared.some(({ certificate }) => matchesSubject(ctx.crl, certificate))) return;
    const difference = compare(ctx.bytes, issuer, givenCa);
    if (difference === undefined) return;
    const { certificate } = givenCa;
    const explained = explainDifference(difference);
    ctx.report({
      at: issuer,
      path: "tbsCertList.issuer",
      ...(givenCa.isAnother
        ? {
            message:
              "the certificate given is not that of the CA that issued this CRL: its name and its key do not match",
            notes: anotherCaNotes(ctx.crl, certificate.subject, certificate.source.bytes),
            help: `${ctx.stated.isLive ? "serve the CRL of the CA whose certificate was given, or " : ""}give the certificate of the CA ${formatEncoded(issuer, ctx.bytes)}; rules that need it were skipped`,
          }
        : {
            message: `CRL issuer is not byte-for-byte the CA's subject: ${difference.summary}`,
            notes: [...explained.notes, ...comparedNotes(givenCa.compared)],
            help: explained.help,
          }),
      related: givenCa.compared.map((given) => ({
        at: given.certificate.subject,
        path: "tbsCertificate.subject",
        artefact: given.artefact,
      })),
      names: describeDifference(
        difference,
        { bytes: ctx.bytes, name: issuer, path: "tbsCertList.issuer" },
        { bytes: certificate.source.bytes, name: certificate.subject, path: "tbsCertificate.subject" },
      ),
      // RFC 5280 4.1.2.6 has one sentence on names that do not match, and one on names that match in another encoding.
      violates: ctx.requirements.filter(
        ({ source, section }) => source !== "rfc5280" || section.endsWith("(b)") === difference.equivalent,
      ),
    });
  },
  why:
    "Software looks up a CRL by its issuer's name. If the bytes differ, it finds none, and revoked certificates stay " +
    "accepted or all certificates are rejected. In March 2024, a CA published CRLs with its subject's RDNs in reverse " +
    "order ([Bugzilla 1888371](https://bugzilla.mozilla.org/show_bug.cgi?id=1888371)); the defect came back twice, and " +
    "its root was distrusted in June.",
  fix: "copy the CA certificate's subject TLV into tbsCertList.issuer unchanged; do not rebuild it from text",
  examples: () => ({
    bad: [
      {
        title: "RDNs in reverse order (Bugzilla 1888371)",
        make: (kit) => kit.crl({ issuer: kit.ca.subject.reversed() }),
      },
      {
        title: "PrintableString where the CA certificate has UTF8String",
        make: (kit) => kit.crl({ issuer: kit.ca.subject.retyped(1, "printable") }),
      },
      {
        title: "attribute text in another case",
        make: (kit) => kit.crl({ issuer: kit.ca.subject.withText(1, "EXAMPLE TRUST GmbH") }),
      },
      { title: "missing RDN", make: (kit) => kit.crl({ issuer: kit.ca.subject.without(1) }) },
      { title: "name of the CA's own issuer", make: (kit) => kit.crl({ issuer: kit.root.subject }) },
      {
        title: "certificate of another CA",
        make: (kit) => kit.crl({ issuerCertificate: kit.otherCa.certificate }),
      },
      {
        title: "two certificates with the CA's key, neither with the name",
        make: (kit) => {
          const renamed = kit.caWith({ subject: "C=AT, O=Example Trust GmbH, CN=Example TLS CA 1 G2" });
          return kit.crl({
            issuer: kit.ca.subject.reversed(),
            issuerCertificate: [kit.ca.certificate, renamed.certificate],
          });
        },
      },
      {
        title: "certificate of another CA, and a CRL without authorityKeyIdentifier",
        make: (kit) => kit.crl({ issuerCertificate: kit.otherCa.certificate, aki: null }),
        also: ["aki/missing"],
      },
      { title: "empty issuer", make: (kit) => kit.crl({ issuer: "" }), also: ["issuer/empty"] },
    ],
    good: [
      { title: "issuer copied from the CA certificate", make: (kit) => kit.crl() },
      {
        title: "two certificates with the CA's key and different subjects; the CRL matches one",
        make: (kit) => {
          const renamed = kit.caWith({ subject: "C=AT, O=Example Trust GmbH, CN=Example TLS CA 1 G2" });
          return kit.crl({ issuerCertificate: [renamed.certificate, kit.ca.certificate] });
        },
      },
      {
        title: "empty issuer of a CA whose subject is also empty, reported by issuer/empty",
        make: (kit) => kit.crl({ ca: kit.caWith({ subject: "" }) }),
        also: ["issuer/empty"],
      },
    ],
  }),
});

function compare(bytes: Uint8Array, issuer: Name, { certificate }: GivenCertificate): NameDifference | undefined {
  const { source, subject, issuer: parent } = certificate;
  return diffNames(
    { bytes, name: issuer },
    { bytes: source.bytes, name: subject },
    { parent: bytesOf(source.bytes, parent) },
  );
}

function comparedNotes(compared: readonly GivenCertificate[]): readonly string[] {
  if (compared.length === 1) return [];
  const names = compared.map(({ certificate, artefact }) => {
    return `${artefact.name}: ${formatEncoded(certificate.subject, certificate.source.bytes)}`;
  });
  return [
    `${compared.length} certificates given have the key of this CRL, and its issuer must match one of them: ${names.join("; ")}`,
  ];
}

function anotherCaNotes({ authorityKeyIdentifier }: Crl, subject: Name, bytes: Uint8Array): readonly string[] {
  const given = `the certificate given is that of ${formatEncoded(subject, bytes)}`;
  if (authorityKeyIdentifier?.keyIdentifier !== undefined) return [given];
  return [given, "the CRL has no keyIdentifier that identifies the key of its issuer"];
}
