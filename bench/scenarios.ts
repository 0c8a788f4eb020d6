import type { CrlPlan, PlannedKey } from "./generate.ts";

/** A measurement: all programs with the same input. */
export interface Scenario {
  readonly name: string;
  readonly what: string;
  readonly input: { readonly plan: CrlPlan } | { readonly files: number; readonly key: PlannedKey };
  /** Options of crllint that the input needs. */
  readonly options?: readonly string[];
  /** Whether it is measured only if `--only` names it: it takes minutes, and gigabytes of memory for the peers. */
  readonly isLarge?: true;
  /** Limits that crllint must not exceed. */
  readonly targets: readonly Target[];
}

export type Target =
  /** Wall time as a multiple of that of a peer. */
  | { readonly peer: string; readonly times: number }
  /** Wall time for 1,000 CRLs of a folder, in seconds. */
  | { readonly perThousand: number }
  /** Peak memory: a multiple of the file's size, and a number of MiB. */
  | { readonly file: number; readonly mebi: number };

const openssl = (times: number): Target => ({ peer: "openssl", times });
const millionInMemory: readonly Target[] = [openssl(0.25), { peer: "zlint", times: 0.06 }, { file: 1, mebi: 80 }];
const million: readonly Target[] = [openssl(0.25), { peer: "zlint", times: 0.06 }, { file: 0, mebi: 80 }];

/** Returns all scenarios; `small` ones have few entries and no targets, to test that they run. */
export function scenarios(small: boolean): readonly Scenario[] {
  return all(small).map((scenario) => (small ? { ...scenario, targets: [] } : scenario));
}

function all(small: boolean): readonly Scenario[] {
  const of = (entries: number): number => (small ? Math.ceil(entries / 1000) : entries);
  const plan = (entries: number, more: Omit<CrlPlan, "entries"> = {}) => ({ plan: { entries: of(entries), ...more } });
  return [
    {
      name: "start",
      what: "10 entries",
      input: { plan: { entries: 10 } },
      targets: [
        { peer: "node -e 0", times: 2 },
        { peer: "pkilint", times: 0.2 },
      ],
    },
    { name: "100k", what: "100,000 entries", input: plan(100_000), targets: [openssl(1)] },
    { name: "1m", what: "1,000,000 entries", input: plan(1_000_000), targets: million },
    {
      name: "5m",
      what: "5,000,000 entries",
      input: plan(5_000_000),
      targets: [openssl(0.15), { file: 0, mebi: 128 }],
    },
    {
      name: "20m",
      what: "20,000,000 entries",
      input: plan(20_000_000),
      options: ["--limit", "entries=20000000"],
      isLarge: true,
      targets: [openssl(0.15), { file: 0, mebi: 300 }],
    },
    { name: "1m-sorted", what: "sorted by serial", input: plan(1_000_000, { sorted: true }), targets: million },
    {
      name: "1m-violations",
      what: "every entry violates three rules",
      input: plan(1_000_000, { violations: true }),
      targets: millionInMemory,
    },
    {
      name: "1m-same",
      what: "one serial throughout",
      input: plan(1_000_000, { serials: "same" }),
      targets: millionInMemory,
    },
    {
      name: "100k-colliding",
      what: "serials of 80 bytes, chosen to collide",
      input: plan(100_000, { serials: "colliding" }),
      targets: [openssl(1)],
    },
    { name: "1m-p256", what: "signed with P-256", input: plan(1_000_000, { key: "p256" }), targets: million },
    {
      name: "files",
      what: "10,000 CRLs of 0 to 40 entries in one call, RSA-2048",
      input: { files: of(10_000), key: "rsa2048" },
      // For machines without zlint, which linted 4,350 CRLs per second on two cores.
      targets: [{ peer: "zlint", times: 1 }, { peer: "zlint in a loop", times: 0.05 }, { perThousand: 1 / 4.35 }],
    },
  ];
}

/** Numbers of entries for the growth of cost, from 0 to the maximum. */
export function growth(small: boolean): readonly Scenario[] {
  return [0, 250_000, 500_000, 1_000_000, 2_000_000, 3_000_000, 4_000_000, 5_000_000].map((entries) => ({
    name: `growth-${entries}`,
    what: `${entries} entries`,
    input: { plan: { entries: small ? entries / 1000 : entries } },
    targets: [],
  }));
}
