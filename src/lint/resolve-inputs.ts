import type { Crl, CrlField } from "../crl/crl.ts";
import type { Moment } from "../der/time.ts";
import { Oid } from "../extension/oids.ts";
import type { CertificatesInScope } from "../given/certificates.ts";
import { disclosedBy } from "../given/ccadb.ts";
import type { OtherCrl } from "../given/other-crl.ts";
import type { Input, Inputs } from "../rule/aspects.ts";
import { notGiven } from "../rule/not-given.ts";
import { noCaGiven } from "../given/pair.ts";
import type { Subject } from "./subject.ts";

/** An input that a rule looks at: present, not given, or not in this CRL. */
export type Resolution<T> =
  | { readonly value: T }
  /** The input was not given or the field cannot be read: the rule is skipped. */
  | { readonly skipped: string }
  /** The CRL does not have the field: there is nothing to check. */
  | { readonly notApplicable: string };

type Resolvers = { readonly [I in Input]: (subject: Subject) => Resolution<Inputs[I]> };

const resolvers: Resolvers = {
  ca: (subject) => {
    if (subject.anyCa?.isAnother === true) return { skipped: "the certificate given is not that of the issuing CA" };
    return given(subject);
  },
  givenCa: given,
  caExtensions: ({ anyCa }) => {
    const isCut = anyCa?.sameKey.some(({ certificate: { extensions } }) => extensions?.whole === false) === true;
    return isCut ? { skipped: "the CA certificate's extensions cannot be read to their end" } : { value: true };
  },
  signed: ({ crl }) => (crl.form === "tbs" ? { notApplicable: "not signed yet" } : { value: true }),
  verification: ({ crl, anyVerification: verification, anyCa: ca, noCaFound }) => {
    if (crl.form === "tbs") return { notApplicable: "not signed yet" };
    if (ca === undefined) return { skipped: noCaFound ?? noCaGiven };
    if (ca.isAnother) return { skipped: "the certificate given is not that of the issuing CA" };
    if (verification.verdict === "not-checked") return { skipped: verification.why };
    return { value: verification };
  },
  verifier: ({ verifier }) =>
    verifier === undefined ? { skipped: "no signature verifier available" } : { value: verifier },
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
    if (value !== undefined && !hasBits(value)) return { skipped: "signatureValue cannot be read" };
    return ofSigned(crl, "signatureValue", value);
  },
  previous: ({ anyPrevious }) => option(anyPrevious, notGiven.previous),
  previousOfSeries: ({ anyPrevious }) => ofSeries(anyPrevious),
  replaced: replacedBy,
  replacedEntries: (subject) => withEntries(subject, replacedBy(subject)),
  predecessor: ({ anyPrevious }) => inOrder(anyPrevious),
  predecessorEntries: (subject) => withEntries(subject, inOrder(subject.anyPrevious)),
  base: baseOf,
  combinableBase: (subject) => {
    const resolution = baseOf(subject);
    const why = subject.anyBase?.whyNotCombinable;
    return "value" in resolution && why !== undefined ? { skipped: `the base CRL given ${why}` } : resolution;
  },
  certificates: ({ anyCertificates }) => option(anyCertificates, notGiven.certs),
  expectedRevoked: ({ expected }) => ofExpected(expected?.revoked, "--expect-revoked not given"),
  expectedGood: ({ expected }) => ofExpected(expected?.good, "--expect-good not given"),
  shards: ({ anyShards }) => option(anyShards, notGiven.shards),
  disclosedUrls: ({ crl, given: { disclosedUrls, ccadb }, disclosure, anyNow }) => {
    // CCADB Policy 6.2 requires URLs only for CA certificates that are unexpired and unrevoked.
    const isInUse = disclosure?.record.isInUse(anyNow ?? crl.thisUpdate?.seconds);
    if (isInUse === false) return { notApplicable: "the CCADB record is that of a revoked or expired CA certificate" };
    return option(disclosedUrls ?? (disclosure && disclosedBy(disclosure.record)), ccadb ? noUrls : notGiven.ccadb);
  },
  disclosure: ({ disclosure, given: { ccadb } }) => option(disclosure, ccadb ? noRecord : notGiven.ccadb),
  url: ({ anyUrl }) => option(anyUrl, notGiven.url),
  // Not applicable instead of skipped: with --fail-on-skipped, every CRL from a file would fail.
  transport: ({ anyTransport }) =>
    anyTransport === undefined ? { notApplicable: "not fetched from a URL" } : { value: anyTransport },
  copies: ({ given: { copies } }) =>
    copies === undefined ? { notApplicable: "no other URL for this CRL" } : { value: copies },
  tbsWas: ({ crl, given: { tbsWas } }) => {
    if (crl.form === "tbs") return { notApplicable: "not signed yet" };
    return tbsWas === undefined ? { notApplicable: "--tbs-was not given" } : { value: tbsWas };
  },
  together: ({ given: { together } }) =>
    together === undefined
      ? { notApplicable: "no other CRL was given, or more than are seen as one set" }
      : { value: together },
  manifest: ({ crl, given: { manifest } }) => {
    if (crl.form === "tbs") return { notApplicable: "not signed yet" };
    return manifest === undefined ? { notApplicable: "--manifest not given" } : { value: manifest };
  },
  now: ({ crl, options: { now } }) =>
    now === "thisUpdate" ? field(crl, "thisUpdate", crl.thisUpdate?.seconds) : option(now, notGiven.now),
  // Not applicable instead of skipped, as for `transport`.
  minimumValidity: ({ options: { validFor } }) =>
    validFor === undefined ? { notApplicable: "--valid-for not given" } : { value: validFor },
};

/** Names of all inputs. */
export const inputNames = Object.keys(resolvers) as readonly Input[];

function baseOf({ isDelta, anyBase }: Subject): Resolution<OtherCrl> {
  if (!isDelta) return { notApplicable: "the CRL is not a delta CRL" };
  return option(anyBase, notGiven.base);
}

function ofSeries(previous: OtherCrl | undefined): Resolution<OtherCrl> {
  const why = previous?.whyNotOfSeries;
  if (why !== undefined) return { skipped: `the previous CRL given ${why}` };
  return option(previous, notGiven.previous);
}

function replacedBy({ anyPrevious, anyTransport }: Subject): Resolution<OtherCrl> {
  const resolution = ofSeries(anyPrevious);
  if (!("value" in resolution)) return resolution;
  if (anyTransport !== undefined) return inOrder(anyPrevious);
  return resolution.value.hasSameNumberAndTime
    ? { skipped: "the previous CRL given has the same cRLNumber and thisUpdate" }
    : resolution;
}

function inOrder(previous: OtherCrl | undefined): Resolution<OtherCrl> {
  const resolution = ofSeries(previous);
  if (!("value" in resolution)) return resolution;
  if (resolution.value.isNewer) return { skipped: "the previous CRL given has the later thisUpdate" };
  return resolution.value.hasSameNumberAndTime
    ? { skipped: "the previous CRL given has the same cRLNumber and thisUpdate" }
    : resolution;
}

function withEntries({ isDelta }: Subject, resolution: Resolution<OtherCrl>): Resolution<OtherCrl> {
  // RFC 5280 5.2.4: a delta CRL omits what its base lists, so a missing entry proves nothing.
  if (isDelta) return { notApplicable: "the CRL is a delta CRL" };
  const why = "value" in resolution ? resolution.value.whyUnread : undefined;
  return why === undefined ? resolution : { skipped: why };
}

function option<T>(value: T | undefined, why: string): Resolution<T> {
  return value === undefined ? { skipped: why } : { value };
}

/** With certificates for only one of the two options, the rule on the other one has nothing to check. */
function ofExpected(list: CertificatesInScope | undefined, why: string): Resolution<CertificatesInScope> {
  return list?.all.length === 0 ? { notApplicable: why } : option(list, notGiven.expected);
}

const noUrls = "the CCADB export has no readable URLs of the CA";

const noRecord = "the CCADB export has no record of the CA";

function given({ anyCa: ca, noCaFound }: Subject): Resolution<Inputs["givenCa"]> {
  return ca === undefined ? { skipped: noCaFound ?? noCaGiven } : { value: ca };
}

function hasBits<V extends { readonly bits: unknown }>(
  value: V,
): value is V & { readonly bits: NonNullable<V["bits"]> } {
  return value.bits !== undefined;
}

function asMoment(time: Crl["thisUpdate"]): Moment | undefined {
  return time !== undefined && isMoment(time) ? time : undefined;
}

function isMoment(time: NonNullable<Crl["thisUpdate"]>): time is Moment {
  return time.seconds !== undefined;
}

function field<T>(crl: Crl, name: CrlField, value: T | undefined): Resolution<T> {
  const why = crl.unread.get(name);
  if (why !== undefined) return { skipped: why };
  return value === undefined ? absent(name) : { value };
}

/** Absences of fields: thousands of CRLs share the texts. */
const absences = new Map<CrlField, { readonly notApplicable: string }>();

function absent(name: CrlField): { readonly notApplicable: string } {
  let absence = absences.get(name);
  if (absence === undefined) absences.set(name, (absence = { notApplicable: `the CRL has no ${name}` }));
  return absence;
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
  return isThere ? { skipped: `the value of ${name} cannot be read` } : absent(name);
}

/** Resolves an input for one CRL. */
export function resolve<I extends Input>(input: I, subject: Subject): Resolution<Inputs[I]> {
  return (resolvers[input] as (subject: Subject) => Resolution<Inputs[I]>)(subject);
}
