import type { Limits } from "../der/limits.ts";
import type { IssuerStore } from "../given/issuer-store.ts";
import { furtherNotStored, maximumOthers, notStored, unreadable } from "./input-findings.ts";
import type { OwnFinding } from "./own-run.ts";
import { listOf, type Paths } from "./read-files.ts";

/**
 * Opens the store of --issuers; undefined if the option is not given.
 *
 * @param findings list to which paths that cannot be read, and parts of the files that are not in the store, are added
 */
export async function readStore(
  paths: Paths,
  limits: Limits,
  findings: OwnFinding[],
): Promise<IssuerStore | undefined> {
  if (paths === undefined) return undefined;
  const { openReadable } = await import("./open-issuers.ts");
  const { store, skipped, unread } = await openReadable(listOf(paths), limits);
  for (const { place, why } of unread.slice(0, maximumOthers)) findings.push(unreadable(place, why));
  const unlisted = unread[maximumOthers];
  if (unlisted !== undefined) {
    findings.push(unreadable(unlisted.place, `${unread.length - maximumOthers} more cannot be read, starting here`));
  }
  for (const { place, why } of skipped.slice(0, maximumOthers)) findings.push(notStored(place, why));
  const further = skipped[maximumOthers];
  if (further !== undefined) findings.push(furtherNotStored(further.place, skipped.length - maximumOthers));
  return store;
}
