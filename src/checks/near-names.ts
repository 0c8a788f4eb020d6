import type { Certificate } from "../cert/certificate.ts";
import type { GeneralName } from "../extension/general-name.ts";
import { namesOfPoint } from "../given/points.ts";
import { findNearMiss, reduceUri, showDifference } from "./uri-difference.ts";

/** Names of one certificate that are looked at for near misses; it has one or two. */
const mostNames = 16;

/** The URIs of a certificate's cRLDistributionPoints, each once and at most a few. */
export function urisOf({ crlDistributionPoints }: Certificate): readonly string[] {
  const points = crlDistributionPoints?.list.slice(0, mostNames) ?? [];
  return [...new Set(points.flatMap((point) => textsOf((namesOfPoint(point) ?? []).slice(0, mostNames))))];
}

/** The texts of names: URIs, and what stands in their place. */
export function textsOf(names: readonly GeneralName[]): readonly string[] {
  return names.flatMap(({ text }) => text ?? []);
}

/** Finds URIs that differ from wanted ones so little that they were meant to be the same. Linear in both. */
export class NearNames {
  /** The wanted URIs by what is left of them without all that is easily mistaken. */
  readonly #wanted = new Map<string, string>();
  readonly #answers = new Map<string, string | undefined>();

  constructor(wanted: readonly string[]) {
    for (const uri of wanted) this.#wanted.set(reduceUri(uri), uri);
  }

  /** How a URI of a certificate all but equals a wanted one, in words and escaped; undefined where none does. */
  explain(certificate: Certificate): string | undefined {
    for (const uri of urisOf(certificate)) {
      const answer = this.explainUri(uri);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  /** The first explanation that any of some certificates gives. */
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
    if (wanted === uri) return "the text is the same, but it is another kind of GeneralName or encoded in another way";
    const miss = findNearMiss(uri, wanted);
    return miss && `they differ in ${miss}: ${showDifference(uri, wanted)}`;
  }
}
