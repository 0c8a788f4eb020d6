import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where the time of a run goes: what is done, and for how many milliseconds. */
export interface Share {
  readonly what: string;
  readonly milliseconds: number;
}

/** What is done, by the function of ours or of Node that does it: the innermost on the stack that is named here. */
const parts: readonly { readonly what: string; readonly functions: readonly string[] }[] = [
  { what: "read: the file into memory", functions: ["readFile", "readToEnd"] },
  { what: "hash: SHA-256 for the report", functions: ["sha256"] },
  { what: "verify: SHA-256 and RSA of the signature", functions: ["verifySignature"] },
  { what: "repeats: serials that stand twice", functions: ["findRepeats"] },
  { what: "walk: entries, and the facts about them", functions: ["readCrl"] },
  { what: "rules: what looks at the facts, and visits entries", functions: ["runRules"] },
  { what: "report", functions: ["renderHuman"] },
  { what: "collecting garbage", functions: ["(garbage collector)"] },
];

const rest = "start and end: Node, the command line, everything else";

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
}

/** Runs crllint once under the sampling profiler of V8, and tells where the time went. */
export function profile([program = "", ...args]: readonly string[]): readonly Share[] {
  const folder = mkdtempSync(join(tmpdir(), "crllint-profile-"));
  try {
    spawnSync(program, ["--cpu-prof", "--cpu-prof-interval", "200", "--cpu-prof-dir", folder, ...args], {
      stdio: "ignore",
    });
    const [file = ""] = readdirSync(folder);
    return sharesOf(JSON.parse(readFileSync(join(folder, file), "utf8")) as CpuProfile);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function sharesOf({ nodes, samples, timeDeltas }: CpuProfile): readonly Share[] {
  const partOf = new Map<number, string>();
  // Parents come before their children.
  for (const { id, callFrame, children = [] } of nodes) {
    const own = parts.find(({ functions }) => functions.includes(callFrame.functionName))?.what;
    const what = own ?? partOf.get(id) ?? rest;
    partOf.set(id, what);
    for (const child of children) partOf.set(child, what);
  }
  const times = new Map<string, number>([...parts.map(({ what }) => what), rest].map((what) => [what, 0]));
  for (const [i, id] of samples.entries()) {
    const what = partOf.get(id) ?? rest;
    times.set(what, (times.get(what) ?? 0) + (timeDeltas[i] ?? 0));
  }
  return [...times].map(([what, microseconds]) => ({ what, milliseconds: microseconds / 1000 }));
}
