import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readInput } from "../../src/input/read.ts";

interface CorpusLine {
  readonly crl: string;
  readonly ca?: string;
  readonly features?: readonly string[];
}

const root = new URL("../../../shared/corpus/", import.meta.url);
const index = new URL("index.jsonl", root);
const lines = existsSync(index)
  ? readFileSync(index, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as CorpusLine)
  : [];

/** Returns the paths of files that contain an object of another kind. */
function pathsWithOtherKinds(paths: Iterable<string>, kind: string): readonly string[] {
  return [...paths].filter((path) => {
    const objects = readInput(path, readFileSync(new URL(path, root)));
    return objects.some((object) => object.kind !== kind);
  });
}

describe.skipIf(lines.length === 0)("corpus", () => {
  test("every well-formed CRL is recognized as a CRL, in DER and in PEM", () => {
    const valid = lines.filter((line) => !line.features?.includes("malformed"));
    expect(valid.length).toBeGreaterThan(1000);
    expect(
      pathsWithOtherKinds(
        valid.map((line) => line.crl),
        "crl",
      ),
    ).toEqual([]);
  });

  test("every CA certificate is recognized as a certificate", () => {
    const authorities = new Set(lines.flatMap((line) => line.ca ?? []));
    expect(authorities.size).toBeGreaterThan(100);
    expect(pathsWithOtherKinds(authorities, "certificate")).toEqual([]);
  });
});
