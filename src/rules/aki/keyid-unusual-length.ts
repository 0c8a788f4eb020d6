import { contentLength } from "../../der/span.ts";
import { countOf } from "../../rule/format-count.ts";
import { defineRule } from "../../rule/rule.ts";

/** Lengths in bytes of the identifiers that CAs derive from keys: RFC 5280 4.2.1.2 (1) and (2), RFC 7093 2. */
const usualLengths: ReadonlySet<number> = new Set([20, 8, 32]);

export default defineRule({
  id: "aki/keyid-unusual-length",
  title: "keyIdentifier has an unusual length",
  looksAt: ["authorityKeyIdentifier"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const { keyIdentifier } = ctx.authorityKeyIdentifier;
    // If the CA has a subjectKeyIdentifier, aki/ski-mismatch compares the bytes, and the length does not matter.
    if (keyIdentifier === undefined || ctx.anyCa?.certificate.subjectKeyIdentifier !== undefined) return;
    const length = contentLength(keyIdentifier);
    if (length === 0 || usualLengths.has(length)) return;
    ctx.report({
      at: keyIdentifier,
      path: `${ctx.authorityKeyIdentifier.path}.keyIdentifier`,
      message: `keyIdentifier has ${countOf(length, "byte")}; usual lengths are 20, 8 and 32`,
    });
  },
  why: "Identifiers derived from keys have 20, 8 or 32 bytes. Another length is allowed, but often means that the identifier was truncated or encoded twice.",
  fix: "check that keyIdentifier contains only the bytes of the CA's subjectKeyIdentifier",
  examples: () => ({
    bad: [
      {
        title: "22 bytes: an OCTET STRING inside the identifier",
        make: (kit) => kit.crl({ aki: kit.der.octetString(kit.ca.ski ?? new Uint8Array()), issuerCertificate: null }),
      },
    ],
    good: [
      { title: "20 bytes", make: (kit) => kit.crl({ issuerCertificate: null }) },
      {
        title: "3 bytes, as in the CA certificate",
        make: (kit) => kit.crl({ ca: kit.caWith({ ski: kit.der.raw("010203") }) }),
      },
    ],
  }),
});
