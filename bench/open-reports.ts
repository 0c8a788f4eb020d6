// `tsx bench/open-reports.ts DIR` opens the reports of the CCADB as the monitor does, and prints the cost as JSON.
import { usualLimits } from "../src/der/limits.ts";
import { readStore } from "../src/files/read-store.ts";
import type { OwnFinding } from "../src/files/own-run.ts";
import { readExports } from "../src/monitor/exports.ts";
import type { Watching } from "./results.ts";

const [directory = ""] = process.argv.slice(2);
const began = performance.now();
const before = process.cpuUsage();
const { ccadb, certificates } = await readExports([directory]);
const findings: OwnFinding[] = [];
const store = await readStore(certificates, usualLimits, findings);
const { user, system } = process.cpuUsage(before);
const spent = { wall: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 };
const peak = process.resourceUsage().maxRSS * 1024;
const opened = { certificates: store?.size ?? 0, records: ccadb.records.length, spent, peak };
process.stdout.write(JSON.stringify(opened satisfies Watching["reports"]));
