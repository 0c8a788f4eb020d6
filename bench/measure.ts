import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** Time and memory of one run of a process. */
export interface Sample {
  /** Time from its start to its end, in seconds. */
  readonly wall: number;
  /** Processor time on all cores, in seconds; undefined if the system does not report it. */
  readonly cpu: number | undefined;
  /** Peak memory in bytes; undefined if the system does not report it. */
  readonly peak: number | undefined;
  /** Exit code; undefined if a signal ended the process. */
  readonly exit: number | undefined;
}

/** Interval between measurements, in milliseconds. Usage after the last measurement is not known. */
const interval = 3;

/** Clock ticks per second in /proc. The number is constant for user space, whatever the kernel uses. */
const ticks = 100;

/**
 * Runs a command to its end and discards its output. Memory and processor time are read from /proc during the run, so
 * only on Linux. They are those of the process itself, without its parent.
 *
 * @param more variables to add to the environment
 */
export function run(
  [program = "", ...args]: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Sample> {
  const env = { ...process.env, ...more };
  // Node 20 reads the file in this variable at every start, which takes longer than the start itself.
  delete env["NODE_EXTRA_CA_CERTS"];
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(program, args, { stdio: "ignore", env });
    const seen: { cpu?: number; peak?: number } = {};
    const timer = setInterval(() => look(child.pid, seen), interval);
    child.on("error", reject);
    child.on("exit", (code) => {
      const wall = (performance.now() - start) / 1000;
      clearInterval(timer);
      resolve({ wall, cpu: seen.cpu, peak: seen.peak, exit: code ?? undefined });
    });
  });
}

/** Records the usage of a process so far, unless it has ended. */
function look(pid: number | undefined, seen: { cpu?: number; peak?: number }): void {
  try {
    const peak = /^VmHWM:\s+(?<kilo>\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.groups?.["kilo"];
    if (peak !== undefined) seen.peak = Number(peak) * 1024;
    // utime and stime are fields 14 and 15. The count starts after the program name, which may contain spaces and
    // brackets.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /su, "")
      .split(" ");
    seen.cpu = (Number(fields[11]) + Number(fields[12])) / ticks;
  } catch {
    // The process has ended, or the system is not Linux.
  }
}

/** Returns the sample with the median wall time, and the medians of the other values. */
export function median(samples: readonly Sample[]): Sample {
  return {
    wall: middle(samples.map(({ wall }) => wall)) ?? Number.NaN,
    cpu: middle(samples.flatMap(({ cpu }) => cpu ?? [])),
    peak: middle(samples.flatMap(({ peak }) => peak ?? [])),
    exit: samples[0]?.exit,
  };
}

function middle(numbers: readonly number[]): number | undefined {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}
