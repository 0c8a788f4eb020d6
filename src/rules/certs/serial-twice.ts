import type { Certificate } from "../../cert/certificate.ts";
import { CertificateOid, isPrecertificate } from "../../cert/kind.ts";
import { findRepeats } from "../../crl/repeats.ts";
import { mapKey } from "../../der/strings.ts";
import type { CertificateKnobs, ExtensionKnob, Kit } from "../../fixture/index.ts";
import { reportCertificates } from "../../checks/certificate-findings.ts";
import { type Listing, serialsOf } from "../../given/certificates.ts";
import { reportsCertificateErrors } from "../../checks/covered.ts";
import { serialOf } from "../../cert/serial.ts";
import { defineRule } from "../../rule/rule.ts";
import { countOf } from "../../rule/format-count.ts";

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
    { source: "mozilla", section: "5.2", severity: "error", from: "2020-01-01" },
  ],
  create(ctx) {
    if (!reportsCertificateErrors(ctx)) return;
    const groups = groupBySerial(ctx.certificates.issued).filter(
      (group) => isIssuedTwice(group) || differsFromPrecertificate(group),
    );
    const faulty = groups.flat();
    const [first] = faulty;
    if (first === undefined) return;
    const listed = faulty.find(({ entry }) => entry >= 0);
    reportCertificates(ctx, faulty, {
      message:
        groups.length === 1
          ? `serial ${serialOf(first)} is used by different certificates of the CRL issuer`
          : `${countOf(groups.length, "serial")} are each used by different certificates of the CRL issuer; the first is ${serialOf(first)}`,
      notes: [
        ...(listed === undefined
          ? []
          : [`the CRL lists ${serialOf(listed)}; this entry revokes all certificates with that serial`]),
        ...(groups.some(differsFromPrecertificate)
          ? [
              "a precertificate and its certificate have the same serial (RFC 6962), but these differ in more than the poison and the timestamps",
            ]
          : []),
      ],
    });
  },
  why: "A CRL identifies a certificate only by its issuer and serial. Revoking one certificate therefore revokes the other, and software that indexes certificates by issuer and serial confuses them.",
  fix: "revoke the certificates, and reissue those that are still needed, each with its own serial",
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
        title: "a certificate that is valid for one second longer than its precertificate",
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
        title: "two certificates made from one precertificate, with different timestamps",
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

/** Returns the certificates that share their serial with others, grouped by serial. */
function groupBySerial(certificates: readonly Listing[]): readonly (readonly Listing[])[] {
  const groups = new Map<number, Listing[]>();
  // A place is 0 for the first certificate with a serial, and the index of the first one plus 1 for the others.
  findRepeats(serialsOf(certificates)).firsts.forEach((place, i) => {
    const [first, again] = [certificates[place - 1], certificates[i]];
    if (first === undefined || again === undefined) return;
    const group = groups.get(place) ?? [first];
    group.push(again);
    groups.set(place, group);
  });
  return [...groups.values()];
}

/** Whether the tbsCertificates of some certificates differ; the same one may have been signed more than once. */
function isIssuedTwice(group: readonly Listing[]): boolean {
  const issued = group.filter(({ certificate }) => !isPrecertificate(certificate));
  return areSeveral(issued, ({ source, tbsCertificate }) => mapKey(source.bytes, tbsCertificate));
}

/**
 * Whether one of them is a precertificate, and more fields differ than may between a precertificate and its
 * certificate.
 */
function differsFromPrecertificate(group: readonly Listing[]): boolean {
  return group.some(({ certificate }) => isPrecertificate(certificate)) && areSeveral(group, announcedBy);
}

function areSeveral(group: readonly Listing[], contentOf: (certificate: Certificate) => string): boolean {
  return new Set(group.map(({ certificate }) => contentOf(certificate))).size > 1;
}

/**
 * Returns the fields that a precertificate and its certificate have in common: those of the tbsCertificate, and its
 * extensions without the poison of the one and the timestamps of the other (RFC 6962 3.1 and 3.2).
 */
function announcedBy({ source, tbsCertificate, publicKey, extensions }: Certificate): string {
  const fields = { start: tbsCertificate.content, end: publicKey.end };
  const common = extensions?.list.filter(({ oid }) => !ofTransparency.has(oid ?? "")) ?? [];
  return [fields, ...common].map((span) => mapKey(source.bytes, span)).join("");
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

/** Makes a list of Certificate Transparency timestamps; no rule reads its content. */
function timestamps({ extension, der }: Kit, content: number): ExtensionKnob {
  return extension.extension(CertificateOid.signedTimestamps, der.octetString(Uint8Array.of(0, 1, content)));
}
