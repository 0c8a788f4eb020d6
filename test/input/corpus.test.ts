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

/** Returns the paths of files with anything other than objects of a kind; a few have several. */
function strangers(paths: Iterable<string>, kind: string): readonly string[] {
  return [...paths].filter((path) => {
    const objects = readInput(path, readFileSync(new URL(path, root)));
    return objects.some((object) => object.kind !== kind);
  });
}

describe.skipIf(lines.length === 0)("corpus", () => {
  test("every CRL is a CRL, in DER and in PEM", () => {
    const sound = lines.filter((line) => !line.features?.includes("malformed"));
    expect(sound.length).toBeGreaterThan(1000);
    expect(
      strangers(
        sound.map((line) => line.crl),
        "crl",
      ),
    ).toEqual([]);
  });

  test("every CA certificate is a certificate", () => {
    const authorities = new Set(lines.flatMap((line) => line.ca ?? []));
    expect(authorities.size).toBeGreaterThan(100);
    expect(strangers(authorities, "certificate")).toEqual([]);
  });
});
