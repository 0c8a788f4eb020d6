import type { Certificate } from "../cert/certificate.ts";
import type { GeneralName } from "../extension/general-name.ts";
import { namesOfPoint } from "../given/points.ts";
import { findNearMiss, reduceUri, showDifference } from "./uri-difference.ts";

/** Maximum names of one certificate that are compared; certificates have one or two. */
const mostNames = 16;

/** The URIs of a certificate's cRLDistributionPoints, each once and at most a few. */
export function urisOf({ crlDistributionPoints }: Certificate): readonly string[] {
  const points = crlDistributionPoints?.list.slice(0, mostNames) ?? [];
  return [...new Set(points.flatMap((point) => textsOf((namesOfPoint(point) ?? []).slice(0, mostNames))))];
}

/** The texts of names: URIs, and names of other kinds. */
export function textsOf(names: readonly GeneralName[]): readonly string[] {
  return names.flatMap(({ text }) => text ?? []);
}

/** Finds URIs that differ so little from wanted ones that they were meant to be the same. Linear in both. */
export class NearNames {
  /** The wanted URIs by their text without everything that is easily mistaken. */
  readonly #wanted = new Map<string, string>();
  readonly #answers = new Map<string, string | undefined>();

  constructor(wanted: readonly string[]) {
    for (const uri of wanted) this.#wanted.set(reduceUri(uri), uri);
  }

  /** How a URI of a certificate nearly equals a wanted one, in words and escaped; undefined if none does. */
  explain(certificate: Certificate): string | undefined {
    for (const uri of urisOf(certificate)) {
      const answer = this.explainUri(uri);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  /** The first explanation for one of some certificates. */
  explainAny(certificates: Iterable<{ readonly certificate: Certificate }>): string | undefined {
    for (const { certificate } of certificates) {
      const answer = this.explain(certificate);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  /** The same for one URI. */
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
