import { findParameterFaults, signatureHash } from "../../algorithm/parameter-faults.ts";
import { findPermittedEncoding } from "../../algorithm/permitted-encodings.ts";
import { algorithmName, findSignatureAlgorithm, isHashMlDsa } from "../../algorithm/signature-algorithm.ts";
import { bytesOf, hex, type Span } from "../../der/span.ts";
import { allLists, encodingSources, isList, isOnList } from "../../checks/algorithm-lists.ts";
import { issuesUnder } from "../../checks/profile-sources.ts";
import { equalOuter, isMisstated } from "../../checks/identifiers.ts";
import { type Context, defineRule, type Requirement } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/not-permitted",
  title: "signature algorithm is not permitted for CRLs",
  looksAt: ["signature"],
  requirements: allLists,
  create(ctx) {
    const { bytes, signature } = ctx;
    const { oid } = signature;
    if (oid === undefined || isNamedElsewhere(ctx, oid) || isMisstated(ctx, "hashAlgorithm")) return;
    const violates = ctx.requirements.filter((requirement) => isViolated(ctx, oid, requirement));
    if (violates.length === 0) return;
    const shown = hex(bytesOf(bytes, signature).subarray(0, 67), " ");
    const name = algorithmName(oid);
    const message = `${name === oid ? "" : `${name} `}(${shown}) is not among the signature algorithms permitted for CRLs`;
    ctx.report({ at: signature, path: "tbsCertList.signature", message, violates, related: equalOuter(ctx) });
  },
  why: "Root programs list the permitted signature algorithms byte by byte. Clients built for that list cannot verify any other signature, and treat the CRL as missing.",
  fix: "sign with a listed algorithm: sha256WithRSAEncryption for an RSA key, ecdsa-with-SHA256 for P-256, ecdsa-with-SHA384 for P-384",
  examples: () => ({
    bad: [
      {
        title: "Ed25519 under the TLS BR",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "ed25519" }),
            issuerCertificate: null,
            entries: [],
            options: { scope: "ca" },
          }),
      },
      {
        title: "Ed25519 under the Mozilla policy",
        profile: "mozilla",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "ed25519" }),
            issuerCertificate: null,
            entries: [],
            options: { scope: "ca" },
          }),
      },
      {
        title: "sha224WithRSAEncryption under the S/MIME BR",
        profile: "smime-br",
        make: (kit) => {
          const sha224 = kit.der.raw("300d06092a864886f70d01010e0500");
          return kit.crl({ signature: sha224, signatureAlgorithm: sha224, options: { signature: "ignore" } });
        },
      },
      {
        title: "Ed448 under the code signing BR",
        profile: "cs-br",
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "ed448" }) }),
      },
      {
        title: "sha384WithRSAEncryption in the RPKI",
        profile: "rpki",
        make: (kit) =>
          kit.crl({
            algorithm: "sha384WithRSAEncryption",
            issuer: kit.name("CN=rpki-ca-1", { stringType: "printable" }),
            issuerCertificate: null,
            entries: [{}],
          }),
      },
      {
        title: "ECDSA on P-384 with SHA-256 under the CNSA Suite",
        profile: "cnsa",
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "p384" }), algorithm: "ecdsa-with-SHA256" }),
      },
    ],
    good: [
      { title: "RSASSA-PSS with SHA-384 under the TLS BR", make: (kit) => kit.crl({ algorithm: "rsassa-pss-sha384" }) },
      {
        title: "Ed25519 under the S/MIME BR",
        profile: "smime-br",
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "ed25519" }) }),
      },
      {
        title: "ECDSA on P-384 with SHA-256 under the code signing BR",
        profile: "cs-br",
        also: ["algorithm/ecdsa-curve-hash-mismatch"],
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "p384" }), algorithm: "ecdsa-with-SHA256" }),
      },
      {
        title: "Ed25519 on 2020-09-29, before the list took effect",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "ed25519" }),
            thisUpdate: "2020-09-29T00:00:00Z",
            nextUpdate: "2020-10-05T23:59:59Z",
            entries: [],
            issuerCertificate: null,
            options: { scope: "ca" },
          }),
      },
    ],
  }),
});

/** Whether another rule reports the algorithm, and cites the same lists. */
function isNamedElsewhere({ bytes, signature }: Context<"signature">, oid: string): boolean {
  const hash = signatureHash(bytes, signature) ?? "";
  if (["md2", "md5", "sha1"].includes(hash) || isHashMlDsa(oid)) return true;
  return findSignatureAlgorithm(oid) === undefined;
}

function isViolated(ctx: Context<"signature">, oid: string, requirement: Requirement): boolean {
  const { bytes, signature, crl } = ctx;
  if (!isList(requirement)) return false;
  // MRSP 5.1 permits EdDSA keys for S/MIME. Its lists cover only signatures with RSA keys and ECDSA keys.
  if (requirement.source === "mozilla" && isEdDsa(oid) && issuesUnder(ctx, "smime-br")) return false;
  if (!isOnList(requirement.source, bytes, signature)) return true;
  if (!encodingSources.has(requirement.source)) return false;
  // The algorithm is listed with other bytes: another rule already reports its wrong parameters or invalid DER.
  if (findParameterFaults(bytes, signature).length > 0) return false;
  const { source } = requirement as Requirement & { readonly source: "tls-br" | "mozilla" | "smime-br" };
  const permitted = findPermittedEncoding(source, oid, signatureHash(bytes, signature));
  return permitted?.hex !== hex(bytesOf(bytes, signature)) && !hasFault(crl, signature);
}

function isEdDsa(oid: string): boolean {
  const family = findSignatureAlgorithm(oid)?.family;
  return family === "ed25519" || family === "ed448";
}

/** Whether a reader recorded a fault inside a span. */
function hasFault({ source }: Context<"signature">["crl"], { start, end }: Span): boolean {
  for (const { first } of source.faults.groups()) {
    if (first.some((fault) => fault.start >= start && fault.end <= end)) return true;
  }
  return false;
}
