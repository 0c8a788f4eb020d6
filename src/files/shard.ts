import { createHash } from "node:crypto";
import type { Part } from "../options/type.ts";

/**
 * Whether a file belongs to a part of the inputs. That depends only on its path, as given or found, with `/` between
 * directories. If all machines use the same paths, each file is in exactly one part, and stays there when other files
 * are added or removed.
 */
export function belongsTo(shard: Part | undefined, path: string): boolean {
  if (shard === undefined) return true;
  const digest = createHash("sha256").update(path.replaceAll("\\", "/")).digest();
  return digest.readUIntBE(0, 6) % shard.of === shard.index - 1;
}
