import { createHash } from "node:crypto";
import type { Part } from "../options/type.ts";

/**
 * Whether a file belongs to a part of the inputs. That depends on its path alone, as it was given or found (`/` between
 * directories): on all machines that name the files alike each file is in one part, and stays there whatever other
 * files are added or removed.
 */
export function belongsTo(shard: Part | undefined, path: string): boolean {
  if (shard === undefined) return true;
  const digest = createHash("sha256").update(path.replaceAll("\\", "/")).digest();
  return digest.readUIntBE(0, 6) % shard.of === shard.index - 1;
}
