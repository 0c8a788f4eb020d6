import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What the library costs in a process that lives on. */
export interface Resident {
  /** CRLs linted, each of 10 entries with its CA certificate, signature verified. */
  readonly calls: number;
  /** For one of them, after warming up, in microseconds. */
  readonly microseconds: number;
  /** Heap in use after half of the calls and after all, garbage collected, in octets. */
  readonly heapHalfway: number;
  readonly heapAtEnd: number;
}

/** Lints a small CRL over and over in a process of its own. */
export function measureResident(calls: number): Resident {
  const worker = fileURLToPath(new URL("resident-worker.ts", import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", "--import", "tsx", worker, String(calls)], {
    encoding: "utf8",
  });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Resident;
}
