import { describe, expect, test } from "vitest";
import { readCorpus, readCorpusFile } from "../../scripts/corpus.ts";
import { readCrl } from "../../src/crl/read.ts";
import { kit } from "../../src/fixture/index.ts";
import { lintCrl } from "../../src/index.ts";
import { readInput } from "../../src/input/read.ts";
import { type Disagreement, disagreements, explain } from "./disagreements.ts";
import { isFull } from "./inside.ts";
import { mutate, Random } from "./mutate.ts";
import { hasOpenssl, maximumEntries, readAsn1, readOpenssl, readOurs } from "./readers.ts";

const patience = 1_200_000;

/** Octets of a CRL and what to call them. */
interface Subject {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What the readers disagree on although crllint has nothing against the encoding, and what nobody has explained. */
function compare({ name, bytes }: Subject, withOpenssl: boolean): readonly Disagreement[] {
  const crl = readCrl(bytes, "crl");
  // Of what is malformed, each reader makes something else; that it is malformed has been said.
  if (crl.source.faults.count > 0 || crl.entries.count > maximumEntries) return [];
  const readers = { "asn1-x509": readAsn1(bytes), ...(withOpenssl && { openssl: readOpenssl(bytes) }) };
  return disagreements(name, readOurs(crl), readers).filter(({ field }) => field !== "all" || !isTold(bytes));
}

/** Whether a rule accuses the CRL: others may refuse it for what is no fault of the framing, as parameters of a wrong type. */
function isTold(crl: Uint8Array): boolean {
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

describe.skipIf(corpus === undefined)("CRLs that others wrote are read as others read them", () => {
  const subjects = (corpus ?? []).flatMap(({ crl }) => {
    const object = readInput(crl, readCorpusFile(crl)).find(({ kind }) => kind === "crl");
    return object === undefined ? [] : [{ name: crl, bytes: object.artefact.bytes }];
  });

  test("by asn1-x509 and by openssl", { timeout: patience }, () => {
    expect(subjects.length).toBeGreaterThan(1000);
    expect(unexplained(subjects, isFull ? 1 : 40)).toEqual([]);
  });
});

describe("CRLs that were changed are read as others read them, or told to be malformed", () => {
  const sound = [
    kit.crl().crl,
    kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }).crl,
    kit.crl({ extra: [kit.extension.deltaCrlIndicator(4710)], entries: [{ reason: 8 }, { serial: "00ff" }] }).crl,
  ];

  test("by asn1-x509 and by openssl", { timeout: patience }, () => {
    const subjects = Array.from({ length: isFull ? 40_000 : 3000 }, (_, seed) => ({
      name: `seed ${seed}`,
      bytes: mutate(sound[seed % sound.length] as Uint8Array, sound, new Random(seed)),
    }));
    expect(unexplained(subjects, isFull ? 20 : 150)).toEqual([]);
  });
});
