// npm run bench [-- --json] [--small] [--write] [--runs N] [--calls N] [--only NAME,NAME]
//
// Compares the cost of crllint with that of other programs for the same CRLs. The programs run in turn, so other work
// on the machine slows all of them equally.
import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { now } from "./generate.ts";
import { type Input, prepare } from "./inputs.ts";
import { median, run, type Sample } from "./measure.ts";
import { peers } from "./peers.ts";
import { profile } from "./profile.ts";
import { measureResident } from "./resident.ts";
import type { Measured, Outcome, Results, Row } from "./results.ts";
import { measureServing } from "./serving.ts";
import { growth, type Scenario, scenarios, type Target } from "./scenarios.ts";
import { drawTable } from "./table.ts";
import { writePage } from "./page.ts";

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    small: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    runs: { type: "string", default: "5" },
    only: { type: "string", default: "" },
    // Number of CRLs that the long-running process lints.
    calls: { type: "string" },
    // Program to measure instead of dist/, which does not exist in tests.
    command: { type: "string" },
  },
});

const root = new URL("../", import.meta.url);
const built = fileURLToPath(new URL("dist/cli/main.cjs", root));
const crllint = options.command?.split(" ") ?? [process.execPath, built];
const only = options.only.split(",").filter((name) => name !== "");
const isWanted = (name: string): boolean => only.length === 0 || only.includes(name);

if (options.command === undefined && !existsSync(built)) throw new Error("dist/ does not exist: run npm run build");

const present = peers.flatMap((peer) => {
  const version = peer.version();
  return version === undefined ? [] : [{ peer, version }];
});
const measured: Measured[] = [];
for (const scenario of scenarios(options.small)) {
  const isMeasured = scenario.isLarge === true ? only.includes(scenario.name) : isWanted(scenario.name);
  if (isMeasured) measured.push(await measure(scenario));
}
const grown: Measured[] = [];
if (options.write || only.includes("growth")) {
  for (const scenario of growth(options.small)) grown.push(await measure(scenario));
}
const results: Results = {
  machine: `${cpus().length} x ${cpus()[0]?.model ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}`,
  versions: Object.fromEntries(present.map(({ peer, version }) => [peer.name, version])),
  measured,
  growth: grown,
  resident: isWanted("resident") ? measureResident(Number(options.calls ?? (options.small ? 200 : 50_000))) : undefined,
  serving: isWanted("serving") ? await measureServing(crllint, options.small ? 20 : 3000) : undefined,
  profile: isWanted("profile")
    ? profile(lintCommand(prepare({ plan: { entries: options.small ? 1000 : 1_000_000 } })))
    : undefined,
};
if (options.write) writePage(results);
process.stdout.write(options.json ? `${JSON.stringify(results, undefined, 2)}\n` : drawTable(results));

/** A program, and how to run it. */
interface Measurable {
  readonly program: string;
  readonly does: string;
  readonly command: readonly string[];
  /** Variables to add to the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs all suitable programs in turn on the input of a scenario, several times, and returns the medians. */
async function measure(scenario: Scenario): Promise<Measured> {
  const { name, what, input: planned, options: more = [], calls = {}, targets } = scenario;
  process.stderr.write(`${name}: making the input\n`);
  const input = prepare(planned);
  const { count } = input;
  const command = [...lintCommand(input), ...input.options, ...more];
  const programs: readonly Measurable[] = [
    { program: "crllint", does: "all rules of tls-br, and the signature", command },
    ...(name === "start" ? startPeers(input) : []),
    ...Object.entries(calls).map(([program, call]) => ({
      program,
      does: call === "certificates alone" ? "reads the certificates" : "the same",
      command: call === "certificates alone" ? [...crllint, input.ca] : [...command, ...call],
    })),
    ...("files" in planned ? besideFolder(input, planned.others === undefined) : besideCrl(input)),
  ];
  // In the first run, the files are not yet in the cache of the system. Short runs are repeated more often.
  const samples = programs.map((): Sample[] => []);
  const rounds = Number(options.runs) * (count < 1000 && !options.small ? 4 : 1);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [i, { program, command, env }] of programs.entries()) {
      process.stderr.write(`${name}: ${program}, ${round} of ${rounds}\n`);
      const sample = await run(command, env);
      if (round > 0) samples[i]?.push(sample);
    }
  }
  const rows = programs.map(({ program, does }, i): Row => ({ program, does, ...median(samples[i] ?? []) }));
  return { scenario: name, what, count, bytes: input.bytes, rows, outcomes: compare(targets, rows, input) };
}

/** Returns the peers that can read a CRL with this number of entries. */
function besideCrl(input: Input): readonly Measurable[] {
  return present
    .filter(({ peer }) => input.count <= peer.mostEntries)
    .map(({ peer }) => ({ program: peer.name, does: peer.does, command: peer.command(input) }));
}

/** Returns the peers that can read many CRLs of one CA. They do not search for that CA among other certificates. */
function besideFolder(input: Input, isOneCa: boolean): readonly Measurable[] {
  if (!isOneCa) return [];
  return present.flatMap(({ peer: { does, folder } }) =>
    Object.entries(folder?.(input) ?? {}).map(([program, command]) => ({ program, does, command })),
  );
}

/** Returns the programs to compare at startup: Node alone, crllint as npm installs it, and as one file. */
function startPeers(input: Input): readonly Measurable[] {
  const nothing = { program: "node -e 0", does: "nothing", command: [process.execPath, "-e", "0"] };
  if (options.command !== undefined) return [nothing];
  const binary = `${input.folder}/binary`;
  execFileSync(process.execPath, ["--import", "tsx", "scripts/binary.ts", binary], { cwd: fileURLToPath(root) });
  const program = `${binary}/${process.platform === "win32" ? "crllint.exe" : "crllint"}`;
  return [
    nothing,
    {
      program: "crllint without code cache",
      does: "the same",
      command: lintCommand(input),
      env: { NODE_DISABLE_COMPILE_CACHE: "1" },
    },
    {
      program: `crllint as one file, ${(statSync(program).size / 1e6).toFixed(0)} MB`,
      does: "the same",
      command: [program, ...lintCommand(input).slice(crllint.length)],
    },
  ];
}

function lintCommand({ crl, ca }: Input): readonly string[] {
  return [...crllint, "--now", now, ca, crl];
}

function compare(targets: readonly Target[], rows: readonly Row[], input: Input): readonly Outcome[] {
  return targets.flatMap((target) => {
    const outcome = outcomeOf(target, rows, input);
    return outcome === undefined ? [] : { ...outcome, before: target.before };
  });
}

/** Compares a program with a target. Returns undefined if a program to compare with is not installed. */
function outcomeOf(target: Target, rows: readonly Row[], { bytes, count }: Input): Outcome | undefined {
  const own = rows.find(({ program }) => program === "crllint");
  if ("file" in target) {
    const limit = bytes * target.file + target.mebi * 2 ** 20;
    const peak = own?.peak;
    const share = target.file === 0 ? "" : `${target.file} x file + `;
    const what = `peak memory in bytes, ${share}${target.mebi} MiB`;
    return peak === undefined ? undefined : { what, limit, measured: peak, met: peak <= limit };
  }
  const named = "beyond" in target ? target.beyond : "call" in target ? target.call : target.peer;
  const other = rows.find(({ program }) => program === named);
  if (own === undefined || other === undefined) return undefined;
  if ("beyond" in target) {
    const measured = ((own.wall - other.wall) / count) * 1000;
    const limit = target.perThousand;
    return { what: `seconds for 1,000 CRLs beyond ${named}`, limit, measured, met: measured <= limit };
  }
  const isCall = "call" in target;
  const measured = isCall ? other.wall / own.wall : own.wall / other.wall;
  const what = isCall ? `wall time of ${named} by that of crllint` : `wall time by that of ${named}`;
  return { what, limit: target.times, measured, met: measured <= target.times };
}
