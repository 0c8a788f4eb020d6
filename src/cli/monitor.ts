import { join } from "node:path";
import { CopyStore } from "../fetch/copy-store.ts";
import { keeping } from "../fetch/keeping.ts";
import { checkedOptions } from "../files/checked-options.ts";
import { readIssuers } from "../files/gather.ts";
import type { Configured } from "../files/configure.ts";
import type { OwnFinding } from "../files/own-run.ts";
import { Reader } from "../files/reader.ts";
import { type Ccadb, readCcadb } from "../given/ccadb.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { LintOptions } from "../lint/lint.ts";
import { type ManifestEntry, readManifest } from "../monitor/manifest.ts";
import { MonitorRun } from "../monitor/run.ts";
import { MonitorState } from "../monitor/state.ts";
import { findTargets, Issuers } from "../monitor/targets.ts";
import { fixedTime } from "../options/time.ts";
import { UsageError } from "../options/usage-error.ts";
import { type Flags, libraryOptionsFrom, type PathOptions } from "../options/values.ts";
import { exitCodes } from "../rule/verdict.ts";
import type { ExitCode, Io } from "./io.ts";
import { readStoreOf } from "./issuers.ts";
import { FetchProgress } from "./progress.ts";

/**
 * Fetches all CRLs that an export of the CCADB discloses, or takes those of a manifest, lints each and how it is
 * served, and reports what is new since the last run. Everything is kept in one directory; an interrupted run is
 * resumed.
 *
 * @throws UsageError if an input is not what it must be, or the directory cannot be written
 */
export async function monitor({ flags, core }: Configured<Flags<"monitor">>, io: Io): Promise<ExitCode> {
  const given = { ...libraryOptionsFrom(flags), ...core };
  const options = checkedOptions(given, io);
  const reader = new Reader(io, flags.stdinName, options.limits);
  const ccadb = flags.ccadb === undefined ? undefined : await readExport(flags.ccadb, reader);
  const manifest = flags.manifest === undefined ? undefined : await readList(flags.manifest, reader);
  if (ccadb === undefined && manifest === undefined) throw new UsageError("give --ccadb or --manifest");
  const issuers = new Issuers(await readGiven(given, reader, options), ccadb, options.verifier);
  const issuerStore = await readStoreOf(flags.issuers, options.limits, io);
  const targets = findTargets(ccadb, manifest, fixedTime(flags.now, io.now));
  const state = keeping(flags.out, () => new MonitorState(flags.out));
  const progress = new FetchProgress(io, targets.length);
  try {
    const store = keeping(flags.out, () => new CopyStore(join(flags.out, "copies")));
    const inputs = { options, issuers, issuerStore, ccadb, store, state, targets, asOf: flags.now };
    const { verdict, text } = await new MonitorRun(flags, io, progress, inputs).run();
    await progress.clear();
    await io.write(text);
    return exitCodes[verdict];
  } finally {
    await progress.clear();
    state.release();
  }
}

async function readExport(path: string, reader: Reader): Promise<Ccadb> {
  const content = await reader.read(path);
  const read = "fault" in content ? content : readCcadb(reader.nameOf(path), content.bytes);
  if ("fault" in read) throw new UsageError(`${reader.nameOf(path)}: ${read.fault}`);
  return read;
}

async function readList(path: string, reader: Reader): Promise<readonly ManifestEntry[]> {
  const content = await reader.read(path);
  const read = "fault" in content ? content : readManifest(path, content.bytes);
  if ("fault" in read) throw new UsageError(`${reader.nameOf(path)}: ${read.fault}`);
  return read;
}

async function readGiven(
  { issuer }: PathOptions,
  reader: Reader,
  { verifier }: LintOptions,
): Promise<readonly GivenCertificate[]> {
  const findings: OwnFinding[] = [];
  const given = await readIssuers(issuer, reader, verifier, findings);
  const [first] = findings;
  if (first !== undefined) throw new UsageError(`${first.file}: ${first.message}`);
  return given ?? [];
}
