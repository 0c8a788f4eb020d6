import type { CrlPlan } from "./generate.ts";
import type { Planned } from "./inputs.ts";

/** A measurement: all programs with the same input. */
export interface Scenario {
  readonly name: string;
  readonly what: string;
  readonly input: Planned;
  /** Options of crllint that the input needs. */
  readonly options?: readonly string[];
  /** Other calls of crllint, by name: with additional options, or with the certificates of the input and no CRL. */
  readonly calls?: Readonly<Record<string, readonly string[] | "certificates alone">>;
  /**
   * Whether it is measured only if `--only` names it, because it takes minutes, and gigabytes of memory for the peers.
   */
  readonly isLarge?: true;
  /** Limits that crllint must not exceed. */
  readonly targets: readonly Target[];
}

/** A limit, and the value that was measured before, at the commit that `page.ts` names. */
export type Target = Limit & { readonly before?: number };

type Limit =
  /** Wall time as a multiple of that of a peer, if it is installed. */
  | { readonly peer: string; readonly times: number }
  /** Wall time of another call of crllint as a multiple of that of the first. */
  | { readonly call: string; readonly times: number }
  /** Wall time for 1,000 CRLs of a directory, in seconds, in addition to that of another call. */
  | { readonly perThousand: number; readonly beyond: string }
  /** Peak memory: a multiple of the file's size, plus a number of MiB. */
  | { readonly file: number; readonly mebi: number };

const openssl = (times: number, before?: number): Target => ({
  peer: "openssl",
  times,
  ...(before !== undefined && { before }),
});
const zlint: Target = { peer: "zlint", times: 0.06 };
const millionInMemory: readonly Target[] = [openssl(0.25), zlint, { file: 1, mebi: 80 }];
const million: readonly Target[] = [openssl(0.25), zlint, { file: 0, mebi: 80 }];

/** Returns all scenarios. Small ones have few entries and no targets, and only test that the scenarios run. */
export function scenarios(small: boolean): readonly Scenario[] {
  return all(small).map((scenario) => (small ? { ...scenario, targets: [] } : scenario));
}

function all(small: boolean): readonly Scenario[] {
  const of = (entries: number): number => (small ? Math.ceil(entries / 1000) : entries);
  const plan = (entries: number, more: Omit<CrlPlan, "entries"> = {}) => ({ plan: { entries: of(entries), ...more } });
  const candidates = (hasCa: boolean) => ({ files: of(1000), key: "rsa2048", others: of(10_000), hasCa }) as const;
  const beyondReading: Pick<Scenario, "calls" | "targets"> = {
    calls: { "reading the certificates": "certificates alone" },
    targets: [{ perThousand: 2, beyond: "reading the certificates" }],
  };
  return [
    {
      name: "start",
      what: "10 entries",
      input: { plan: { entries: 10 } },
      targets: [
        { peer: "node -e 0", times: process.versions.node.startsWith("20.") ? 2.2 : 1.9 },
        { peer: "pkilint", times: 0.2 },
      ],
    },
    { name: "100k", what: "100,000 entries", input: plan(100_000), targets: [openssl(1)] },
    {
      name: "1m",
      what: "1,000,000 entries",
      input: plan(1_000_000),
      targets: [openssl(0.17, 0.2), zlint, { file: 0, mebi: 80, before: 108 * 2 ** 20 }],
    },
    {
      name: "5m",
      what: "5,000,000 entries",
      input: plan(5_000_000),
      targets: [openssl(0.12, 0.17), { file: 0, mebi: 128, before: 323 * 2 ** 20 }],
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
      name: "previous-same",
      what: "1,000,000 entries, and the same ones in the previous CRL",
      input: { ...plan(1_000_000), before: { entries: of(1_000_000) } },
      targets: [openssl(0.45, 0.54)],
    },
    {
      name: "previous-some",
      what: "1,000,000 entries; 99 % of them are in the previous CRL, with as many others",
      input: { ...plan(1_000_000, { first: of(10_000) }), before: { entries: of(1_000_000) } },
      targets: [openssl(0.45, 0.62)],
    },
    {
      name: "previous-other",
      what: "1,000,000 entries, and as many others in the previous CRL",
      input: { ...plan(1_000_000, { first: of(1_000_000) }), before: { entries: of(1_000_000) } },
      targets: [openssl(0.7, 1.07)],
    },
    {
      name: "files",
      what: "10,000 CRLs of 0 to 40 entries in one call, RSA-2048",
      input: { files: of(10_000), key: "rsa2048" },
      calls: { "crllint -f json": ["-f", "json"], "crllint --jobs 2": ["--jobs", "2"] },
      targets: [
        { peer: "go", times: 4, before: 3.18 },
        { call: "crllint -f json", times: 1.3, before: 3.27 },
        { peer: "zlint", times: 1 },
        { peer: "zlint in a loop", times: 0.05 },
      ],
    },
    {
      name: "candidates",
      what: "1,000 CRLs, and 10,000 certificates in addition to that of their CA",
      input: candidates(true),
      ...beyondReading,
    },
    {
      name: "candidates-without-ca",
      what: "1,000 CRLs, and 10,000 certificates of other CAs",
      input: candidates(false),
      ...beyondReading,
    },
  ];
}

/** Returns scenarios that show how cost grows with the number of entries, from 0 to the maximum. */
export function growth(small: boolean): readonly Scenario[] {
  return [0, 250_000, 500_000, 1_000_000, 2_000_000, 3_000_000, 4_000_000, 5_000_000].map((entries) => ({
    name: `growth-${entries}`,
    what: `${entries} entries`,
    input: { plan: { entries: small ? entries / 1000 : entries } },
    targets: [],
  }));
}
