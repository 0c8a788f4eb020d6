import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Cost of the library in a long-running process. */
export interface Resident {
  /** Number of CRLs linted, each with 10 entries and its CA certificate; the signature is verified. */
  readonly calls: number;
  /** Time per CRL after warming up, in microseconds. */
  readonly microseconds: number;
  /** Heap in use after half of the calls, after garbage collection, in bytes. `heapAtEnd` is that after all calls. */
  readonly heapHalfway: number;
  readonly heapAtEnd: number;
}

/** Lints a small CRL repeatedly in a separate process. */
export function measureResident(calls: number): Resident {
  const worker = fileURLToPath(new URL("resident-worker.ts", import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", "--import", "tsx", worker, String(calls)], {
    encoding: "utf8",
  });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Resident;
}
