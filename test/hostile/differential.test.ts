import { describe, expect, test } from "vitest";
import { readCorpus, readCorpusFile } from "../../scripts/corpus.ts";
import { readCrl } from "../../src/crl/read.ts";
import { kit } from "../../src/fixture/index.ts";
import { lintCrl } from "../../src/index.ts";
import { readInput } from "../../src/input/read.ts";
import { type Disagreement, disagreements, explain } from "./disagreements.ts";
import { isFull } from "./inside.ts";
import { mutate, Random } from "./mutate.ts";
import { hasOpenssl } from "../support/tools.ts";
import { maximumEntries, readAsn1, readOpenssl, readOurs } from "./readers.ts";

/** Bytes of a CRL, and a name for them. */
interface Subject {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Returns disagreements of the readers on a CRL whose encoding crllint accepts. */
function compare({ name, bytes }: Subject, withOpenssl: boolean): readonly Disagreement[] {
  const crl = readCrl(bytes, "crl");
  // Readers may differ on a CRL that crllint reports as malformed.
  if (crl.source.faults.count > 0 || crl.entries.count > maximumEntries) return [];
  const readers = { "asn1-x509": readAsn1(bytes), ...(withOpenssl && { openssl: readOpenssl(bytes) }) };
  return disagreements(name, readOurs(crl), readers).filter(({ field }) => field !== "all" || !hasError(bytes));
}

/** Whether a rule reports an error that other readers may reject, for example parameters of a wrong type. */
function hasError(crl: Uint8Array): boolean {
  const run = lintCrl({ crl, issuer: kit.ca.certificate, profile: "rfc5280", signature: "ignore" });
  return run.findings.some(({ severity }) => severity === "error");
}

function unexplained(subjects: readonly Subject[], opensslOneIn: number): readonly string[] {
  return subjects
    .flatMap((subject, i) => compare(subject, hasOpenssl && i % opensslOneIn === 0))
    .filter((disagreement) => explain(disagreement) === undefined)
    .map(({ name, reader, field, ours, theirs }) => `${name}: ${field} is ${ours}; ${reader} reads ${theirs}`);
}

const corpus = readCorpus();

describe.skipIf(corpus === undefined)("crllint reads independent CRLs as other readers do", () => {
  const subjects = (corpus ?? []).flatMap(({ crl }) => {
    const object = readInput(crl, readCorpusFile(crl)).find(({ kind }) => kind === "crl");
    return object === undefined ? [] : [{ name: crl, bytes: object.artefact.bytes }];
  });

  test("by asn1-x509 and by openssl", () => {
    expect(subjects.length).toBeGreaterThan(1000);
    const some = isFull ? subjects : subjects.filter((_, i) => i % 4 === 0);
    expect(unexplained(some, isFull ? 1 : 10)).toEqual([]);
  });
});

describe("crllint reads changed CRLs as other readers do, or reports that they are malformed", () => {
  const sound = [
    kit.crl().crl,
    kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }).crl,
    kit.crl({ extra: [kit.extension.deltaCrlIndicator(4710)], entries: [{ reason: 8 }, { serial: "00ff" }] }).crl,
  ];

  test("by asn1-x509 and by openssl", () => {
    const subjects = Array.from({ length: isFull ? 40_000 : 1200 }, (_, seed) => ({
      name: `seed ${seed}`,
      bytes: mutate(sound[seed % sound.length] as Uint8Array, sound, new Random(seed)),
    }));
    expect(unexplained(subjects, isFull ? 20 : 60)).toEqual([]);
  });
});
