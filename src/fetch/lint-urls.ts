import { dirname } from "node:path";
import { bindNames } from "../files/bind-files.ts";
import { byName, type OwnFinding, ownRun } from "../files/own-run.ts";
import { checkedOptions } from "../files/checked-options.ts";
import { readFurther } from "../files/further.ts";
import { readIssuers } from "../files/gather.ts";
import type { InputOptions } from "../files/lint-inputs.ts";
import { lintTogether } from "../files/lint-together.ts";
import { readStore } from "../files/read-store.ts";
import { Reader } from "../files/read-files.ts";
import { issuersFor, roles } from "../files/lint-setup.ts";
import type { World } from "../files/world.ts";
import type { LintInput } from "../lint/lint.ts";
import type { Run } from "../rule/report.ts";
import { checkUrl } from "./check-url.ts";
import { CopyStore } from "./copy-store.ts";
import { keepEvidence } from "./evidence.ts";
import { getWith, type FetchLimits, type Progress } from "./http-get.ts";
import { keeping } from "./keeping.ts";
import { obtainAll } from "./obtain.ts";

/** Maximum number of requests at the same time. */
const concurrency = { concurrency: 4, perHost: 4 };

/** Maximum size of all CRLs of a call, which are in memory together, in multiples of the maximum size of one CRL. */
const together = 4;

/** Seconds for which a file of the cache stays without a description: another process may be about to write that. */
const unclaimed = 3600;

/** Limits of fetching, the directory for the last good copies, and the file for the response of a single URL. */
export interface NetworkOptions extends FetchLimits {
  readonly cache?: string;
  readonly output?: string;
}

/**
 * Fetches CRLs over HTTP, and lints them and how they were served.
 *
 * @returns runs for each CRL and for each input that could not be used, in the order of the URLs' names
 * @throws UsageError if a URL is not an http or https URL, or the cache or the output cannot be written
 */
export async function lintUrls(
  urls: readonly string[],
  options: InputOptions,
  network: NetworkOptions,
  world: World,
  progress: Progress,
): Promise<readonly Run[]> {
  for (const url of urls) checkUrl(url);
  const { cache, output } = network;
  const settled = checkedOptions(options, world);
  const { verifier, limits } = settled;
  const reader = new Reader(world, options.stdinName ?? "stdin", limits, options.stdinTimeout);
  const findings: OwnFinding[] = [];
  const issuers = await readIssuers(options.issuer, reader, verifier, findings);
  const issuerStore = await readStore(options.issuers, limits, findings);
  const further = await readFurther(options, reader, verifier);
  const most = together * network.maxSize;
  const obtaining = {
    ask: getWith({ ...network, budget: { left: most } }, progress, world.now),
    store: cache === undefined ? undefined : keeping(cache, () => new CopyStore(cache)),
    maxSize: network.maxSize,
    limits,
  };
  const obtained = await obtainAll(urls, obtaining, concurrency, most);
  const fetched = obtained.flatMap((result) => ("input" in result ? [result] : []));
  findings.push(...obtained.flatMap((result) => ("input" in result ? [] : [result])));
  for (const { received } of fetched) {
    if (output !== undefined) keeping(dirname(output), () => keepEvidence(output, received));
  }
  const names = fetched.map(({ input }) => input.object.artefact.name);
  const bound = await bindNames(names, options.loaded, options, reader, verifier);
  findings.push(...bound.findings);
  const { expected, ccadb } = further;
  const shared = {
    form: "crl",
    ...roles([], issuers),
    ...(issuerStore && { issuerStore }),
    ...(expected && { expected }),
    ...(ccadb && { ccadb }),
  } as const;
  const inputs = fetched.map(({ input }, i): LintInput => {
    const { stated, ...of } = bound.settings[i] ?? {};
    return { ...shared, ...input, ...issuersFor(of, bound.pairs, shared), ...(stated && { stated }) };
  });
  const runs = lintTogether(inputs, further, { shared, options: settled }, options.shards === true);
  // The runs of the CRLs come first, in their order.
  for (const [i, { keep }] of fetched.entries()) {
    const run = runs[i];
    if (run !== undefined) keeping(cache ?? "", () => keep(run));
  }
  if (cache !== undefined) keeping(cache, () => obtaining.store?.sweep(unclaimed));
  const own = findings.map((finding) => ownRun(finding, "crl", settled.selection.profiles));
  return [...runs, ...own].toSorted(byName);
}
