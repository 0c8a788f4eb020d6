import { Cursor, type Source } from "../../der/cursor.ts";
import { integerText } from "../../der/integer.ts";
import { contents, sameOctets } from "../../der/span.ts";
import { Tag } from "../../der/tag.ts";
import type { GeneralName } from "../../extension/general-name.ts";
import { quiet } from "../../extension/quiet.ts";
import { namesAnotherKey } from "../../checks/identifiers.ts";
import type { GivenCertificate } from "../../given/given.ts";
import { type Context, defineRule } from "../../rule/rule.ts";
import { diffNames } from "../../name/diff.ts";
import { type Name, readName } from "../../name/parse.ts";

export default defineRule({
  id: "aki/issuer-serial-mismatch",
  title: "authorityCertIssuer and authorityCertSerialNumber do not identify the CA certificate",
  looksAt: ["ca", "authorityKeyIdentifier"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.1",
      severity: "warning",
      quote: "the issuer name and serial number",
    },
  ],
  create(ctx) {
    const { authorityCertIssuer, authorityCertSerialNumber, issuerNames } = ctx.authorityKeyIdentifier;
    // aki/issuer-serial-pair reports half a pair; aki/ski-mismatch reports an identifier of another key.
    if (authorityCertIssuer === undefined || authorityCertSerialNumber === undefined || namesAnotherKey(ctx)) return;
    const directoryName = issuerNames.find(({ kind }) => kind === "directoryName");
    const name = directoryName && readDirectoryName(ctx.crl.source, directoryName);
    if (name === undefined) return;
    const wanted = contents(ctx.bytes, authorityCertSerialNumber);
    const isNamed = ({ certificate }: GivenCertificate): boolean =>
      sameOctets(wanted, contents(certificate.source.bytes, certificate.serialNumber)) &&
      sameName(ctx, name, certificate, certificate.issuer);
    if (ctx.ca.sameKey.some(isNamed)) return;
    const { certificate, artefact } = ctx.ca;
    const isSubject =
      !sameName(ctx, name, certificate, certificate.issuer) && sameName(ctx, name, certificate, certificate.subject);
    const serials = `${integerText(ctx.bytes, authorityCertSerialNumber)}; that of the CA certificate is ${integerText(certificate.source.bytes, certificate.serialNumber)}`;
    ctx.report({
      at: { start: authorityCertIssuer.start, end: authorityCertSerialNumber.end },
      path: ctx.authorityKeyIdentifier.path,
      message: isSubject
        ? "authorityCertIssuer is the subject of the CA certificate, not its issuer"
        : `authorityCertIssuer and authorityCertSerialNumber identify another certificate: the serial is ${serials}`,
      related: [{ at: certificate.serialNumber, path: "tbsCertificate.serialNumber", artefact }],
      notes: ["the two fields may identify another certificate for the CA's key, which was not given"],
    });
  },
  why: "Clients that look up the CA by these two fields do not find it. A common mistake is to use the CA's own subject instead of the issuer of its certificate.",
  fix: "leave out both fields, or set them to the issuer and the serialNumber of the CA certificate",
  examples: () => ({
    bad: [
      {
        title: "serial of another certificate",
        make: (kit) => {
          const ca = kit.caWith({ serial: 4660 });
          const keyIdentifier = kit.der.context(0, ca.ski ?? new Uint8Array());
          const issuer = kit.der.explicit(1, kit.der.explicit(4, kit.root.subject.der()));
          const serial = kit.der.context(2, kit.der.raw("1235"));
          return kit.crl({ ca, aki: { value: kit.der.seq(keyIdentifier, issuer, serial) } });
        },
      },
      {
        title: "the CA's subject instead of its issuer",
        make: (kit) => {
          const ca = kit.caWith({ serial: 4660 });
          const keyIdentifier = kit.der.context(0, ca.ski ?? new Uint8Array());
          const issuer = kit.der.explicit(1, kit.der.explicit(4, ca.subject.der()));
          const serial = kit.der.context(2, kit.der.raw("1234"));
          return kit.crl({ ca, aki: { value: kit.der.seq(keyIdentifier, issuer, serial) } });
        },
      },
    ],
    good: [
      {
        title: "issuer and serial of the CA certificate",
        make: (kit) => {
          const ca = kit.caWith({ serial: 4660 });
          const keyIdentifier = kit.der.context(0, ca.ski ?? new Uint8Array());
          const issuer = kit.der.explicit(1, kit.der.explicit(4, kit.root.subject.der()));
          const serial = kit.der.context(2, kit.der.raw("1234"));
          return kit.crl({ ca, aki: { value: kit.der.seq(keyIdentifier, issuer, serial) } });
        },
      },
    ],
  }),
});

function readDirectoryName(source: Source, name: GeneralName): Name | undefined {
  const silent = quiet(source);
  const tlv = Cursor.inside(silent, name, name.path).take(Tag.sequence, "");
  return tlv && readName(silent, tlv, name.path);
}

/** Whether two names are equal by RFC 5280 7.1. */
function sameName(ctx: Context<"ca">, a: Name, { source }: GivenCertificate["certificate"], b: Name): boolean {
  const difference = diffNames({ bytes: ctx.bytes, name: a }, { bytes: source.bytes, name: b });
  return difference === undefined || difference.equivalent;
}
