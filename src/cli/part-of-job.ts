import type { Part } from "../options/type.ts";
import { UsageError } from "../options/usage-error.ts";
import type { Io } from "./io.ts";

/**
 * Returns the part of the inputs that an indexed Kubernetes Job assigns to a pod. Kubernetes sets JOB_COMPLETION_INDEX,
 * which counts from 0; the manifest sets JOB_COMPLETIONS.
 *
 * @throws UsageError if one of the two variables is missing or is not such a number
 */
export function partOfJob({ JOB_COMPLETION_INDEX: index, JOB_COMPLETIONS: of }: Io["env"]): Part | undefined {
  if (index === undefined && of === undefined) return undefined;
  const isPart = /^\d{1,6}$/u.test(index ?? "") && /^\d{1,6}$/u.test(of ?? "") && Number(index) < Number(of);
  if (!isPart) {
    throw new UsageError("JOB_COMPLETION_INDEX must be a whole number, 0 or greater, and lower than JOB_COMPLETIONS");
  }
  return { index: Number(index) + 1, of: Number(of) };
}
