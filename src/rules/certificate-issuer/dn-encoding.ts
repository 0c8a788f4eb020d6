import type { Certificate } from "../../cert/certificate.ts";
import { matchSerials } from "../../crl/match-serials.ts";
import type { Serials } from "../../crl/serials.ts";
import { Cursor } from "../../der/cursor.ts";
import { mapKey } from "../../der/strings.ts";
import { Tag } from "../../der/tag.ts";
import { readGeneralNames } from "../../extension/general-name.ts";
import { Oid } from "../../extension/oids.ts";
import { withoutErrorReports } from "../../extension/peek.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import { reportListed } from "../../checks/certificate-findings.ts";
import { serialsOf } from "../../given/certificates.ts";
import { entryExtension } from "../../rule/aspects.ts";
import { type Context, defineRule } from "../../rule/rule.ts";
import { diffNames } from "../../name/diff.ts";
import { type Name, readName } from "../../name/parse.ts";

export default defineRule({
  id: "certificate-issuer/dn-encoding",
  title: "certificateIssuer is not encoded like the issuer of the certificate",
  looksAt: [entryExtension(Oid.certificateIssuer), "certificates"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.3.3",
      severity: "error",
      quote: "The encoding of the DN MUST be identical to the encoding used in the certificate.",
    },
  ],
  create(ctx) {
    const { serials } = ctx.entries;
    if (serials.issuers === undefined) return;
    const found = matchSerials(serialsOf(ctx.certificates.all), { ...serials, issuers: undefined });
    const exact = new Set(
      ctx.certificates.covered.filter(({ entry }) => entry >= 0).map(({ certificate }) => certificate),
    );
    const isAlike = comparer(ctx, serials.issuers);
    const unlike = ctx.certificates.all.flatMap((given, i) => {
      const entry = found[i] ?? -1;
      if (entry < 0 || exact.has(given.certificate) || !isAlike(entry, given.certificate)) return [];
      return [{ ...given, entry }];
    });
    reportListed(ctx, unlike, {
      what: (count) =>
        `under a certificateIssuer that is not encoded like the issuer of the ${count === 1 ? "certificate" : "certificates"}`,
    });
  },
  why: "Clients look up an entry of an indirect CRL by the bytes of serial and issuer. If the encoding differs, they do not find the entry, and the certificate stays accepted.",
  fix: "copy the issuer of the certificate, byte for byte, into certificateIssuer",
  examples: () => ({
    bad: [
      {
        title: "PrintableString instead of UTF8String",
        make: (kit) => listed(kit, kit.otherCa.subject.retyped("all", "printable")),
      },
      {
        title: "letters in another case",
        make: (kit) => listed(kit, kit.name("C=DE, O=OTHER TRUST AG, CN=Other TLS CA 1")),
      },
      {
        title: "two certificates, with one of a third CA, one of the CRL issuer and one that is not listed",
        make: (kit) => {
          const alike = kit.extension.certificateIssuer(kit.otherCa.subject.retyped("all", "printable"));
          const third = kit.extension.certificateIssuer(kit.name("C=CH, CN=Third CA"));
          return kit.crl({
            idp: { uris: ["http://crl.example.com/tls-ca-1.crl"], indirect: true },
            entries: [
              { serial: 76, reason: 1 },
              { serial: 77, reason: 1, extensions: [alike] },
              { serial: 78, reason: 1 },
              { serial: 79, reason: 1, extensions: [third] },
            ],
            certificates: [76, 77, 78, 79, 80].map((serial) => kit.certificate({ parent: kit.otherCa, serial })),
          });
        },
      },
      {
        title: "a certificate of the CRL issuer itself",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/tls-ca-1.crl"], indirect: true },
            entries: [
              { serial: 77, extensions: [kit.extension.certificateIssuer(kit.ca.subject.retyped("all", "printable"))] },
            ],
            certificates: [kit.certificate({ serial: 77 })],
          }),
      },
      {
        title: "a dNSName before the directoryName",
        make: (kit) => {
          const name = kit.otherCa.subject.retyped("all", "printable").der();
          const names = kit.der.seq(kit.extension.dnsName("ca.example.com"), kit.der.explicit(4, name));
          return kit.crl({
            idp: { uris: ["http://crl.example.com/tls-ca-1.crl"], indirect: true },
            entries: [{ serial: 77, extensions: [kit.extension.extension(kit.oids.certificateIssuer, names, true)] }],
            certificates: [kit.certificate({ parent: kit.otherCa, serial: 77 })],
          });
        },
      },
    ],
    good: [
      {
        title: "the same bytes in one entry, other bytes in another",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/tls-ca-1.crl"], indirect: true },
            entries: [kit.otherCa.subject.retyped("all", "printable"), kit.otherCa.subject].map((issuer) => ({
              serial: 77,
              reason: 1,
              extensions: [kit.extension.certificateIssuer(issuer)],
            })),
            certificates: [kit.certificate({ parent: kit.otherCa, serial: 77 })],
          }),
      },
      {
        title: "a direct CRL",
        make: (kit) =>
          kit.crl({ entries: [{ serial: 77, reason: 1 }], certificates: [kit.certificate({ serial: 77 })] }),
      },
      { title: "the same bytes", make: (kit) => listed(kit, kit.otherCa.subject) },
      { title: "the serial of a third CA's certificate", make: (kit) => listed(kit, kit.name("C=CH, CN=Third CA")) },
    ],
  }),
});

/** Returns a function that compares the certificateIssuer in effect for an entry with the issuer of a certificate. */
function comparer(ctx: Context<"revokedCertificates">, { offsets, lengths }: NonNullable<Serials["issuers"]>) {
  const answers = new Map<string, boolean>();
  return (entry: number, { source, issuer }: Certificate): boolean => {
    const start = offsets[entry] ?? 0;
    const key = `${start} ${mapKey(source.bytes, issuer)}`;
    let answer = answers.get(key);
    if (answer === undefined) {
      const name = readIssuer(ctx, start, start + (lengths[entry] ?? 0));
      answer = name && diffNames({ bytes: ctx.bytes, name }, { bytes: source.bytes, name: issuer })?.equivalent;
      answers.set(key, (answer ??= false));
    }
    return answer;
  };
}

/**
 * Returns the first directoryName of a certificateIssuer; undefined if the range is empty, because none is in effect.
 */
function readIssuer({ crl }: Context<"revokedCertificates">, start: number, end: number): Name | undefined {
  const source = withoutErrorReports(crl.source);
  const list = new Cursor(source, { start, end }, "").take(Tag.sequence, "");
  const name = list && readGeneralNames(source, list, "", false).find(({ kind }) => kind === "directoryName");
  const inner = name && Cursor.inside(source, name, "").take(Tag.sequence, "");
  return inner && readName(source, inner, "");
}

/** Makes an indirect CRL that lists a certificate of another CA under a name. */
function listed(kit: Kit, issuer: typeof kit.ca.subject): CrlCase {
  return kit.crl({
    idp: { uris: ["http://crl.example.com/tls-ca-1.crl"], indirect: true },
    entries: [{ serial: 77, reason: 1, extensions: [kit.extension.certificateIssuer(issuer)] }],
    certificates: [kit.certificate({ parent: kit.otherCa, serial: 77 })],
  });
}
