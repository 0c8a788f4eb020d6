import type { Run } from "../rule/report.ts";
import type { Configured } from "./configure.ts";
import { type AsOf, fixedTime } from "../options/time.ts";
import type { Part } from "../options/type.ts";
import type { World } from "./world.ts";

/** Options of the command line for suppressions. */
interface SuppressionFlags {
  readonly baseline?: string;
  readonly suppress?: boolean;
  readonly now?: AsOf;
  readonly shard?: Part;
}

/**
 * Returns runs as they arrive, and marks the findings that the configuration or the baseline suppresses. Afterwards,
 * reports suppressions that are no longer needed. The code for this is loaded only if something is suppressed.
 *
 * @throws ConfigError if a file is not a baseline
 * @throws UsageError if a baseline cannot be read
 */
export async function markSuppressed(
  runs: Iterable<Run> | AsyncIterable<Run>,
  { flags, config, core }: Configured<SuppressionFlags>,
  { now }: Pick<World, "now">,
): Promise<Iterable<Run> | AsyncIterable<Run>> {
  if (!suppresses({ flags, config })) return runs;
  const { loadBaseline, Suppressor } = await import("./suppressor.ts");
  const baseline = flags.baseline === undefined ? undefined : await loadBaseline(flags.baseline);
  return new Suppressor(config, baseline, fixedTime(flags.now, now), core.expects).markAll(runs, flags.shard);
}

/** Whether a configuration or a baseline suppresses findings. */
export function suppresses({ flags, config }: Pick<Configured<SuppressionFlags>, "flags" | "config">): boolean {
  if (flags.suppress === false) return false;
  return flags.baseline !== undefined || (config?.suppressions.length ?? 0) > 0;
}
