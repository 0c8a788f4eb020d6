import type { Run } from "../rule/report.ts";
import type { Configured } from "./configure.ts";
import type { Io } from "../cli/io.ts";

/**
 * Runs as they come, with the findings marked that the configuration or the baseline suppresses; behind them what is
 * of no use any more. What that takes is loaded only where something is suppressed.
 *
 * @throws ConfigError, UsageError where a baseline is not one, or cannot be read
 */
export async function markSuppressed(
  runs: Iterable<Run> | AsyncIterable<Run>,
  { flags, config }: Configured,
  io: Io,
): Promise<Iterable<Run> | AsyncIterable<Run>> {
  if (!suppresses({ flags, config })) return runs;
  const { loadBaseline, Suppressor } = await import("./suppressor.ts");
  const baseline = flags.baseline === undefined ? undefined : await loadBaseline(flags.baseline);
  return new Suppressor(config, baseline, flags.now ?? io.now()).markAll(runs, flags.shard);
}

/** Whether a configuration or a baseline says that findings do not count. */
export function suppresses({ flags, config }: Configured): boolean {
  if (flags.suppress === false) return false;
  return flags.baseline !== undefined || (config?.suppressions.length ?? 0) > 0;
}
