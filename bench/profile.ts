import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A part of the work of a run, and its time in milliseconds. */
export interface Share {
  readonly what: string;
  readonly milliseconds: number;
}

/**
 * Parts of the work, by functions of crllint or Node. The innermost of these functions on the stack determines the
 * part.
 */
const parts: readonly { readonly what: string; readonly functions: readonly string[] }[] = [
  { what: "read: the file", functions: ["readFile", "readInto"] },
  { what: "hash: SHA-256 for the report", functions: ["sha256"] },
  { what: "verify: SHA-256 and RSA of the signature", functions: ["verifySignature", "hashPiece"] },
  { what: "repeats: serials that appear twice", functions: ["findRepeats", "addSerials", "mayRepeat"] },
  { what: "walk: entries, and the facts about them", functions: ["readCrl"] },
  { what: "rules: reading the facts, and visiting entries", functions: ["runRules"] },
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
  /** Microseconds since the previous sample. */
  readonly timeDeltas: readonly number[];
}

/** Runs crllint once under V8's sampling profiler, and returns the time of each part of the work. */
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
