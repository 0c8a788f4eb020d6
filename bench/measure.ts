import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** What one run of a process took. */
export interface Sample {
  /** From its start to its end, in seconds. */
  readonly wall: number;
  /** Of all cores, in seconds; undefined where the system does not tell. */
  readonly cpu: number | undefined;
  /** Most memory that was in use at once, in octets; undefined where the system does not tell. */
  readonly peak: number | undefined;
  /** Exit code; undefined where a signal ended it. */
  readonly exit: number | undefined;
}

/** How often a process is looked at, in milliseconds: what it does in its very last moments is not seen. */
const interval = 3;

/** Clock ticks a second in /proc: fixed for user space, whatever the kernel uses. */
const ticks = 100;

/**
 * Runs a command to its end, its output thrown away. Memory and processor time are read from /proc while it runs, and
 * so only on Linux; they are those of the process itself, whatever it was started by.
 */
export function run([program = "", ...args]: readonly string[]): Promise<Sample> {
  const env = { ...process.env };
  // Node 20 reads that file at every start, which takes longer than starting.
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

/** Notes what a process has used so far; nothing where it is gone. */
function look(pid: number | undefined, seen: { cpu?: number; peak?: number }): void {
  try {
    const peak = /^VmHWM:\s+(?<kilo>\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.groups?.["kilo"];
    if (peak !== undefined) seen.peak = Number(peak) * 1024;
    // Behind the name of the program, which may hold spaces and brackets: utime and stime are fields 14 and 15.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /su, "")
      .split(" ");
    seen.cpu = (Number(fields[11]) + Number(fields[12])) / ticks;
  } catch {
    // It has ended, or this is no Linux.
  }
}

/** The sample with the middle wall time, with the middle of what else was measured. */
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
