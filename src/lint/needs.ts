import { type Crl, type CrlField, findExtension } from "../crl/crl.ts";
import type { Moment } from "../der/time.ts";
import { Oid } from "../extension/oids.ts";
import type { OtherCrl } from "../given/other-crl.ts";
import type { Need, Needs } from "../rule/rule.ts";
import { noCaGiven } from "../given/pair.ts";
import type { Subject } from "./subject.ts";

/** Something a rule asks for: there, not given, or not in this CRL. */
export type Resolution<T> =
  | { readonly value: T }
  /** The input or field cannot be had, so the rule cannot judge. */
  | { readonly skipped: string }
  /** The CRL does not have the field, so there is nothing to judge. */
  | { readonly notApplicable: string };

type Resolvers = { readonly [N in Need]: (subject: Subject) => Resolution<Needs[N]> };

const resolvers: Resolvers = {
  ca: (subject) => {
    if (subject.ca?.isAnother === true) return { skipped: "the certificate given is not that of the issuing CA" };
    return given(subject);
  },
  givenCa: given,
  caExtensions: ({ ca }) => {
    const isCut = ca?.sameKey.some(({ certificate: { extensions } }) => extensions?.whole === false) === true;
    return isCut ? { skipped: "the CA certificate's extensions cannot be read to their end" } : { value: true };
  },
  signed: ({ crl }) => (crl.form === "tbs" ? { notApplicable: "not signed yet" } : { value: true }),
  verification: ({ crl, verification, ca }) => {
    if (crl.form === "tbs") return { notApplicable: "not signed yet" };
    if (ca === undefined) return { skipped: noCaGiven };
    if (ca.isAnother) return { skipped: "the certificate given is not that of the issuing CA" };
    if (verification.verdict === "not-checked") return { skipped: verification.why };
    return { value: verification };
  },
  verifier: ({ verifier }) => (verifier === undefined ? { skipped: "no cryptography at hand" } : { value: verifier }),
  tbsCertList: ({ crl }) => field(crl, "tbsCertList", crl.tbsCertList),
  version: ({ crl }) => field(crl, "version", crl.version),
  signature: ({ crl }) => field(crl, "signature", crl.signature),
  issuer: ({ crl }) => field(crl, "issuer", crl.issuer),
  thisUpdate: ({ crl }) => field(crl, "thisUpdate", asMoment(crl.thisUpdate)),
  nextUpdate: ({ crl }) => field(crl, "nextUpdate", asMoment(crl.nextUpdate)),
  revokedCertificates: ({ crl }) => field(crl, "revokedCertificates", crl.revokedCertificates),
  crlExtensions: ({ crl }) => field(crl, "crlExtensions", crl.crlExtensions),
  crlNumber: ({ crl }) => extension(crl, "crlNumber", Oid.crlNumber),
  deltaCrlIndicator: ({ crl }) => extension(crl, "deltaCrlIndicator", Oid.deltaCrlIndicator),
  authorityKeyIdentifier: ({ crl }) => extension(crl, "authorityKeyIdentifier", Oid.authorityKeyIdentifier),
  issuingDistributionPoint: ({ crl }) => extension(crl, "issuingDistributionPoint", Oid.issuingDistributionPoint),
  signatureAlgorithm: ({ crl }) => ofSigned(crl, "signatureAlgorithm", crl.signatureAlgorithm),
  signatureValue: ({ crl }) => {
    const value = crl.signatureValue;
    if (value !== undefined && value.bits === undefined) return { skipped: "signatureValue cannot be read" };
    return ofSigned(crl, "signatureValue", value?.bits && { ...value, bits: value.bits });
  },
  previous: ({ previous }) => input(previous, "no previous CRL given"),
  previousOfSeries: ({ previous }) => ofSeries(previous),
  predecessor: ({ previous }) => inOrder(previous),
  predecessorEntries: ({ crl, previous }) => {
    // A delta CRL leaves out what its base has: an entry that is gone from one says nothing.
    if (isDelta(crl)) return { notApplicable: "the CRL is a delta CRL" };
    const resolution = inOrder(previous);
    const why = previous?.whyUnread;
    return "value" in resolution && why !== undefined ? { skipped: why } : resolution;
  },
  base: baseOf,
  combinableBase: (subject) => {
    const resolution = baseOf(subject);
    const why = subject.base?.misfit;
    return "value" in resolution && why !== undefined ? { skipped: `the base CRL given ${why}` } : resolution;
  },
  certificates: ({ certificates }) => input(certificates, "no certificates in scope given"),
  expected: ({ expected }) => input(expected, "nobody says which certificates are revoked or good"),
  shards: ({ shards }) => input(shards, "not told that the CRLs are one CA's partition"),
  disclosedUrls: ({ disclosedUrls, hasCcadb }) =>
    input(disclosedUrls, hasCcadb ? noUrls : "no URLs given that are disclosed in the CCADB"),
  disclosure: ({ disclosure, hasCcadb }) => input(disclosure, hasCcadb ? noRecord : "no export of the CCADB given"),
  url: ({ url, transport }) => input(url ?? transport?.url, "no URL given that the CRL is served from"),
  // A file has no transport, and most CRLs no forerunner: with these skipped, --fail-on-skipped would fail all of them.
  transport: ({ transport }) =>
    transport === undefined ? { notApplicable: "not fetched from a URL" } : { value: transport },
  copies: ({ copies }) =>
    copies === undefined ? { notApplicable: "there is no other URL for it" } : { value: copies },
  tbsWas: ({ crl, tbsWas }) => {
    if (crl.form === "tbs") return { notApplicable: "not signed yet" };
    return tbsWas === undefined ? { notApplicable: "not told what was linted before signing" } : { value: tbsWas };
  },
  now: ({ now }) => (now === undefined ? { skipped: "no moment to judge at was given" } : { value: now }),
};

/** All that a rule can ask for. */
export const needNames = Object.keys(resolvers) as readonly Need[];

function isDelta(crl: Crl): boolean {
  return findExtension(crl, Oid.deltaCrlIndicator) !== undefined;
}

function baseOf({ crl, base }: Subject): Resolution<OtherCrl> {
  if (!isDelta(crl)) return { notApplicable: "the CRL is no delta CRL" };
  return input(base, "no base CRL given");
}

function ofSeries(previous: OtherCrl | undefined): Resolution<OtherCrl> {
  const why = previous?.whyNotOfSeries;
  if (why !== undefined) return { skipped: `the previous CRL given ${why}` };
  return input(previous, "no previous CRL given");
}

function inOrder(previous: OtherCrl | undefined): Resolution<OtherCrl> {
  const resolution = ofSeries(previous);
  if (!("value" in resolution)) return resolution;
  if (resolution.value.isNewer) return { skipped: "the previous CRL given has the later thisUpdate" };
  return resolution.value.isRival
    ? { skipped: "the previous CRL given has the same cRLNumber and thisUpdate" }
    : resolution;
}

function input<T>(value: T | undefined, why: string): Resolution<T> {
  return value === undefined ? { skipped: why } : { value };
}

const noUrls = "the export of the CCADB discloses no URLs of the CA that can be read";

const noRecord = "the export of the CCADB has no record of the CA";

function given({ ca, noCaFound }: Subject): Resolution<Needs["givenCa"]> {
  return ca === undefined ? { skipped: noCaFound ?? noCaGiven } : { value: ca };
}

function asMoment(time: Crl["thisUpdate"]): Moment | undefined {
  const seconds = time?.seconds;
  return time === undefined || seconds === undefined ? undefined : { ...time, seconds };
}

function field<T>(crl: Crl, name: CrlField, value: T | undefined): Resolution<T> {
  const why = crl.unread.get(name);
  if (why !== undefined) return { skipped: why };
  return value === undefined ? { notApplicable: `the CRL has no ${name}` } : { value };
}

function ofSigned<T>(crl: Crl, name: CrlField, value: T | undefined): Resolution<T> {
  return crl.form === "tbs" ? { notApplicable: "not signed yet" } : field(crl, name, value);
}

function extension<F extends "crlNumber" | "deltaCrlIndicator" | "authorityKeyIdentifier" | "issuingDistributionPoint">(
  crl: Crl,
  name: F,
  oid: string,
): Resolution<NonNullable<Crl[F]>> {
  const value = crl[name];
  if (value !== undefined) return { value };
  const why = crl.unread.get(name) ?? crl.unread.get("crlExtensions");
  if (why !== undefined) return { skipped: why };
  const isThere = crl.crlExtensions?.list.some((item) => item.oid === oid) === true;
  return isThere ? { skipped: `the value of ${name} cannot be read` } : { notApplicable: `the CRL has no ${name}` };
}

/** Resolves what a rule asks for on one CRL. */
export function resolve<N extends Need>(need: N, subject: Subject): Resolution<Needs[N]> {
  return (resolvers[need] as (subject: Subject) => Resolution<Needs[N]>)(subject);
}
