import { algorithmName } from "../../algorithm/signature-algorithm.ts";
import { bytesOf, hex, sameBytes, type Tlv } from "../../der/span.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/inner-outer-differ",
  title: "signatureAlgorithm differs from tbsCertList.signature",
  looksAt: ["signature", "signatureAlgorithm"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.1.1.2, 5.1.2.2",
      severity: "error",
      quote: "This field MUST contain the same algorithm identifier as the signature field in the sequence tbsCertList",
    },
    {
      source: "tls-br",
      section: "7.2",
      severity: "error",
      from: "2024-03-15",
      quote: "Encoded value MUST be byte-for-byte identical to the `tbsCertList.signature`.",
    },
  ],
  create(ctx) {
    const { bytes, signature: inner, signatureAlgorithm: outer, artefact } = ctx;
    if (sameBytes(bytesOf(bytes, inner), bytesOf(bytes, outer))) return;
    const parameters = (tlv: Tlv | undefined): string => (tlv === undefined ? "absent" : hex(bytesOf(bytes, tlv), " "));
    const innerParameters = parameters(inner.parameters);
    const outerParameters = parameters(outer.parameters);
    const related = [{ at: inner, path: "tbsCertList.signature", artefact }];
    if (inner.oid !== outer.oid) {
      const message = `signatureAlgorithm is ${algorithmName(outer.oid ?? "")}, tbsCertList.signature is ${algorithmName(inner.oid ?? "")}`;
      ctx.report({ at: outer, path: "signatureAlgorithm", message, related });
    } else if (innerParameters !== outerParameters) {
      const message = `parameters are ${shorten(outerParameters)} in signatureAlgorithm, ${shorten(innerParameters)} in tbsCertList.signature`;
      ctx.report({ at: outer, path: "signatureAlgorithm", message, related });
    }
    // Otherwise only length octets differ, or data follows the parameters: rules of der/ report the encoding that is
    // wrong.
  },
  why: "Only the inner field is signed. The outer one may have been replaced. Java 17 does not load a CRL in which the two differ, and BoringSSL rejects every certificate. OpenSSL 3.0, Node 20 and GnuTLS 3.7 use the CRL.",
  fix: "set both to the identifier of the algorithm that signs, byte for byte the same",
  examples: () => ({
    bad: [
      {
        title: "outer SHA-384, inner SHA-256",
        make: (kit) =>
          kit.crl({ algorithm: "sha384WithRSAEncryption", signature: kit.algorithm("sha256WithRSAEncryption") }),
      },
      {
        title: "NULL only in tbsCertList.signature",
        make: (kit) => kit.crl({ signatureAlgorithm: kit.der.raw("300b06092a864886f70d01010b") }),
      },
      {
        title: "NULL only in tbsCertList.signature, under the TLS BR",
        profile: "tls-br",
        make: (kit) => kit.crl({ signatureAlgorithm: kit.der.raw("300b06092a864886f70d01010b") }),
      },
      {
        title: "parameters of 16 bytes in tbsCertList.signature, 17 in signatureAlgorithm",
        make: (kit) =>
          kit.crl({
            signature: kit.der.seq(kit.der.oid("1.2.840.113549.1.1.11"), kit.der.octetString(new Uint8Array(14))),
            signatureAlgorithm: kit.der.seq(
              kit.der.oid("1.2.840.113549.1.1.11"),
              kit.der.octetString(new Uint8Array(15)),
            ),
          }),
        also: ["algorithm/rsa-parameters-not-null"],
        profile: "rfc5280",
      },
    ],
    good: [{ title: "the same algorithm in both", make: (kit) => kit.crl() }],
  }),
});

function shorten(text: string): string {
  return text.length > 47 ? `${text.slice(0, 47)} ...` : text;
}
