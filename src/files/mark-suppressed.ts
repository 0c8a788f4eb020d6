import type { Run } from "../rule/report.ts";
import type { Configured } from "./configure.ts";
import { type AsOf, fixedTime } from "../options/time.ts";
import type { Part } from "../options/type.ts";
import type { World } from "./world.ts";

/** What the command line says of suppressions. */
interface SuppressionFlags {
  readonly baseline?: string;
  readonly suppress?: boolean;
  readonly now?: AsOf;
  readonly shard?: Part;
}

/**
 * Runs as they come, with the findings marked that the configuration or the baseline suppresses; after them what is
 * no longer of use. The code for that is loaded only if something is suppressed.
 *
 * @throws ConfigError, UsageError where a baseline is not one, or cannot be read
 */
export async function markSuppressed(
  runs: Iterable<Run> | AsyncIterable<Run>,
  { flags, config }: Pick<Configured<SuppressionFlags>, "flags" | "config">,
  { now }: Pick<World, "now">,
): Promise<Iterable<Run> | AsyncIterable<Run>> {
  if (!suppresses({ flags, config })) return runs;
  const { loadBaseline, Suppressor } = await import("./suppressor.ts");
  const baseline = flags.baseline === undefined ? undefined : await loadBaseline(flags.baseline);
  return new Suppressor(config, baseline, fixedTime(flags.now, now)).markAll(runs, flags.shard);
}

/** Whether a configuration or a baseline suppresses findings. */
export function suppresses({ flags, config }: Pick<Configured<SuppressionFlags>, "flags" | "config">): boolean {
  if (flags.suppress === false) return false;
  return flags.baseline !== undefined || (config?.suppressions.length ?? 0) > 0;
}
