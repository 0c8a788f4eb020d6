import type { Certificate } from "../cert/certificate.ts";
import type { GeneralName } from "../extension/general-name.ts";
import { namesOfPoint } from "./points.ts";
import { findNearMiss, showDifference } from "./uri-difference.ts";

/** Names of one CRL that are looked at for near misses; a CRL has one or two. */
const mostNames = 16;

/** The texts of names: URIs, and what stands in their place. */
function textsOf(names: readonly GeneralName[]): readonly string[] {
  return names.slice(0, mostNames).flatMap(({ text }) => text ?? []);
}

/** The URIs of a certificate's cRLDistributionPoints, each once and at most a few. */
export function urisOf({ crlDistributionPoints }: Certificate): readonly string[] {
  const points = crlDistributionPoints?.list.slice(0, mostNames) ?? [];
  return [...new Set(points.flatMap((point) => textsOf(namesOfPoint(point) ?? [])))];
}

/** Looks for URIs that differ from wanted ones so little that they were meant to be the same. Remembers its answers. */
export class NearNames {
  readonly #wanted: readonly string[];
  readonly #answers = new Map<string, string | undefined>();

  /** @param wanted URIs to look for, a few */
  constructor(wanted: readonly string[]) {
    this.#wanted = wanted;
  }

  /** Those of names. */
  static of(names: readonly GeneralName[]): NearNames {
    return new NearNames(textsOf(names));
  }

  /** How a URI of the certificate all but equals a wanted one, in words and escaped; undefined where none does. */
  explain(certificate: Certificate): string | undefined {
    for (const uri of urisOf(certificate)) {
      const answer = this.#answers.has(uri) ? this.#answers.get(uri) : this.#compare(uri);
      this.#answers.set(uri, answer);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  #compare(uri: string): string | undefined {
    for (const wanted of this.#wanted) {
      if (uri === wanted) return `both name "${showDifference(uri, wanted)}`;
      const miss = findNearMiss(uri, wanted);
      if (miss !== undefined) return `they differ in ${miss}: ${showDifference(uri, wanted)}`;
    }
    return undefined;
  }
}
