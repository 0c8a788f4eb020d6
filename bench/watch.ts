// Simulates a year of the monitor's bookkeeping: 3,000 CRLs, a round every 4 hours, 5 % of the CRLs new in each round.
// `tsx bench/watch.ts [rounds]` prints the size of the history, the time of a round's bookkeeping, and of the pages.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { History } from "../src/monitor/history.ts";
import type { Result } from "../src/monitor/results.ts";
import { writeSite } from "../src/monitor/site.ts";

const crls = 3000;
const hour = 3600;
const rounds = Number(process.argv[2] ?? (365 * 24) / 4);
const start = Date.parse("2026-01-01T00:00:00Z") / 1000;

function resultOf(index: number, generation: number, at: number): Result {
  const isExpired = index % 100 === 0 && generation % 7 === 0;
  const url = `http://crl${index % 300}.example.com/${index}.crl`;
  const crl = {
    sha256: (index * 1_000_003 + generation).toString(16).padStart(64, "0"),
    number: String(generation),
    thisUpdate: at,
    nextUpdate: at + 168 * hour,
    size: 1000 + generation * 37,
    entries: 20 + generation,
  };
  const finding = {
    rule: "time/expired",
    severity: "error",
    message: "nextUpdate 2026-01-01T00:00:00Z has passed",
    location: { file: url, path: "tbsCertList.nextUpdate", offset: 100, length: 15 },
    related: [],
    cites: [],
    notes: [],
    help: "issue a new CRL",
  } as const;
  return {
    kind: "crl",
    owner: `Owner ${index % 90}`,
    ca: `CA ${index % 900}`,
    crl,
    at,
    unchecked: [],
    run: {
      crl: url,
      form: "crl",
      verdict: isExpired ? "fail" : "pass",
      judged: true,
      core: [{ rule: "issuer/not-byte-identical", status: "made" }],
      scope: { kind: "unknown", evidence: "" },
      profiles: ["tls-br"],
      entries: crl.entries,
      signature: { verdict: "valid" },
      findings: isExpired ? [finding] : [],
      rules: [],
    },
  };
}

const folder = mkdtempSync(join(tmpdir(), "crllint-watch-"));
try {
  const path = join(folder, "history.db");
  const generations = Array.from({ length: crls }, () => 1);
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const at = start + round * 4 * hour;
    for (let i = round % 20; i < crls; i += 20) generations[i] = (generations[i] ?? 0) + 1;
    const results = generations.map((generation, i) => resultOf(i, generation, at));
    const began = performance.now();
    const history = await History.open(path);
    const changes = history.add({ key: String(round), startedAt: at, endedAt: at, verdict: "fail", results });
    history.markAnnounced(round + 1, at);
    if (round === rounds - 1) {
      const last = { startedAt: at, verdict: "fail", results, changes } as const;
      for (const what of ["the pages", "the pages again"]) {
        const written = performance.now();
        writeSite(join(folder, "site"), last, history);
        console.log(`${what}: ${Math.round(performance.now() - written)} ms`);
      }
    }
    history.close();
    times.push(performance.now() - began);
  }
  const sorted = times.slice(0, -1).sort((a, b) => a - b);
  const at = (part: number): number => Math.round(sorted[Math.floor(sorted.length * part)] ?? 0);
  console.log(`${rounds} rounds: history.db has ${(statSync(path).size / 2 ** 20).toFixed(1)} MiB`);
  console.log(`bookkeeping of a round: median ${at(0.5)} ms, 99th percentile ${at(0.99)} ms`);
  console.log(`memory: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
