import type { Certificate } from "../cert/certificate.ts";
import { namesOfPoint, textsOf } from "../given/points.ts";
import { findNearMiss, reduceUri, showDifference } from "./uri-difference.ts";

/** Maximum number of names of one certificate that are compared; certificates have one or two. */
const mostNames = 16;

/** Returns the first few URIs of a certificate's cRLDistributionPoints, without duplicates. */
export function urisOf({ crlDistributionPoints }: Certificate): readonly string[] {
  const points = crlDistributionPoints?.list.slice(0, mostNames) ?? [];
  return [...new Set(points.flatMap((point) => textsOf((namesOfPoint(point) ?? []).slice(0, mostNames))))];
}

/** Index of wanted URIs that finds the one that was probably meant by a slightly different URI. Linear in both. */
export class NearNames {
  /** The wanted URIs by their reduced text; see `reduceUri`. */
  readonly #wanted = new Map<string, string>();
  readonly #answers = new Map<string, string | undefined>();

  constructor(wanted: readonly string[]) {
    for (const uri of wanted) this.#wanted.set(reduceUri(uri), uri);
  }

  /** Explains how a URI of a certificate nearly equals a wanted one. Escaped; undefined if none does. */
  explain(certificate: Certificate): string | undefined {
    for (const uri of urisOf(certificate)) {
      const answer = this.explainUri(uri);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  /** Returns the first explanation for some certificates. */
  explainAny(certificates: Iterable<{ readonly certificate: Certificate }>): string | undefined {
    for (const { certificate } of certificates) {
      const answer = this.explain(certificate);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  /** Explains how a URI nearly equals a wanted one. Escaped; undefined if it does not. */
  explainUri(uri: string): string | undefined {
    if (!this.#answers.has(uri)) this.#answers.set(uri, this.#compare(uri));
    return this.#answers.get(uri);
  }

  #compare(uri: string): string | undefined {
    const wanted = this.#wanted.get(reduceUri(uri));
    if (wanted === undefined) return undefined;
    if (wanted === uri) return "the text is the same, but the kind or the encoding of the GeneralName is not";
    const miss = findNearMiss(uri, wanted);
    return miss && `they differ in ${miss}: ${showDifference(uri, wanted)}`;
  }
}
