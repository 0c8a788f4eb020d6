import { findSignatureAlgorithm } from "../algorithm/signature-algorithm.ts";
import { readCertificate } from "../cert/certificate.ts";
import { leafKnobs, listedSerial, nameOf } from "../clients/counterpart.ts";
import { crlOf, type Form } from "../clients/forms.ts";
import { later, leafKey, makeLab } from "../clients/lab.ts";
import { readCrl } from "../crl/read.ts";
import { bytesOf, contents, hex, sameBytes } from "../der/span.ts";
import { isoTime } from "../der/time.ts";
import { Oid } from "../extension/oids.ts";
import { serialFor } from "../fixture/encode-knob.ts";
import { type CrlCase, type KeyName, kit, type KitCa } from "../fixture/index.ts";
import { certificateStatus, type CertificateStatus, lintCrl } from "../index.ts";
import { encodePem } from "../pem/encode.ts";
import type { AnyRule } from "../rule/rule.ts";

/** A test case of x509-limbo, with the fields of cases about CRLs. */
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

/** The parts of a case. */
interface Parts {
  readonly id: string;
  readonly title: string;
  readonly root: Uint8Array;
  readonly ca: Uint8Array;
  readonly leaf: Uint8Array;
  /** The CRL being tested, then further ones. */
  readonly crls: readonly Uint8Array[];
  /** Seconds since 1970. */
  readonly at: number;
  /** Whether the CA has revoked the leaf. */
  readonly isRevoked: boolean;
}

/** Time of the forms: any time at which the certificates of the kit are valid. */
const formsTime = Date.parse("2026-11-02T00:00:00Z") / 1000;

/** Maximum size of a CRL in a case. Examples of limits are much larger than others, and do not help to test clients. */
const largestCrl = 20_000;

const hour = 3600;
const day = 24 * hour;

/**
 * Returns test cases in the format of x509-limbo, for software that uses CRLs. They are made from forms and from the
 * bad examples of rules, each with one certificate that the CRL lists and one that it does not list. The expected
 * result follows RFC 5280 6.3.3, for a client that rejects a certificate whose status it cannot determine. Cases that
 * RFC 5280 does not decide are omitted: it does not state whether a client may use a CRL with other errors. Equal calls
 * return equal bytes.
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
    // RFC 5280 6.3.3 uses one complete CRL, and does not state which of two.
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

/**
 * Returns the bad examples, with each CRL once: several examples can have the same CRL if the defect is outside of it.
 */
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

/** Keys of CAs in examples. */
const caKeys: readonly KeyName[] = ["rsa2048", "rsa2048c", "p256", "p384", "p521", "ed25519"];

/** Returns the CA of an example if its key is known, so it can issue a certificate. */
function caOf({ ca: bytes }: CrlCase): KitCa | undefined {
  if (!(bytes instanceof Uint8Array)) return undefined;
  const ca = readCertificate(bytes);
  if (ca === undefined) return undefined;
  const publicKey = bytesOf(bytes, ca.publicKey);
  const key = caKeys.find((name) => sameBytes(kit.publicKey(name), publicKey));
  const ski = ca.subjectKeyIdentifier === undefined ? null : contents(bytes, ca.subjectKeyIdentifier);
  return key && { subject: nameOf(bytes, ca.subject), key, certificate: bytes, ski };
}

/** Returns a case; undefined if RFC 5280 does not decide what a client must do. */
function caseOf(parts: Parts): LimboCase | undefined {
  const { id, root, ca, leaf, crls, at, isRevoked } = parts;
  // Clients of these cases read DER, in PEM without errors.
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
    // The input cannot be read as a CRL.
    if (error instanceof TypeError) return [];
    throw error;
  }
}

/**
 * Whether a client can be expected to accept the certificate. The CRL must conform to RFC 5280, and must not need
 * features that clients are not required to support (RFC 5280 5): indirect CRLs, or critical extensions other than
 * issuingDistributionPoint. It must not be a CRL for CAs, since the certificate is for a server. It must not use a hash
 * that many clients reject.
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
 * Whether RFC 5280 states that the CRL being tested must not be used. Violations of section 5.1 do not count: it is
 * only the syntax, and clients accept errors in it. Nor does an unsupported signature algorithm: only crllint may lack
 * it.
 */
function isDecided({ unused }: CertificateStatus): boolean {
  const first = unused.find(({ crl }) => crl === "crls[0]");
  return first !== undefined && first.section !== "5.1" && !first.why.startsWith("the signature cannot be verified");
}

/** Describes the CRL, its consequence for the certificate, and the section that states it. */
function describe({ title }: Parts, { status, unused, revocation }: CertificateStatus): string {
  if (status === "good") return `${title}. No CRL lists the certificate (RFC 5280 6.3.3).`;
  if (revocation !== undefined) return `${title}. Entry ${revocation.entry} lists the certificate (RFC 5280 6.3.3).`;
  const first = unused.find(({ crl }) => crl === "crls[0]");
  return `${title}. The CRL is not used: ${first?.why} (RFC 5280 ${first?.section}).`;
}
