import type { Source } from "../../der/cursor.ts";
import { Tag } from "../../der/tag.ts";
import type { Extension } from "../../extension/extension.ts";
import { readGeneralNames } from "../../extension/general-name.ts";
import { Oid } from "../../extension/oids.ts";
import { quiet, quietValue } from "../../extension/quiet.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import { entryExtension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "certificate-issuer/no-dn",
  title: "certificateIssuer of an entry holds no directoryName",
  looksAt: [entryExtension(Oid.certificateIssuer)],
  requirements: [
    {
      source: "rfc5280",
      section: "5.3.3",
      severity: "error",
      quote: "MUST include in this extension the distinguished name (DN) from the issuer field of the certificate",
    },
  ],
  create(ctx) {
    const tally = ctx.tally({ what: "with a certificateIssuer that holds no directoryName" });
    const { source } = ctx.crl;
    return {
      entry(entry) {
        const extension = entry.extensions().find(({ oid }) => oid === Oid.certificateIssuer);
        if (extension !== undefined && hasNoDirectoryName(source, extension)) tally.add(entry);
      },
    };
  },
  why: "Clients compare the directoryName with the issuer of the certificate; without one the entry revokes nothing.",
  fix: "put the issuer of the certificate into certificateIssuer as directoryName, octet for octet",
  examples: () => ({
    bad: [
      {
        title: "dNSName alone",
        make: (kit) => withIssuers(kit, kit.der.seq(kit.extension.dnsName("ca.example.com"))),
      },
      {
        title: "no name at all, beside an entry with a directoryName",
        make: (kit) => withIssuers(kit, kit.der.seq(), kit.der.seq(kit.der.explicit(4, kit.otherCa.subject.der()))),
      },
    ],
    good: [
      {
        title: "directoryName",
        make: (kit) => withIssuers(kit, kit.der.seq(kit.der.explicit(4, kit.otherCa.subject.der()))),
      },
      {
        title: "a dNSName beside the directoryName",
        make: (kit) => {
          const names = [kit.extension.dnsName("ca.example.com"), kit.der.explicit(4, kit.otherCa.subject.der())];
          return withIssuers(kit, kit.der.seq(...names));
        },
      },
      {
        title: "a name behind the dNSName that cannot be read",
        make: (kit) => withIssuers(kit, kit.der.seq(kit.extension.dnsName("ca.example.com"), kit.der.raw("a4ff"))),
        also: ["der/reserved-length-octet"],
      },
      {
        title: "no list of names",
        make: (kit) => withIssuers(kit, kit.der.octetString(kit.extension.dnsName("ca.example.com"))),
        also: ["structure/extension"],
      },
    ],
  }),
});

/** Only of a list that can be read to its end: behind a fault a directoryName may stand. */
function hasNoDirectoryName(source: Source, extension: Extension): boolean {
  const value = quietValue(source, extension);
  if (value?.tag !== Tag.sequence) return false;
  const names = readGeneralNames(quiet(source), value, "");
  const end = names.at(-1)?.end ?? value.content;
  return end === value.contentEnd && !names.some(({ kind }) => kind === "directoryName");
}

/** An indirect CRL with an entry for each of these values of certificateIssuer, and one without. */
function withIssuers(kit: Kit, ...values: readonly Uint8Array[]): CrlCase {
  return kit.crl({
    idp: { uris: ["http://crl.example.com/1.crl"], indirect: true },
    entries: [
      { reason: 1 },
      ...values.map((value) => ({
        reason: 1,
        extensions: [kit.extension.extension(kit.oids.certificateIssuer, value, true)],
      })),
    ],
  });
}
