import { bytesOf, contentLength, contents, hex, sameBytes } from "../../der/span.ts";
import { namesAnotherKey } from "../../checks/identifiers.ts";
import { rpkiKeyIdentifierOnly } from "../../checks/key-identifier.ts";
import { defineRule, type Requirement } from "../../rule/rule.ts";
import type { Verifier } from "../../verify/verifier.ts";

const advice: Requirement = { source: "hygiene", document: "rfc5280", section: "4.2.1.2", severity: "notice" };

export default defineRule({
  id: "aki/not-key-hash",
  title: "keyIdentifier is not a digest of the CA's key",
  looksAt: ["ca", "authorityKeyIdentifier", "verifier"],
  requirements: [advice, rpkiKeyIdentifierOnly],
  create(ctx) {
    const { keyIdentifier } = ctx.authorityKeyIdentifier;
    // aki/empty reports an empty identifier, and aki/ski-mismatch one that differs from the CA certificate's.
    if (keyIdentifier === undefined || contentLength(keyIdentifier) === 0 || namesAnotherKey(ctx)) return;
    const { certificate, artefact, sameKey } = ctx.ca;
    // If the CA has a subjectKeyIdentifier, the CRL must repeat it: aki/ski-mismatch compares the two.
    const hasIdentifier = sameKey.some((given) => given.certificate.subjectKeyIdentifier !== undefined);
    const binding = ctx.requirements.filter((requirement) => requirement !== advice || !hasIdentifier);
    if (binding.length === 0) return;
    const own = contents(ctx.bytes, keyIdentifier);
    const [sha1, ...others] = digests(bytesOf(certificate.source.bytes, certificate.publicKey.bits), ctx.verifier);
    const violates = binding.filter((requirement) => {
      const allowed = requirement === advice ? [sha1, ...others] : [sha1];
      return !allowed.some((digest) => sameBytes(own, digest));
    });
    ctx.report({
      at: keyIdentifier,
      path: `${ctx.authorityKeyIdentifier.path}.keyIdentifier`,
      message: `keyIdentifier is ${hex(own.subarray(0, 32), ":")}; the SHA-1 digest of the CA's key is ${hex(sha1, ":")}`,
      related: [
        { at: certificate.publicKey.bits, path: "tbsCertificate.subjectPublicKeyInfo.subjectPublicKey", artefact },
      ],
      violates,
    });
  },
  why: "If the CA certificate has no subjectKeyIdentifier, clients derive one from the key. In the RPKI, every identifier must be the SHA-1 digest of the key.",
  fix: "set keyIdentifier to the SHA-1 digest of the contents of the CA's subjectPublicKey",
  examples: () => ({
    bad: [
      {
        title: "a CA without subjectKeyIdentifier, and an arbitrary identifier",
        also: ["ca/subject-key-identifier-missing"],
        make: (kit) => kit.crl({ ca: kit.caWith({ ski: null }), aki: new Uint8Array(20).fill(7) }),
      },
    ],
    good: [
      {
        title: "a CA without subjectKeyIdentifier, and the SHA-1 digest of its key",
        also: ["ca/subject-key-identifier-missing"],
        make: (kit) => kit.crl({ ca: kit.caWith({ ski: null }) }),
      },
      {
        title: "an identifier that is not a digest, the same as in the CA certificate",
        make: (kit) => kit.crl({ ca: kit.caWith({ ski: new Uint8Array(20).fill(7) }) }),
      },
    ],
  }),
});

/** Returns SHA-1, 0100 and its last 60 bits (both RFC 5280 4.2.1.2), and the first 160 bits of SHA-256 (RFC 7093 2). */
function digests(key: Uint8Array, verifier: Verifier): readonly [Uint8Array, Uint8Array, Uint8Array] {
  const sha1 = verifier.sha1(key);
  // Copied because the verifier may return a view.
  const short = Uint8Array.from(sha1.subarray(12));
  short[0] = 0x40 | ((short[0] ?? 0) & 0x0f);
  const sha256 = verifier.sha256(key);
  const long = Uint8Array.from({ length: 20 }, (_, i) => Number.parseInt(sha256.slice(2 * i, 2 * i + 2), 16));
  return [sha1, short, long];
}
