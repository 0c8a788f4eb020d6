import type { Configured } from "../files/configure.ts";
import { CopyStore } from "../fetch/copy-store.ts";
import { escapePath } from "../files/escape-path.ts";
import { type FetchFlags, limitsOf } from "./fetch-options.ts";
import { byName, writeReports } from "./finish.ts";
import { readFurther } from "../files/further.ts";
import { readIssuers } from "../files/gather.ts";
import { get, type Validators } from "../fetch/http-get.ts";
import { type ExitCode, type Io, UsageError } from "./io.ts";
import { judge } from "../files/judge.ts";
import { markSuppressed } from "../files/mark-suppressed.ts";
import { obtainAll } from "../fetch/obtain.ts";
import { type OwnFinding, ownRun } from "../files/own-run.ts";
import { Progress } from "./progress.ts";
import { Reader } from "../files/reader.ts";
import { settingsOf } from "../files/settings.ts";

/** Requests that are under way at the same time. */
const atOnce = 4;

/**
 * Fetches CRLs over HTTP and judges them and how they were served.
 *
 * @throws UsageError where a URL is none of http or https, or the cache cannot be written
 */
export async function fetchCrls(urls: readonly string[], given: Configured<FetchFlags>, io: Io): Promise<ExitCode> {
  const { flags } = given;
  const wanted = [...new Set(urls)];
  for (const url of wanted) checkUrl(url);
  const options = settingsOf(flags, io);
  const reader = new Reader(io, flags.stdinName, options.limits);
  const findings: OwnFinding[] = [];
  const issuers = await readIssuers(flags.issuer, reader, options.verifier, findings);
  const further = await readFurther(flags, reader, options.verifier);
  const progress = new Progress(io, wanted.length);
  const obtaining = {
    ask: async (url: string, validators: Validators) => {
      const onProgress = progress.received.bind(progress, url);
      const answer = await get(url, limitsOf(flags), validators, onProgress, io.now);
      progress.finished();
      return answer;
    },
    store: flags.cache === undefined ? undefined : openStore(flags.cache),
    maxSize: flags.maxSize,
    limits: options.limits,
  };
  const obtained = await obtainAll(wanted, obtaining, atOnce);
  await progress.clear();
  for (const result of obtained) if ("keep" in result) keeping(flags.cache ?? "", result.keep);
  const candidates = obtained.flatMap((result) => ("candidate" in result ? [result.candidate] : []));
  findings.push(...obtained.flatMap((result) => ("candidate" in result ? [] : [result])));
  const alike = { issuers: issuers ?? [], issuersChosen: issuers !== undefined, others: [], form: "crl" } as const;
  const runs = [
    ...judge(candidates, { ...alike, further, areShards: flags.shards === true }, options),
    ...findings.map((finding) => ownRun(finding, "crl", options.selection.profiles)),
  ];
  return writeReports(await markSuppressed(runs.toSorted(byName), given, io), flags, io);
}

/** @throws UsageError for what cannot be fetched */
export function checkUrl(url: string): void {
  const shown = escapePath(url);
  if (!URL.canParse(url)) throw new UsageError(`no URL: ${shown}; crllint lint takes files`);
  const { protocol, username, password } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") throw new UsageError(`not http or https: ${shown}`);
  if (username !== "" || password !== "") throw new UsageError("a URL with a user name or password is not fetched");
}

function openStore(folder: string): CopyStore {
  return keeping(folder, () => new CopyStore(folder));
}

/**
 * Does what writes into a folder.
 *
 * @throws UsageError where that fails: a full disk is no fault of the server's
 */
export function keeping<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UsageError(`the folder ${escapePath(folder)} cannot be written: ${escapePath(code)}`);
  }
}
