import { contentLength } from "../../der/span.ts";
import { defineRule } from "../../rule/rule.ts";

/** Octets of the identifiers that CAs derive from keys: RFC 5280 4.2.1.2 (1) and (2), RFC 7093 2. */
const usual: ReadonlySet<number> = new Set([20, 8, 32]);

export default defineRule({
  id: "aki/keyid-unusual-length",
  title: "keyIdentifier has an unusual length",
  looksAt: ["authorityKeyIdentifier"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const { keyIdentifier } = ctx.authorityKeyIdentifier;
    // With the CA's subjectKeyIdentifier at hand its length does not matter: aki/ski-mismatch compares the octets.
    if (keyIdentifier === undefined || ctx.anyCa?.certificate.subjectKeyIdentifier !== undefined) return;
    const length = contentLength(keyIdentifier);
    if (length === 0 || usual.has(length)) return;
    ctx.report({
      at: keyIdentifier,
      path: `${ctx.authorityKeyIdentifier.path}.keyIdentifier`,
      message: `keyIdentifier has ${length} octets; 20, 8 or 32 are usual`,
    });
  },
  why: "Identifiers derived from keys have 20, 8 or 32 octets. Any other length is legal, but often a sign of an identifier cut off or encoded twice.",
  fix: "check that keyIdentifier holds the octets of the CA's subjectKeyIdentifier and nothing around them",
  examples: () => ({
    bad: [
      {
        title: "22 octets: an OCTET STRING inside the identifier",
        make: (kit) => kit.crl({ aki: kit.der.octetString(kit.ca.ski ?? new Uint8Array()), issuerCertificate: null }),
      },
    ],
    good: [
      { title: "20 octets", make: (kit) => kit.crl({ issuerCertificate: null }) },
      {
        title: "3 octets, as the CA certificate has them",
        make: (kit) => kit.crl({ ca: kit.caWith({ ski: kit.der.raw("010203") }) }),
      },
    ],
  }),
});
