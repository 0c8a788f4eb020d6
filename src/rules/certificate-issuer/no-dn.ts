import type { Source } from "../../der/cursor.ts";
import { contentLength } from "../../der/span.ts";
import { Tag } from "../../der/tag.ts";
import type { Extension } from "../../extension/extension.ts";
import { readGeneralNames } from "../../extension/general-name.ts";
import { Oid } from "../../extension/oids.ts";
import { withoutErrorReports, peekValue } from "../../extension/peek.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import { entryExtension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "certificate-issuer/no-dn",
  title: "certificateIssuer of an entry has no directoryName",
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
    const tally = ctx.tally({ what: "with a certificateIssuer that has no directoryName" });
    const { source } = ctx.crl;
    return {
      entry(entry) {
        const extension = entry.extensions().find(({ oid }) => oid === Oid.certificateIssuer);
        if (extension !== undefined && hasNoDirectoryName(source, extension)) tally.add(entry);
      },
    };
  },
  why: "Clients compare the directoryName with the issuer of the certificate. Without one, the entry has no effect, and the certificate stays accepted.",
  fix: "put the issuer of the certificate into certificateIssuer as directoryName, byte for byte",
  examples: () => ({
    bad: [
      {
        title: "only a dNSName",
        make: (kit) => withIssuers(kit, kit.der.seq(kit.extension.dnsName("ca.example.com"))),
      },
      {
        title: "no names, and another entry with a directoryName",
        make: (kit) => withIssuers(kit, kit.der.seq(), kit.der.seq(kit.der.explicit(4, kit.otherCa.subject.der()))),
      },
    ],
    good: [
      {
        title: "directoryName",
        make: (kit) => withIssuers(kit, kit.der.seq(kit.der.explicit(4, kit.otherCa.subject.der()))),
      },
      {
        title: "a dNSName and a directoryName",
        make: (kit) => {
          const names = [kit.extension.dnsName("ca.example.com"), kit.der.explicit(4, kit.otherCa.subject.der())];
          return withIssuers(kit, kit.der.seq(...names));
        },
      },
      {
        title: "a name after the dNSName that cannot be read",
        make: (kit) => withIssuers(kit, kit.der.seq(kit.extension.dnsName("ca.example.com"), kit.der.raw("a4ff"))),
        also: ["der/reserved-length-octet"],
      },
      {
        title: "an OCTET STRING instead of a list of names",
        make: (kit) => withIssuers(kit, kit.der.octetString(kit.extension.dnsName("ca.example.com"))),
        also: ["structure/extension"],
      },
    ],
  }),
});

/** Whether a list has no directoryName; false if the list cannot be read to its end, because one may follow. */
function hasNoDirectoryName(source: Source, extension: Extension): boolean {
  const value = peekValue(source, extension);
  if (value?.tag !== Tag.sequence) return false;
  const names = readGeneralNames(withoutErrorReports(source), value, "", false);
  const length = names.reduce((sum, name) => sum + name.end - name.start, 0);
  return length === contentLength(value) && !names.some(({ kind }) => kind === "directoryName");
}

/** Makes an indirect CRL with one entry without certificateIssuer, and one for each of these values of it. */
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
