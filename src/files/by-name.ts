import type { Run } from "../rule/report.ts";

/** The order of runs in a report: by the names of their files; runs of one name stay in the order they have. */
export function byName(a: Pick<Run, "crl">, b: Pick<Run, "crl">): number {
  return a.crl < b.crl ? -1 : a.crl > b.crl ? 1 : 0;
}
