import { Cursor, type Source } from "../../der/cursor.ts";
import { serialOf, serialText } from "../../cert/serial.ts";
import { compareIntegers } from "../../der/integer.ts";
import { contents } from "../../der/span.ts";
import { Tag } from "../../der/tag.ts";
import type { GeneralName } from "../../extension/general-name.ts";
import { withoutErrorReports } from "../../extension/peek.ts";
import { namesAnotherKey } from "../../checks/identifiers.ts";
import type { CrlCase, CrlKnobs, Kit, KitCa } from "../../fixture/index.ts";
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
      section: "5.2.1",
      severity: "error",
      quote:
        "The authority key identifier extension provides a means of identifying the public key corresponding to the private key used to sign a CRL.",
    },
  ],
  create(ctx) {
    const { authorityCertIssuer, authorityCertSerialNumber, issuerNames } = ctx.authorityKeyIdentifier;
    // aki/issuer-serial-pair reports half a pair; aki/ski-mismatch reports an identifier of another key.
    if (authorityCertIssuer === undefined || authorityCertSerialNumber === undefined || namesAnotherKey(ctx)) return;
    const directoryName = issuerNames.find(({ kind }) => kind === "directoryName");
    const name = directoryName && readDirectoryName(ctx.crl.source, directoryName);
    if (name === undefined) return;
    const serial = contents(ctx.bytes, authorityCertSerialNumber);
    const hasSerial = ({ certificate: { source, serialNumber } }: GivenCertificate): boolean =>
      // OpenSSL compares values; der/integer-not-minimal reports an encoding that is too long.
      compareIntegers(serial, contents(source.bytes, serialNumber)) === 0;
    const isNamed = (given: GivenCertificate): boolean =>
      hasSerial(given) && sameName(ctx, name, given.certificate, given.certificate.issuer);
    if (ctx.ca.sameKey.some(isNamed)) return;
    const given = ctx.ca.sameKey.find(hasSerial) ?? ctx.ca;
    const other = ctx.ca.others.find(isNamed);
    const { message, isCertain } = describe(ctx, name, given, hasSerial(given), other !== undefined);
    ctx.report({
      at: { start: authorityCertIssuer.start, end: authorityCertSerialNumber.end },
      path: ctx.authorityKeyIdentifier.path,
      message,
      related: [other ?? given].map(({ certificate, artefact }) => ({
        at: certificate.serialNumber,
        path: "tbsCertificate.serialNumber",
        artefact,
      })),
      ...(isCertain
        ? {
            notes: [
              `OpenSSL 3.0 compares the two fields with the CA certificate ${given.artefact.name}, and finds no CRL`,
            ],
          }
        : {
            atMost: "warning",
            notes: [
              "severity capped: a self-signed certificate for the CA's key may have this serial, and was not given",
              `OpenSSL 3.0 finds no CRL if a chain contains the CA certificate ${given.artefact.name}`,
            ],
          }),
    });
  },
  why: "Clients that look up the CA by these two fields do not find it. A common mistake is to use the CA's own subject instead of the issuer of its certificate.",
  fix: "leave out both fields, or set them to the issuer and the serialNumber of the CA certificate",
  examples: () => ({
    bad: [
      {
        title: "serial of another certificate",
        make: (kit) => crlWith(kit, kit.root, "1235"),
      },
      {
        title: "subject of the CA with another serial, which its self-signed certificate may have",
        make: (kit) => crlWith(kit, caOf(kit), "1235"),
      },
      {
        title: "serial of the CA with the name of another CA",
        make: (kit) => crlWith(kit, kit.otherCa, "1234"),
      },
      {
        title: "issuer and serial of a certificate for another key",
        make: (kit) => {
          const other = kit.caWith({ serial: 0x5678, key: "p256", subject: "CN=Other CA" });
          const issuerCertificate = [caOf(kit).certificate, other.certificate];
          return crlWith(kit, kit.root, "5678", { issuerCertificate });
        },
      },
      {
        title: "the CA's subject instead of its issuer",
        make: (kit) => crlWith(kit, caOf(kit), "1234"),
      },
    ],
    good: [
      {
        title: "self-signed certificate for the CA's key, which is given as well",
        make: (kit) => {
          const ca = caOf(kit);
          const root = kit.certificate({ parent: "self", key: ca.key, subject: ca.subject, serial: 0x5678, cA: true });
          const issuerCertificate = [ca.certificate, root];
          return crlWith(kit, ca, "5678", { issuerCertificate, options: { scope: "subscriber" } });
        },
      },
      {
        title: "issuer and serial of the CA certificate",
        make: (kit) => crlWith(kit, kit.root, "1234"),
      },
    ],
  }),
});

/** Returns the CA of the examples, whose certificate has the serial 12:34. */
function caOf(kit: Kit): KitCa {
  return kit.caWith({ serial: 0x1234 });
}

/** Returns a CRL of that CA whose authorityKeyIdentifier has the subject of `issuer` and a serial in hexadecimal. */
function crlWith(kit: Kit, issuer: KitCa, serial: string, knobs: CrlKnobs = {}): CrlCase {
  const { der } = kit;
  const ca = caOf(kit);
  const keyIdentifier = der.context(0, ca.ski ?? new Uint8Array());
  const name = der.explicit(1, der.explicit(4, issuer.subject.der()));
  const value = der.seq(keyIdentifier, name, der.context(2, der.raw(serial)));
  return kit.crl({ ca, aki: { value }, ...knobs });
}

/** Returns what is wrong with the two fields, and whether no certificate for the CA's key can explain them. */
function describe(
  ctx: Context<"ca" | "authorityKeyIdentifier">,
  name: Name,
  { certificate }: GivenCertificate,
  hasSerial: boolean,
  isOfOther: boolean,
): { readonly message: string; readonly isCertain: boolean } {
  const { authorityCertSerialNumber: serialNumber } = ctx.authorityKeyIdentifier;
  const isSubject = sameName(ctx, name, certificate, certificate.subject);
  if (isOfOther) {
    return {
      message: "authorityCertIssuer and authorityCertSerialNumber identify a certificate for another key",
      isCertain: true,
    };
  }
  if (hasSerial) {
    const difference = differenceOf(ctx, name, certificate, certificate.issuer);
    return {
      message: isSubject
        ? "authorityCertIssuer is the subject of the CA certificate, not its issuer"
        : `authorityCertIssuer is not the issuer of the CA certificate: ${difference?.summary ?? ""}`,
      isCertain: true,
    };
  }
  const serial = serialNumber === undefined ? "" : serialText(contents(ctx.bytes, serialNumber));
  return {
    message: `authorityCertIssuer and authorityCertSerialNumber identify another certificate: the serial is ${serial}; that of the CA certificate is ${serialOf({ certificate })}`,
    isCertain: !isSubject,
  };
}

function readDirectoryName(source: Source, name: GeneralName): Name | undefined {
  const silent = withoutErrorReports(source);
  const tlv = Cursor.inside(silent, name, name.path).take(Tag.sequence, "");
  return tlv && readName(silent, tlv, name.path);
}

/** Whether two names are equal by RFC 5280 7.1. */
function sameName(ctx: Context<"ca">, a: Name, certificate: GivenCertificate["certificate"], b: Name): boolean {
  const difference = differenceOf(ctx, a, certificate, b);
  return difference === undefined || difference.equivalent;
}

function differenceOf(ctx: Context<"ca">, a: Name, { source }: GivenCertificate["certificate"], b: Name) {
  return diffNames({ bytes: ctx.bytes, name: a }, { bytes: source.bytes, name: b });
}
