import { lintCrl } from "../../src/index.ts";
import { type Answer, type Client, type Outcome } from "../../src/clients/client.ts";
import { crlOf, type Form, forms, furtherOf } from "../../src/clients/forms.ts";
import { type LeafName, makeLab, trialOf } from "../../src/clients/lab.ts";

/** Content of docs/consumers.json. */
export interface Matrix {
  readonly clients: readonly MeasuredClient[];
  readonly forms: readonly MeasuredForm[];
}

/** A client whose answers were recorded. */
export interface MeasuredClient {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly mode: string;
}

/** The answers of all clients to one form. */
export interface MeasuredForm {
  readonly id: string;
  readonly title: string;
  /** Whether the CA has revoked the first leaf. */
  readonly isRevoked: boolean;
  readonly answers: Readonly<Record<string, Readonly<Record<LeafName, Answer>>>>;
}

const leafNames = ["revoked", "good"] as const satisfies readonly LeafName[];

/** Returns the answers of one client to some forms, at the current time. */
export async function measure(client: Client, list: readonly Form[], now: number) {
  const tried = list.flatMap((form) => Array.from({ length: form.attempts ?? 1 }, (_, attempt) => ({ form, attempt })));
  const trials = tried.flatMap(({ form, attempt }) => {
    const lab = makeLab(now, form.lab);
    const [crl, further] = [crlOf(form, lab), furtherOf(form, lab, attempt)];
    return leafNames.map((leaf) => {
      const trial = trialOf(lab, leaf, crl, further);
      return form.withoutRootCrl === true ? { ...trial, rootCrl: crl } : trial;
    });
  });
  const answers = (await client.verify(trials)).map(lasting);
  const both = tried.map(({ form }, i) => {
    const [revoked, good] = answers.slice(2 * i, 2 * i + 2) as [Answer, Answer];
    return { form, answers: { revoked, good } };
  });
  return list.map((form): Readonly<Record<LeafName, Answer>> => {
    const all = both.filter((each) => each.form === form).map((each) => each.answers);
    return (all.find(({ revoked }) => revoked.outcome === "accepted") ?? all[0])!;
  });
}

/** Returns an answer without the parts that differ between runs: the reason for a revocation contains its date. */
function lasting({ outcome, reason }: Answer): Answer {
  return { outcome, reason: outcome === "revoked" ? "" : reason };
}

/** Tries all forms with all clients on this machine. */
export async function measureAll(clients: readonly Client[], clock: () => number): Promise<Matrix> {
  const measured: MeasuredClient[] = [];
  const columns = new Map<string, Awaited<ReturnType<typeof measure>>>();
  for (const client of clients) {
    const version = await client.version();
    const { id, name, mode } = client;
    console.log(`${name} (${mode}): ${version ?? "not on this machine"}`);
    if (version === undefined) continue;
    measured.push({ id, name, version, mode });
    // The dates are minutes from the current time, so CRLs are made for each client.
    columns.set(id, await measure(client, forms, clock()));
  }
  return {
    clients: measured,
    forms: forms.map((form, i) => ({
      id: form.id,
      title: form.title,
      isRevoked: form.isRevoked ?? true,
      answers: Object.fromEntries([...columns].map(([id, column]) => [id, column[i]!])),
    })),
  };
}

/** Returns the findings of crllint in a form by default, each with its severity: `error issuer/not-byte-identical`. */
export function findingsIn(form: Form): readonly string[] {
  const now = Date.parse("2026-11-02T00:00:00Z") / 1000;
  const lab = makeLab(now, form.lab);
  const run = lintCrl({ crl: crlOf(form, lab), issuer: lab.ca.certificate, now: new Date(now * 1000) });
  const all = run.findings.map(({ severity, rule }) => `${severity} ${rule}`);
  return [...new Set(all)].sort();
}

/** Returns two answers as one cell of a table: `right`, or the answers to the revoked and the good leaf. */
export function cellOf({ revoked, good }: Readonly<Record<LeafName, Answer>>, isRevoked: boolean): string {
  if (revoked.outcome === "crl-refused" && good.outcome === "crl-refused") return "CRL refused";
  if (revoked.outcome === (isRevoked ? "revoked" : "accepted") && good.outcome === "accepted") return "right";
  const words: Readonly<Record<Outcome, string>> = {
    accepted: "accepted",
    revoked: "revoked",
    rejected: "rejected",
    "crl-refused": "CRL refused",
    "no-answer": "no answer",
  };
  const first = revoked.outcome === "accepted" && isRevoked ? "**ACCEPTED**" : words[revoked.outcome];
  return `${first}, ${words[good.outcome]}`;
}
