import { matchSerials } from "../../crl/match-serials.ts";
import { Cursor } from "../../der/cursor.ts";
import { Tag } from "../../der/tag.ts";
import { readGeneralNames } from "../../extension/general-name.ts";
import { quiet } from "../../extension/quiet.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import { reportListed } from "../../lint/certificate-findings.ts";
import { type Listing, serialsOf } from "../../lint/certificates.ts";
import { textOf } from "../../lint/points.ts";
import { type Context, defineRule } from "../../lint/rule.ts";
import { diffNames } from "../../name/diff.ts";
import { type Name, readName } from "../../name/parse.ts";

export default defineRule({
  id: "certificate-issuer/dn-encoding",
  title: "certificateIssuer is encoded in another way than the issuer of the certificate",
  needs: ["revokedCertificates", "certificates"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.3.3",
      severity: "error",
      quote: "The encoding of the DN MUST be identical to the encoding used in the certificate.",
    },
  ],
  why: "Clients look an entry of an indirect CRL up by the octets of serial and issuer. Encoded in another way, the entry revokes nothing for them.",
  fix: "copy the issuer of the certificate, octet for octet, into certificateIssuer",
  examples: {
    bad: [
      {
        title: "PrintableString in place of UTF8String",
        make: (kit) => listed(kit, kit.otherCa.subject.retyped("all", "printable")),
      },
      {
        title: "another case",
        make: (kit) => listed(kit, kit.name("C=DE, O=OTHER TRUST AG, CN=Other TLS CA 1")),
      },
    ],
    good: [
      { title: "the same octets", make: (kit) => listed(kit, kit.otherCa.subject) },
      { title: "the serial of a third CA's certificate", make: (kit) => listed(kit, kit.name("C=CH, CN=Third CA")) },
    ],
  },
  create(ctx) {
    const { serials } = ctx.entries;
    if (serials.issuers === undefined) return;
    const found = matchSerials(serialsOf(ctx.certificates.all), { ...serials, issuers: undefined });
    const exact = new Set(
      ctx.certificates.covered.filter(({ entry }) => entry >= 0).map(({ certificate }) => certificate),
    );
    const compare = comparer(ctx);
    const unlike = ctx.certificates.all.flatMap((given, i): readonly Listing[] => {
      const entry = found[i] ?? -1;
      if (entry < 0 || exact.has(given.certificate) || !compare(entry, given.certificate)) return [];
      return [{ ...given, entry, likeEntry: -1 }];
    });
    reportListed(ctx, unlike, {
      what: (count) =>
        `under a certificateIssuer that is encoded in another way than the issuer of the ${count === 1 ? "certificate" : "certificates"}`,
    });
  },
});

/** Tells whether the certificateIssuer in effect for an entry is the issuer of a certificate in another encoding. */
function comparer(ctx: Context<"revokedCertificates">) {
  const { issuers } = ctx.entries.serials;
  const answers = new Map<string, boolean>();
  return (entry: number, { source, issuer }: Listing["certificate"]): boolean => {
    const start = issuers?.offsets[entry] ?? 0;
    const length = issuers?.lengths[entry] ?? 0;
    if (length === 0) return false;
    const key = `${start} ${textOf(source.bytes, issuer)}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const named = readIssuer(ctx, start, start + length);
    const difference = named && diffNames({ bytes: ctx.bytes, name: named }, { bytes: source.bytes, name: issuer });
    answers.set(key, difference?.equivalent === true);
    return difference?.equivalent === true;
  };
}

/** The first directoryName of a certificateIssuer. */
function readIssuer({ crl }: Context<"revokedCertificates">, start: number, end: number): Name | undefined {
  const source = quiet(crl.source);
  const list = new Cursor(source, { start, end }, "").take(Tag.sequence, "");
  const name = list && readGeneralNames(source, list, "").find(({ kind }) => kind === "directoryName");
  const inner = name && Cursor.inside(source, name, "").take(Tag.sequence, "");
  return inner && readName(source, inner, "");
}

/** An indirect CRL with a certificate of another CA, listed under a name. */
function listed(kit: Kit, issuer: typeof kit.ca.subject): CrlCase {
  return kit.crl({
    idp: { uris: ["http://crl.example.com/tls-ca-1.crl"], indirect: true },
    entries: [{ serial: 77, reason: 1, extensions: [kit.extension.certificateIssuer(issuer)] }],
    certificates: [kit.certificate({ parent: kit.otherCa, serial: 77 })],
  });
}
