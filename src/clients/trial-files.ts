import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Answer, answer, noAnswer, type Outcome, type Trial } from "./client.ts";
import type { Ended } from "./run-program.ts";

/** Paths of the files of a trial. */
export interface TrialFiles {
  /** Certificates in DER. */
  readonly root: string;
  readonly ca: string;
  readonly leaf: string;
  /** The CRL of the root in DER, the one being tried as published, then further ones in DER. */
  readonly crls: readonly string[];
}

/** Writes a trial for a client that reads one object per file. */
export function writeTrial(trial: Trial, directory: string): TrialFiles {
  const write = (name: string, bytes: Uint8Array): string => {
    const file = join(directory, name);
    writeFileSync(file, bytes);
    return file;
  };
  return {
    root: write("root.der", trial.root),
    ca: write("ca.der", trial.ca),
    leaf: write("leaf.der", trial.leaf),
    crls: [trial.rootCrl, trial.crl, ...trial.further].map((crl, i) => write(`${i}.crl`, crl)),
  };
}

const outcomes: ReadonlySet<string> = new Set<Outcome>(["accepted", "revoked", "rejected", "crl-refused"]);

/**
 * Formats a trial as a line of input for a program that answers many: base64 of root, CA, leaf, CRL of the root, other
 * CRLs.
 */
export function trialLine({ root, ca, leaf, rootCrl, crl, further }: Trial): string {
  const objects = [root, ca, leaf, rootCrl, crl, ...further];
  return `${objects.map((bytes) => Buffer.from(bytes).toString("base64")).join(" ")}\n`;
}

/** Returns the answers that such a program wrote, one per line and trial. */
export function answersIn(ended: Ended | undefined, trials: readonly Trial[]): readonly Answer[] {
  const lines = (ended?.out ?? "").split("\n").slice(0, -1);
  return trials.map((_, i) => answerIn(lines[i]));
}

/** Reads a line of such a program: an outcome and, after a tab, the reason. */
function answerIn(line: string | undefined): Answer {
  const [outcome = "", words] = line?.split("\t") ?? [];
  return outcomes.has(outcome) ? answer(outcome as Outcome, words) : noAnswer;
}

/** Returns the answer of a program that was run for one trial. If it crashed, it did not accept the certificate. */
export function answerOf(ended: Ended | undefined): Answer {
  if (ended?.code === undefined) return noAnswer;
  return ended.code === 0 ? answerIn(ended.out.split("\n")[0]) : answer("rejected", "the program crashed");
}
