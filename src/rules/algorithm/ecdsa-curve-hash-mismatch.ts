import { algorithmName, curveName } from "../../algorithm/signature-algorithm.ts";
import { algorithmLists } from "../../checks/algorithm-lists.ts";
import { equalOuter, isMisstated, namesAnotherKey } from "../../checks/identifiers.ts";
import { defineRule } from "../../rule/rule.ts";

/** The algorithm for keys on each curve: TLS BR 7.1.3.2.2, RFC 5480 4. */
const algorithms = new Map([
  ["P-256", "ecdsa-with-SHA256"],
  ["P-384", "ecdsa-with-SHA384"],
  ["P-521", "ecdsa-with-SHA512"],
]);

export default defineRule({
  id: "algorithm/ecdsa-curve-hash-mismatch",
  title: "ECDSA digest does not match the curve of the CA's key",
  looksAt: ["ca", "signature"],
  requirements: [
    {
      source: "tls-br",
      section: "7.1.3.2.2",
      severity: "error",
      from: "2020-09-30",
      quote: "The CA SHALL use the appropriate signature algorithm and encoding based upon the signing key used.",
    },
    {
      source: "smime-br",
      section: "7.1.3.2.2",
      severity: "error",
      from: "2023-09-01",
      quote: "If the signing key is P-384, the signature SHALL use ECDSA with SHA-384.",
    },
    {
      source: "mozilla",
      section: "5.1.2",
      severity: "error",
      from: "2020-01-01",
      quote:
        "When a root or intermediate certificate's ECDSA key is used to produce a signature, only the following algorithms MAY be used",
    },
    {
      source: "rfc5280",
      document: "rfc5480",
      section: "4",
      severity: "warning",
      quote: "To promote interoperability, the following choices are RECOMMENDED",
    },
  ],
  create(ctx) {
    // RFC 8603 requires SHA-384 for every curve: algorithm/not-permitted checks the digest.
    if (ctx.hasInForce([algorithmLists.cnsa]) || namesAnotherKey(ctx) || isMisstated(ctx, "algorithm")) return;
    const { publicKey } = ctx.ca.certificate;
    const curve = curveName(publicKey.curve ?? "");
    const expected = algorithms.get(curve);
    const actual = algorithmName(ctx.signature.oid ?? "");
    // Other rules report SHA-1, SHA-224 and SHAKE on any curve.
    if (expected === undefined || actual === expected || ![...algorithms.values()].includes(actual)) return;
    ctx.report({
      at: ctx.signature,
      path: "tbsCertList.signature",
      message: `signature algorithm for a key on ${curve} is ${actual}, not ${expected}`,
      related: [
        ...equalOuter(ctx),
        { at: publicKey, path: "tbsCertificate.subjectPublicKeyInfo", artefact: ctx.ca.artefact },
      ],
    });
  },
  why: "Clients that support only one digest per curve, as the CA/Browser Forum allows, do not accept any other signature.",
  fix: "sign with ecdsa-with-SHA256 on P-256, ecdsa-with-SHA384 on P-384, ecdsa-with-SHA512 on P-521",
  examples: () => ({
    bad: [
      {
        title: "SHA-256 on P-384",
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "p384" }), algorithm: "ecdsa-with-SHA256" }),
      },
      {
        title: "SHA-512 on P-256 under the S/MIME BR",
        profile: "smime-br",
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "p256" }), algorithm: "ecdsa-with-SHA512" }),
      },
      {
        title: "SHA-256 on P-384 under the Mozilla Root Store Policy",
        profile: "mozilla",
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "p384" }), algorithm: "ecdsa-with-SHA256" }),
      },
      {
        title: "SHA-256 on P-521 under RFC 5280 alone",
        profile: "rfc5280",
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "p521" }), algorithm: "ecdsa-with-SHA256" }),
      },
    ],
    good: [
      { title: "SHA-256 on P-256", make: (kit) => kit.crl({ ca: kit.caWith({ key: "p256" }) }) },
      { title: "SHA-384 on P-384", make: (kit) => kit.crl({ ca: kit.caWith({ key: "p384" }) }) },
      { title: "SHA-512 on P-521", make: (kit) => kit.crl({ ca: kit.caWith({ key: "p521" }) }) },
    ],
  }),
});
