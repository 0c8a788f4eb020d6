import type { Certificate } from "../cert/certificate.ts";
import type { Crl } from "../crl/crl.ts";
import { matchSerials } from "../crl/match-serials.ts";
import type { Serials } from "../crl/repeats.ts";
import { contents, octets, sameOctets } from "../der/span.ts";
import type { GivenCertificate } from "./rule.ts";

/** How a certificate stands in a CRL. */
export interface Listing extends GivenCertificate {
  /** Index of the entry with the same serial octets, or -1. */
  readonly entry: number;
  /** Index of an entry with the same serial value in other octets, or -1; -1 too where `entry` is found. */
  readonly likeEntry: number;
}

/**
 * The certificates that a CRL was given with: those of its issuer, and whether it lists them. Looked up when first
 * asked for, in time linear in entries and certificates.
 */
export class CertificatesInScope {
  /** All certificates given with --certs, in their order. */
  readonly all: readonly GivenCertificate[];
  readonly #crl: Crl;
  #listings: readonly Listing[] | undefined;

  constructor(crl: Crl, all: readonly GivenCertificate[]) {
    this.#crl = crl;
    this.all = all;
  }

  /** Certificates whose issuer is, octet for octet, that of the CRL: RFC 5280 6.3.3 (b)(1) for a direct CRL. */
  get issued(): readonly Listing[] {
    this.#listings ??= listIn(
      this.#crl,
      this.all.filter(({ certificate }) => isIssuedBy(this.#crl, certificate)),
    );
    return this.#listings;
  }

  /** Certificates of other issuers. */
  get foreign(): readonly GivenCertificate[] {
    return this.all.filter(({ certificate }) => !isIssuedBy(this.#crl, certificate));
  }
}

function isIssuedBy(crl: Crl, { source, issuer }: Certificate): boolean {
  return crl.issuer !== undefined && sameOctets(octets(crl.source.bytes, crl.issuer), octets(source.bytes, issuer));
}

function listIn(crl: Crl, certificates: readonly GivenCertificate[]): readonly Listing[] {
  const own = serialsOf(certificates);
  const listed = crl.entries.serials;
  // In an indirect CRL only entries of the CRL's own issuer are looked up by certificates of that issuer.
  const exact = matchSerials(own, listed);
  const like = matchSerials(withoutZeros(own), withoutZeros(listed));
  return certificates.map((given, i) => {
    const entry = exact[i] ?? -1;
    return { ...given, entry, likeEntry: entry < 0 ? (like[i] ?? -1) : -1 };
  });
}

/** The serials of certificates, one behind the other. */
function serialsOf(certificates: readonly GivenCertificate[]): Serials {
  const values = certificates.map(({ certificate }) => contents(certificate.source.bytes, certificate.serialNumber));
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
  return { bytes, offsets, lengths, issuers: undefined };
}

/** The same serials without leading zero octets: what a lost or a needless 00 makes of a serial. */
function withoutZeros({ bytes, offsets, lengths, issuers }: Serials): Serials {
  const from = Int32Array.from(offsets);
  const count = Int32Array.from(lengths);
  from.forEach((offset, i) => {
    let skipped = 0;
    while (skipped + 1 < (lengths[i] ?? 0) && bytes[offset + skipped] === 0) skipped += 1;
    from[i] = offset + skipped;
    count[i] = (lengths[i] ?? 0) - skipped;
  });
  return { bytes, offsets: from, lengths: count, issuers };
}
