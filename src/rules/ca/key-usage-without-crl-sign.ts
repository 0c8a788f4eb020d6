import { Oid } from "../../extension/oids.ts";
import { isOfAnotherKey } from "../../checks/identifiers.ts";
import { maySignCrls } from "../../given/crl-issuer.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "ca/key-usage-without-crl-sign",
  title: "keyUsage of the CA certificate lacks cRLSign",
  looksAt: ["ca"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.3, 6.3.3",
      severity: "error",
      quote:
        "MUST NOT be used to verify signatures on certificates or CRLs unless the corresponding keyCertSign or cRLSign bit is set",
    },
    {
      source: "tls-br",
      section: "7.1.2.10.7",
      severity: "error",
      from: "2023-09-15",
      datedBy: "caNotBefore",
      quote: "`cRLSign` | Y | Y",
    },
  ],
  create(ctx) {
    if (isOfAnotherKey(ctx)) return;
    const { certificate, artefact, compared } = ctx.ca;
    // ca/key-usage-missing reports a certificate without keyUsage.
    if (compared.some((given) => maySignCrls(given.certificate))) return;
    const extension = certificate.extensions?.list.find(({ oid }) => oid === Oid.keyUsage);
    if (extension !== undefined) ctx.report({ at: extension, path: extension.path, artefact });
  },
  why: "RFC 5280 6.3.3 (f) does not let clients verify a CRL with a key that must not sign CRLs. The revocations in the CRL then have no effect.",
  fix: "issue a new CA certificate with cRLSign, or sign with a key that has it; a new CRL signed with the same key does not fix this",
  examples: () => ({
    bad: [
      { title: "only keyCertSign", make: (kit) => kit.crl({ ca: kit.caWith({ keyUsage: ["keyCertSign"] }) }) },
      {
        title: "only keyCertSign, under the TLS BR",
        profile: "tls-br",
        make: (kit) => kit.crl({ ca: kit.caWith({ keyUsage: ["keyCertSign"] }) }),
      },
    ],
    good: [
      { title: "only cRLSign", make: (kit) => kit.crl({ ca: kit.caWith({ keyUsage: ["cRLSign"] }) }) },
      {
        title: "another certificate for the same key has cRLSign",
        make: (kit) =>
          kit.crl({ issuerCertificate: [kit.caWith({ keyUsage: ["keyCertSign"] }).certificate, kit.ca.certificate] }),
      },
      {
        title: "the certificate given is for the key that signs certificates, not for the key that signs the CRL",
        also: ["signature/invalid"],
        make: (kit) =>
          kit.crl({ issuerCertificate: kit.caWith({ key: "rsa2048c", keyUsage: ["keyCertSign"] }).certificate }),
      },
    ],
  }),
});
