import { findSignatureAlgorithm } from "../algorithm/signature-algorithm.ts";
import { readCertificate } from "../cert/certificate.ts";
import { leafKnobs, listedSerial, nameOf } from "../clients/counterpart.ts";
import { crlOf, type Form } from "../clients/forms.ts";
import { later, leafKey, makeLab } from "../clients/lab.ts";
import { readCrl } from "../crl/read.ts";
import { contents, hex, octets, sameOctets } from "../der/span.ts";
import { isoTime } from "../der/time.ts";
import { Oid } from "../extension/oids.ts";
import { serialFor } from "../fixture/encode-knob.ts";
import { type CrlCase, type KeyName, kit, type KitCa } from "../fixture/index.ts";
import { certificateStatus, type CertificateStatus, lintCrl } from "../index.ts";
import { encodePem } from "../pem/encode.ts";
import type { AnyRule } from "../rule/rule.ts";

/** A test case of x509-limbo, with the fields that a case about CRLs has. */
export interface LimboCase {
  readonly id: string;
  readonly features: readonly ["has-crl"];
  readonly description: string;
  readonly validation_kind: "SERVER";
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly validation_time: string;
  readonly signature_algorithms: readonly [];
  readonly key_usage: readonly [];
  readonly extended_key_usage: readonly ["serverAuth"];
  readonly expected_result: "SUCCESS" | "FAILURE";
  readonly expected_peer_name: { readonly kind: "DNS"; readonly value: string };
  readonly expected_peer_names: readonly [];
  readonly crls: readonly string[];
}

/** What a case is made from. */
interface Parts {
  readonly id: string;
  readonly title: string;
  readonly root: Uint8Array;
  readonly ca: Uint8Array;
  readonly leaf: Uint8Array;
  /** The CRL in question, then further ones. */
  readonly crls: readonly Uint8Array[];
  /** Seconds since 1970. */
  readonly at: number;
  /** Whether the CA has revoked the leaf. */
  readonly isRevoked: boolean;
}

/** The time of the forms: any that the certificates of the kit include. */
const formsTime = Date.parse("2026-11-02T00:00:00Z") / 1000;

/** Examples of limits are larger than others by far, and say nothing to clients. */
const largestCrl = 20_000;

const hour = 3600;
const day = 24 * hour;

/**
 * Test cases for software that uses CRLs, in the form of x509-limbo: some forms, and the bad examples of some rules,
 * with a certificate that the CRL lists and one that it does not. The expected result follows RFC 5280 6.3.3, for a
 * client that rejects a certificate whose status it cannot determine. Cases that RFC 5280 does not decide are left out:
 * it does not say whether a client may use a CRL that is wrong in another way. The same call gives the same bytes.
 */
export function limboSuite(
  forms: readonly Form[],
  rules: readonly AnyRule[],
): { readonly version: 1; readonly testcases: readonly LimboCase[] } {
  const parts = [...formParts(forms), ...exampleParts(rules)];
  return { version: 1, testcases: parts.map(caseOf).filter((each) => each !== undefined) };
}

function formParts(forms: readonly Form[]): readonly Parts[] {
  return forms.flatMap((form) => {
    const lab = makeLab(formsTime, form.lab);
    const crl = crlOf(form, lab);
    // RFC 5280 6.3.3 takes one complete CRL, and does not say which of two.
    if (form.further !== undefined || form.withoutRootCrl === true || crl.length > largestCrl) return [];
    return (["revoked", "good"] as const).map((leaf) => ({
      id: `crllint::form::${form.id}::${leaf}`,
      title: form.title,
      root: lab.root.certificate,
      ca: lab.ca.certificate,
      leaf: lab.leaves[leaf],
      crls: [crl, lab.rootCrl],
      at: formsTime,
      isRevoked: leaf === "revoked" && form.isRevoked !== false,
    }));
  });
}

/** The bad examples, each CRL once: what is wrong may be outside of it. */
function exampleParts(rules: readonly AnyRule[]): readonly Parts[] {
  const seen = new Set<string>();
  return rules.flatMap((rule) =>
    rule.examples().bad.flatMap((example, i) => {
      const made = example.make(kit);
      if (made.crl.length > largestCrl) return [];
      const key = hex(made.crl);
      if (seen.has(key)) return [];
      seen.add(key);
      return partsOf(made, `crllint::${rule.id.replace("/", "::")}::bad-${i + 1}`, `${rule.id}: ${example.title}`);
    }),
  );
}

function partsOf(made: CrlCase, id: string, title: string): readonly Parts[] {
  const ca = caOf(made);
  if (ca === undefined || made.form === "tbs") return [];
  const crl = readCrl(made.crl);
  const at = made.now === undefined ? (crl.thisUpdate?.seconds ?? Number.NaN) + hour : Date.parse(made.now) / 1000;
  if (Number.isNaN(at)) return [];
  const serials = { good: serialFor(made.crl), revoked: listedSerial(crl) };
  const dates = { notBefore: later(at, -day), notAfter: later(at, day) };
  const update = { thisUpdate: later(at, -hour), nextUpdate: later(at, hour) };
  const rootCrl = kit.crl({ ca: kit.root, entries: [], ...update }).crl;
  return Object.entries(serials).flatMap(([leaf, serial]) => {
    if (serial === undefined) return [];
    const names = { subject: `CN=${leaf}`, dnsNames: ["localhost"] };
    return {
      id: `${id}.${leaf}`,
      title,
      root: kit.root.certificate,
      ca: ca.certificate,
      leaf: kit.certificate({ parent: ca, serial, key: leafKey, ...names, ...dates, ...leafKnobs(crl) }),
      crls: [made.crl, ...(made.base === undefined ? [] : [made.base]), rootCrl],
      at,
      isRevoked: leaf === "revoked",
    };
  });
}

/** The keys of CAs in examples. */
const caKeys: readonly KeyName[] = ["rsa2048", "rsa2048c", "p256", "p384", "p521", "ed25519"];

/** Returns the CA of an example if it can issue a certificate: its key is known. */
function caOf({ ca: bytes }: CrlCase): KitCa | undefined {
  if (!(bytes instanceof Uint8Array)) return undefined;
  const ca = readCertificate(bytes);
  if (ca === undefined) return undefined;
  const publicKey = octets(bytes, ca.publicKey);
  const key = caKeys.find((name) => sameOctets(kit.publicKey(name), publicKey));
  const ski = ca.subjectKeyIdentifier === undefined ? null : contents(bytes, ca.subjectKeyIdentifier);
  return key && { subject: nameOf(bytes, ca.subject), key, certificate: bytes, ski };
}

/** Returns undefined if RFC 5280 does not decide what a client does. */
function caseOf(parts: Parts): LimboCase | undefined {
  const { id, root, ca, leaf, crls, at, isRevoked } = parts;
  // A client of these cases reads DER, in PEM that has no errors.
  if (crls.some((crl) => crl[0] !== 0x30)) return undefined;
  const [status, above] = statusesOf(parts);
  // The root is the trust anchor, and has not revoked the CA.
  if (status === undefined || above?.status !== "good") return undefined;
  if (status.status === "good" && (isRevoked || !isValid(parts))) return undefined;
  if (status.status === "undetermined" && !isDecided(status)) return undefined;
  return {
    id,
    features: ["has-crl"],
    description: describe(parts, status),
    validation_kind: "SERVER",
    trusted_certs: [encodePem("CERTIFICATE", root)],
    untrusted_intermediates: [encodePem("CERTIFICATE", ca)],
    peer_certificate: encodePem("CERTIFICATE", leaf),
    validation_time: isoTime(at),
    signature_algorithms: [],
    key_usage: [],
    extended_key_usage: ["serverAuth"],
    expected_result: status.status === "good" ? "SUCCESS" : "FAILURE",
    expected_peer_name: { kind: "DNS", value: "localhost" },
    expected_peer_names: [],
    crls: crls.map((crl) => encodePem("X509 CRL", crl)),
  };
}

function statusesOf({ root, ca, leaf, crls, at }: Parts): readonly CertificateStatus[] {
  try {
    return certificateStatus({ certificate: leaf, chain: [ca, root], crls, now: new Date(at * 1000) });
  } catch (error) {
    // A CRL that cannot be read as one.
    if (error instanceof TypeError) return [];
    throw error;
  }
}

/**
 * Whether a client can be expected to accept the certificate. The CRL must meet RFC 5280, and must not need what clients
 * are not required to support (RFC 5280 5): indirect CRLs, or critical extensions other than issuingDistributionPoint.
 * Nor must it be one for CAs, as the certificate is for a server, or have a hash that many reject.
 */
function isValid({ crls, ca, at }: Parts): boolean {
  const [crl = new Uint8Array()] = crls;
  const { signatureAlgorithm, crlExtensions, issuingDistributionPoint: idp } = readCrl(crl);
  const critical = crlExtensions?.list.filter((extension) => extension.critical) ?? [];
  if (critical.some(({ oid }) => oid !== Oid.issuingDistributionPoint)) return false;
  if (idp?.indirectCrl?.value === true || idp?.onlyContainsCaCerts?.value === true) return false;
  const hash = findSignatureAlgorithm(signatureAlgorithm?.oid ?? "")?.hash;
  if (hash === "sha1" || hash === "md5") return false;
  const { findings } = lintCrl({ crl, issuer: ca, profile: "rfc5280", now: new Date(at * 1000) });
  return findings.every(({ severity }) => severity !== "error");
}

/**
 * Whether RFC 5280 says that the CRL in question must not be used. Section 5.1 is only its syntax, in which clients
 * accept errors, and a signature algorithm may be missing only here.
 */
function isDecided({ unused }: CertificateStatus): boolean {
  const first = unused.find(({ crl }) => crl === "crls[0]");
  return first !== undefined && first.section !== "5.1" && !first.why.startsWith("the signature cannot be verified");
}

/** What the CRL is, what follows, and the section that says so. */
function describe({ title }: Parts, { status, unused, revocation }: CertificateStatus): string {
  if (status === "good") return `${title}. No CRL lists the certificate (RFC 5280 6.3.3).`;
  if (revocation !== undefined) return `${title}. Entry ${revocation.entry} lists the certificate (RFC 5280 6.3.3).`;
  const first = unused.find(({ crl }) => crl === "crls[0]");
  return `${title}. The CRL is not used: ${first?.why} (RFC 5280 ${first?.section}).`;
}
