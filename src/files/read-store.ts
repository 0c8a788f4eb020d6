import type { Limits } from "../der/limits.ts";
import type { IssuerStore } from "../given/issuer-store.ts";
import { escapePath } from "./escape-path.ts";
import { furtherNotStored, maximumOthers, notStored, unreadable } from "./input-findings.ts";
import type { OwnFinding } from "./own-run.ts";
import { listOf, type Paths, reasonOf } from "./read-files.ts";

/**
 * Opens the store of --issuers; undefined if the option is not given, or one of its paths cannot be read.
 *
 * @param findings list to which parts of the files that are not in the store are added
 */
export async function readStore(
  paths: Paths,
  limits: Limits,
  findings: OwnFinding[],
): Promise<IssuerStore | undefined> {
  if (paths === undefined) return undefined;
  const { openIssuers } = await import("./open-issuers.ts");
  try {
    const { store, skipped } = await openIssuers(listOf(paths), limits);
    for (const { place, why } of skipped.slice(0, maximumOthers)) findings.push(notStored(place, why));
    const further = skipped[maximumOthers];
    if (further !== undefined) findings.push(furtherNotStored(further.place, skipped.length - maximumOthers));
    return store;
  } catch (error) {
    if (!isOfFileSystem(error)) throw error;
    findings.push(unreadable(escapePath(error.path), reasonOf(error)));
    return undefined;
  }
}

function isOfFileSystem(error: unknown): error is NodeJS.ErrnoException & { readonly path: string } {
  return error instanceof Error && "path" in error && typeof error.path === "string";
}
