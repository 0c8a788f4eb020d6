import type { Certificate } from "../../cert/certificate.ts";
import { CertificateOid, isPrecertificate } from "../../cert/kind.ts";
import { findRepeats } from "../../crl/repeats.ts";
import type { CertificateKnobs, ExtensionKnob, Kit } from "../../fixture/index.ts";
import { countOf, reportCertificates } from "../../checks/certificate-findings.ts";
import { type Listing, serialsOf } from "../../given/certificates.ts";
import { tellsOfCertificates } from "../../checks/covered.ts";
import { serialOf } from "../../cert/serial.ts";
import { textOf } from "../../given/points.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "certs/serial-twice",
  title: "two certificates of the CRL issuer have the same serial",
  looksAt: ["certificates"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.1.2.2",
      severity: "error",
      quote:
        "It MUST be unique for each certificate issued by a given CA (i.e., the issuer name and serial number identify a unique certificate).",
    },
    { source: "mozilla", section: "5.2", severity: "error" },
  ],
  create(ctx) {
    if (!tellsOfCertificates(ctx)) return;
    const groups = groupBySerial(ctx.certificates.issued).filter(
      (group) => isIssuedTwice(group) || isAnnouncedOtherwise(group),
    );
    const faulty = groups.flat();
    const [first] = faulty;
    if (first === undefined) return;
    const listed = faulty.find(({ entry }) => entry >= 0);
    reportCertificates(ctx, faulty, {
      message:
        groups.length === 1
          ? `serial ${serialOf(first)} stands in different certificates of the CRL issuer`
          : `${countOf(groups.length, "serial")} stand in different certificates of the CRL issuer each; ${serialOf(first)} the first`,
      notes: [
        ...(listed === undefined ? [] : [`the CRL lists ${serialOf(listed)}: the entry revokes all that have it`]),
        ...(groups.some(isAnnouncedOtherwise)
          ? ["a precertificate has the serial of its certificate rightly (RFC 6962), but here the two differ in more"]
          : []),
      ],
    });
  },
  why: "A CRL names a certificate by its issuer and serial alone: who revokes one of the two revokes the other, and who keeps certificates by that pair takes one for the other.",
  fix: "revoke the certificates, and issue what is still wanted anew, each under a serial of its own",
  examples: () => ({
    bad: [
      {
        title: "two server certificates",
        make: (kit) =>
          kit.crl({ certificates: ["a", "b"].map((host) => numbered(kit, { dnsNames: [`${host}.example.com`] })) }),
      },
      {
        title: "two certificates, and the CRL lists the serial",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 77, reason: 4 }],
            certificates: [numbered(kit), numbered(kit, { policies: ["2.23.140.1.2.1"] })],
          }),
      },
      {
        title: "two serials, each in two certificates",
        make: (kit) =>
          kit.crl({
            certificates: [77, 78, 79, 78, 77].map((serial, i) =>
              numbered(kit, { serial, dnsNames: [`${i}.example.com`] }),
            ),
          }),
      },
      {
        title: "a certificate that is valid for a second more than its precertificate says",
        profile: "mozilla",
        make: (kit) =>
          kit.crl({
            certificates: [
              numbered(kit, { notAfter: "2027-01-01T00:00:00Z", extra: [poison(kit)] }),
              numbered(kit, { notAfter: "2027-01-01T00:00:01Z", extra: [timestamps(kit, 1)] }),
            ],
          }),
      },
      {
        title: "a certificate with an extension that its precertificate does not have",
        make: (kit) =>
          kit.crl({
            certificates: [numbered(kit, { extra: [poison(kit)] }), numbered(kit, { policies: ["2.23.140.1.2.1"] })],
          }),
      },
      {
        title: "two certificates made of one precertificate, with other timestamps",
        make: (kit) =>
          kit.crl({
            certificates: [poison(kit), timestamps(kit, 1), timestamps(kit, 2)].map((one) =>
              numbered(kit, { extra: [one] }),
            ),
          }),
      },
    ],
    good: [
      {
        title: "a certificate and its precertificate",
        make: (kit) =>
          kit.crl({
            certificates: [numbered(kit, { extra: [poison(kit)] }), numbered(kit, { extra: [timestamps(kit, 1)] })],
          }),
      },
      {
        title: "the same certificate twice",
        make: (kit) => kit.crl({ certificates: [numbered(kit), numbered(kit)] }),
      },
      {
        title: "the same certificate, signed twice",
        make: (kit) =>
          kit.crl({
            certificates: [
              numbered(kit),
              numbered(kit, { patch: (der) => der.with(der.length - 1, (der.at(-1) ?? 0) ^ 1) }),
            ],
          }),
      },
      {
        title: "the same serial under another CA",
        make: (kit) => kit.crl({ certificates: [numbered(kit), numbered(kit, { parent: kit.otherCa })] }),
      },
      {
        title: "serials that begin alike",
        make: (kit) => kit.crl({ certificates: ["4d01", "4d0101"].map((serial) => kit.certificate({ serial })) }),
      },
    ],
  }),
});

/** The certificates whose serial others of them have too, by serial: none that stands alone. */
function groupBySerial(certificates: readonly Listing[]): readonly (readonly Listing[])[] {
  const groups = new Map<number, Listing[]>();
  // One more than the place of the first with the serial, 0 where that is itself.
  findRepeats(serialsOf(certificates)).firsts.forEach((place, i) => {
    const [first, again] = [certificates[place - 1], certificates[i]];
    if (first === undefined || again === undefined) return;
    const group = groups.get(place) ?? [first];
    group.push(again);
    groups.set(place, group);
  });
  return [...groups.values()];
}

/** Whether the tbsCertificates of some certificates differ; how often each was signed says nothing. */
function isIssuedTwice(group: readonly Listing[]): boolean {
  const issued = group.filter(({ certificate }) => !isPrecertificate(certificate));
  return areSeveral(issued, ({ source, tbsCertificate }) => textOf(source.bytes, tbsCertificate));
}

/** Whether there is a precertificate among them that announces another certificate than they are or announce. */
function isAnnouncedOtherwise(group: readonly Listing[]): boolean {
  return group.some(({ certificate }) => isPrecertificate(certificate)) && areSeveral(group, announcedBy);
}

function areSeveral(group: readonly Listing[], contentOf: (certificate: Certificate) => string): boolean {
  return new Set(group.map(({ certificate }) => contentOf(certificate))).size > 1;
}

/**
 * What a precertificate and its certificate have in common: the fields of the tbsCertificate, and its extensions without
 * the poison of the one and the timestamps of the other (RFC 6962 3.1 and 3.2).
 */
function announcedBy({ source, tbsCertificate, publicKey, extensions }: Certificate): string {
  const fields = { start: tbsCertificate.content, end: publicKey.end };
  const common = extensions?.list.filter(({ oid }) => !ofTransparency.has(oid ?? "")) ?? [];
  return [fields, ...common].map((span) => textOf(source.bytes, span)).join("");
}

/** Extensions in which a certificate and its precertificate may differ. */
const ofTransparency: ReadonlySet<string> = new Set([
  CertificateOid.precertificatePoison,
  CertificateOid.signedTimestamps,
]);

function numbered(kit: Kit, knobs: CertificateKnobs = {}): Uint8Array {
  return kit.certificate({ serial: 77, ...knobs });
}

function poison({ extension, der }: Kit): ExtensionKnob {
  return extension.extension(CertificateOid.precertificatePoison, der.nul(), true);
}

/** A list of timestamps of Certificate Transparency, as far as anybody here looks into it. */
function timestamps({ extension, der }: Kit, content: number): ExtensionKnob {
  return extension.extension(CertificateOid.signedTimestamps, der.octetString(Uint8Array.of(0, 1, content)));
}
