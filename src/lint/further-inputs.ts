import { compareEntries, type EntryChanges } from "../crl/changes.ts";
import type { Crl } from "../crl/crl.ts";
import { contents, octets, sameOctets } from "../der/span.ts";
import { Oid } from "../extension/oids.ts";
import type { Artefact } from "../input/read.ts";

/** A CRL that was given to compare with, as it was read. */
export interface GivenCrl {
  readonly crl: Crl;
  readonly artefact: Artefact;
}

/** Another CRL that one is compared with: the one it replaces, or the one that a delta CRL updates. */
export class OtherCrl {
  readonly crl: Crl;
  readonly artefact: Artefact;
  readonly #current: Crl;
  #changes: EntryChanges | undefined;

  constructor(current: Crl, crl: Crl, artefact: Artefact) {
    this.#current = current;
    this.crl = crl;
    this.artefact = artefact;
  }

  /** How the entries of the CRL under judgement differ from those of this one. Found when first asked for. */
  get changes(): EntryChanges {
    this.#changes ??= compareEntries(this.crl, this.#current);
    return this.#changes;
  }

  /** Whether both name the same issuer, octet for octet. */
  get sameIssuer(): boolean {
    return sameSpan(this.crl, this.crl.issuer, this.#current, this.#current.issuer);
  }

  /** Whether both have the same issuingDistributionPoint value, or none. */
  get sameScope(): boolean {
    const mine = valueOf(this.crl, Oid.issuingDistributionPoint);
    const other = valueOf(this.#current, Oid.issuingDistributionPoint);
    return mine === undefined || other === undefined ? mine === other : sameOctets(mine, other);
  }

  /** Whether this CRL and the one under judgement are one series: the same issuer and the same scope. */
  get sameSeries(): boolean {
    return this.sameIssuer && this.sameScope;
  }
}

function sameSpan(
  a: Crl,
  one: { readonly start: number; readonly end: number } | undefined,
  b: Crl,
  other: { readonly start: number; readonly end: number } | undefined,
): boolean {
  if (one === undefined || other === undefined) return false;
  return sameOctets(octets(a.source.bytes, one), octets(b.source.bytes, other));
}

function valueOf(crl: Crl, oid: string): Uint8Array | undefined {
  const value = crl.crlExtensions?.list.find((extension) => extension.oid === oid)?.value;
  return value && contents(crl.source.bytes, value);
}

/** How a CRL was served: what an HTTP client saw of it. All text comes from a server and is not escaped. */
export interface Transport {
  /** The URL that was asked for. */
  readonly url: string;
  /** Where redirects led to, in their order; the last one answered. */
  readonly redirects: readonly string[];
  readonly status: number;
  /** Header fields by their name in lower case; repeated ones joined by a comma and a space. */
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds from the request to the last octet of the body. */
  readonly milliseconds: number;
  /** When the body was complete, in seconds since 1970. */
  readonly receivedAt: number;
}
