import type { Certificate } from "../cert/certificate.ts";
import type { Crl } from "../crl/crl.ts";
import { matchSerials } from "../crl/match-serials.ts";
import { serialLength, type Serials } from "../crl/serials.ts";
import { bytesOf, contents, sameBytes } from "../der/span.ts";
import { mapKey } from "../der/strings.ts";
import type { GivenCertificate } from "./given.ts";

/** A certificate, and the entry of a CRL that lists it. */
export interface Listing extends GivenCertificate {
  /** Index of the entry with the same serial bytes, or -1. */
  readonly entry: number;
  /** Index of an entry with the same serial value in other bytes, or -1; also -1 if `entry` is found. */
  readonly likeEntry: number;
}

/**
 * The certificates that were given with a CRL, and the entries that list them. Lookups run on first use, in time linear
 * in the number of entries and certificates.
 */
export class CertificatesInScope {
  /** All certificates given with --certs, in their order. */
  readonly all: readonly GivenCertificate[];
  readonly #crl: Crl;
  #parted: { readonly issued: readonly GivenCertificate[]; readonly foreign: readonly GivenCertificate[] } | undefined;
  #issued: readonly Listing[] | undefined;
  #covered: readonly Listing[] | undefined;
  #byEntry: Map<number, GivenCertificate> | undefined;

  constructor(crl: Crl, all: readonly GivenCertificate[]) {
    this.#crl = crl;
    this.all = all;
  }

  /** Certificates whose issuer is, byte for byte, that of the CRL: RFC 5280 6.3.3 (b)(1) for a direct CRL. */
  get issued(): readonly Listing[] {
    this.#issued ??= listOwn(this.#crl, this.#part().issued);
    return this.#issued;
  }

  /** Certificates of other issuers. */
  get foreign(): readonly GivenCertificate[] {
    return this.#part().foreign;
  }

  /**
   * `issued`, and for an indirect CRL also the certificates of other issuers that it lists under their
   * certificateIssuer (5.3.3).
   */
  get covered(): readonly Listing[] {
    this.#covered ??=
      this.#crl.entries.serials.issuers === undefined || this.foreign.length === 0
        ? this.issued
        : [...this.issued, ...listForeign(this.#crl, this.foreign).filter(({ entry }) => entry >= 0)];
    return this.#covered;
  }

  /** Returns the certificate that an entry revokes, if it was given. */
  ofEntry(index: number): GivenCertificate | undefined {
    this.#byEntry ??= new Map(
      this.covered.filter(({ entry }) => entry >= 0).map((listing) => [listing.entry, listing]),
    );
    return this.#byEntry.get(index);
  }

  #part() {
    this.#parted ??= {
      issued: this.all.filter(({ certificate }) => isIssuedBy(this.#crl, certificate)),
      foreign: this.all.filter(({ certificate }) => !isIssuedBy(this.#crl, certificate)),
    };
    return this.#parted;
  }
}

/** Certificates that the user expects to be revoked, or good. */
export interface ExpectedCertificates {
  readonly revoked: CertificatesInScope;
  readonly good: CertificatesInScope;
}

/** Whether the issuer of a certificate is, byte for byte, that of a CRL. */
export function isIssuedBy(crl: Crl, { source, issuer }: Certificate): boolean {
  return crl.issuer !== undefined && sameBytes(bytesOf(crl.source.bytes, crl.issuer), bytesOf(source.bytes, issuer));
}

/**
 * Assigns the certificates of a call to its CRLs. If the CRLs are of several CAs, a certificate of one of their issuers
 * is assigned only to the CRLs of this issuer.
 *
 * @param crls the CRLs of the call, by their indexes in it
 * @returns function that returns the certificates that a CRL may list
 */
export function partByIssuer(
  certificates: readonly GivenCertificate[],
  crls: ReadonlyMap<number, Crl>,
): (index: number) => readonly GivenCertificate[] {
  if (crls.size < 2) return () => certificates;
  const issuerOf = new Map(
    Array.from(crls, ([index, { issuer, source }]) => {
      return [index, issuer === undefined ? "" : mapKey(source.bytes, issuer)];
    }),
  );
  const issuers = new Set(issuerOf.values());
  const issued = certificates.map(({ certificate }) => mapKey(certificate.source.bytes, certificate.issuer));
  return (index) => certificates.filter((_, i) => issued[i] === issuerOf.get(index) || !issuers.has(issued[i] ?? ""));
}

/** Looks up certificates of the CRL's own issuer: in entries without a certificateIssuer, or with one of that name. */
function listOwn(crl: Crl, certificates: readonly GivenCertificate[]): readonly Listing[] {
  const own = serialsOf(certificates);
  const listed = crl.entries.serials;
  const exact = matchSerials(own, listed);
  const named = listed.issuers === undefined ? undefined : matchSerials(withIssuers(own, certificates), listed);
  const like = matchSerials(withoutZeros(own), withoutZeros(listed));
  return certificates.map((given, i) => {
    const entry = Math.max(exact[i] ?? -1, named?.[i] ?? -1);
    return { entry, likeEntry: entry < 0 ? (like[i] ?? -1) : -1, ...given };
  });
}

function listForeign(crl: Crl, certificates: readonly GivenCertificate[]): readonly Listing[] {
  const found = matchSerials(withIssuers(serialsOf(certificates), certificates), crl.entries.serials);
  return certificates.map((given, i) => ({ entry: found[i] ?? -1, likeEntry: -1, ...given }));
}

/** Returns the serials of certificates, concatenated. */
export function serialsOf(certificates: readonly GivenCertificate[]): Serials {
  const values = certificates.map(({ certificate }) => contents(certificate.source.bytes, certificate.serialNumber));
  return { ...join(values), issuers: undefined };
}

/** Adds the issuers of their certificates to serials, in the form of a certificateIssuer with one directoryName. */
function withIssuers(serials: Serials, certificates: readonly GivenCertificate[]): Serials {
  const names = certificates.map(({ certificate: { source, issuer } }) => namesWith(bytesOf(source.bytes, issuer)));
  const joined = join([serials.bytes, ...names]);
  return {
    ...serials,
    bytes: joined.bytes,
    issuers: { offsets: joined.offsets.subarray(1), lengths: joined.lengths.subarray(1) },
  };
}

/** Returns the GeneralNames with one directoryName, as a certificateIssuer usually has it. */
export function namesWith(name: Uint8Array): Uint8Array {
  return wrap(0x30, wrap(0xa4, name));
}

function join(values: readonly Uint8Array[]) {
  const bytes = new Uint8Array(values.reduce((sum, value) => sum + value.length, 0));
  const offsets = new Int32Array(values.length);
  const lengths = new Int32Array(values.length);
  let at = 0;
  values.forEach((value, i) => {
    bytes.set(value, at);
    offsets[i] = at;
    lengths[i] = value.length;
    at += value.length;
  });
  return { bytes, offsets, lengths };
}

/** Returns a TLV with the given contents, with its length in DER (X.690 10.1). */
function wrap(tag: number, value: Uint8Array): Uint8Array {
  const count = value.length < 0x80 ? 0 : Math.ceil((32 - Math.clz32(value.length)) / 8);
  const tlv = new Uint8Array(2 + count + value.length);
  tlv[0] = tag;
  tlv[1] = count === 0 ? value.length : 0x80 | count;
  for (let i = 0; i < count; i += 1) tlv[2 + i] = value.length >>> (8 * (count - 1 - i));
  tlv.set(value, 2 + count);
  return tlv;
}

/** Returns the same serials without leading zero bytes. A missing or unnecessary 00 then makes no difference. */
function withoutZeros(serials: Serials): Serials {
  const { bytes, issuers } = serials;
  const offsets = Int32Array.from(serials.offsets);
  const lengths = offsets.map((offset, i) => {
    const length = serialLength(serials, i);
    let skipped = 0;
    while (skipped + 1 < length && bytes[offset + skipped] === 0) skipped += 1;
    offsets[i] = offset + skipped;
    return length - skipped;
  });
  return { bytes, offsets, lengths, issuers };
}
