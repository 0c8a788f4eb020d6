import { createHash } from "node:crypto";

/** One of several parts of the inputs. */
export interface Part {
  /** Which, from 1. */
  readonly index: number;
  /** Number of parts. */
  readonly of: number;
}

/**
 * Whether a file belongs to a part. That depends on its path alone, as it was given or found (`/` between folders): on
 * all machines that name the files alike each file is in one part, and stays there whatever other files come or go.
 */
export function takes(part: Part | undefined, path: string): boolean {
  if (part === undefined) return true;
  const digest = createHash("sha256").update(path.replaceAll("\\", "/")).digest();
  return digest.readUIntBE(0, 6) % part.of === part.index - 1;
}
