import { contentLength, contents, shortHex } from "../../der/span.ts";
import { tlsKeyIdentifier } from "../../checks/key-identifier.ts";
import { matchesKeyIdentifier } from "../../given/pair.ts";
import { defineRule } from "../../rule/rule.ts";
import { findSignatureFault } from "../../checks/signature-fault.ts";

export default defineRule({
  id: "aki/ski-mismatch",
  title: "keyIdentifier is not the CA's subjectKeyIdentifier",
  looksAt: ["ca", "authorityKeyIdentifier"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.1, 4.2.1.2",
      severity: "error",
      quote: "the key identifier (the subject key identifier in the CRL signer's certificate)",
    },
    tlsKeyIdentifier,
    // Taken from the tool that reads these CRLs; the specification was not available.
    { source: "matter", section: "6.2.4.1", severity: "notice" },
  ],
  create(ctx) {
    const { keyIdentifier } = ctx.authorityKeyIdentifier;
    // aki/empty reports an empty identifier.
    if (keyIdentifier === undefined || contentLength(keyIdentifier) === 0) return;
    const { sameKey, verification } = ctx.ca;
    // If the signature is also by another key, the certificate is for that key: signature/invalid reports it.
    if (verification.verdict === "invalid" && findSignatureFault(ctx) === undefined) return;
    const answers = sameKey.map(({ certificate }) => matchesKeyIdentifier(ctx.crl, certificate));
    const wrong = sameKey[answers.indexOf(false)];
    const subjectKeyIdentifier = wrong?.certificate.subjectKeyIdentifier;
    if (wrong === undefined || subjectKeyIdentifier === undefined || answers.includes(true)) return;
    const named = ctx.ca.others.find(({ certificate }) => matchesKeyIdentifier(ctx.crl, certificate) === true);
    const { source } = wrong.certificate;
    ctx.report({
      at: keyIdentifier,
      path: `${ctx.authorityKeyIdentifier.path}.keyIdentifier`,
      message: `keyIdentifier is ${shortHex(contents(ctx.bytes, keyIdentifier), ":")}, not the CA's ${describe(contents(source.bytes, subjectKeyIdentifier))}`,
      related: [
        { at: subjectKeyIdentifier, path: "tbsCertificate.extensions.subjectKeyIdentifier", artefact: wrong.artefact },
      ],
      notes:
        named === undefined
          ? []
          : [`it is the subjectKeyIdentifier of another certificate given, ${named.artefact.name}`],
    });
  },
  why: "Clients find the CA certificate by this identifier. If it differs, OpenSSL 3.0, Node 20 and Java 17 with hard fail treat the CRL as that of another CA, and reject every certificate. Java 17 with soft fail accepts revoked ones.",
  fix: "set keyIdentifier to the bytes of the CA's subjectKeyIdentifier",
  examples: () => ({
    bad: [
      {
        title: "one bit differs",
        make: (kit) =>
          kit.crl({ aki: (kit.ca.ski ?? new Uint8Array()).map((byte, i) => (i === 19 ? byte ^ 1 : byte)) }),
      },
      {
        title: "one byte shorter, under the TLS BR",
        profile: "tls-br",
        make: (kit) => kit.crl({ aki: (kit.ca.ski ?? new Uint8Array()).slice(0, 19) }),
      },
      {
        title: "the CA's subjectKeyIdentifier is empty",
        make: (kit) => {
          const empty = kit.caWith({ ski: new Uint8Array() });
          return kit.crl({ issuerCertificate: empty.certificate, aki: kit.ca.ski ?? new Uint8Array() });
        },
      },
      {
        title: "the identifier of another key in a TBSCertList",
        make: (kit) => kit.crl({ form: "tbs", aki: kit.otherCa.ski ?? new Uint8Array() }),
      },
    ],
    good: [
      { title: "the CA's subjectKeyIdentifier", make: (kit) => kit.crl() },
      {
        title: "the subjectKeyIdentifier of another certificate for the same key",
        make: (kit) => {
          const crossed = kit.caWith({ ski: kit.der.raw("0102030405060708") });
          return kit.crl({ issuerCertificate: [crossed.certificate, kit.ca.certificate] });
        },
      },
    ],
  }),
});

function describe(subjectKeyIdentifier: Uint8Array): string {
  return subjectKeyIdentifier.length === 0
    ? "empty subjectKeyIdentifier"
    : `subjectKeyIdentifier ${shortHex(subjectKeyIdentifier, ":")}`;
}
