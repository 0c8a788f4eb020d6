// Lints a small CRL as many times as the argument states, and prints time and memory.
import { lintCrl } from "../src/index.ts";
import { certificateOf, makeCrl, now } from "./generate.ts";
import type { Resident } from "./resident.ts";

const calls = Number(process.argv[2]);
const options = { crl: makeCrl({ entries: 10 }), issuer: certificateOf("rsa2048"), now: new Date(now) };

function lint(times: number): number {
  const start = performance.now();
  for (let i = 0; i < times; i += 1) lintCrl(options);
  return performance.now() - start;
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

lint(Math.ceil(calls / 10));
const half = Math.ceil(calls / 2);
const first = lint(half);
const heapHalfway = heap();
const second = lint(half);
const result: Resident = {
  calls: half * 2,
  microseconds: ((first + second) / half / 2) * 1000,
  heapHalfway,
  heapAtEnd: heap(),
};
process.stdout.write(JSON.stringify(result));
