import type { Facts } from "../rule/rule.ts";

/**
 * Whether the CRL is one of several objects in a file that is not a container: only containers are made for several.
 */
export function isOneOfSeveral({ objectsInFile, artefact }: Pick<Facts, "objectsInFile" | "artefact">): boolean {
  return objectsInFile.total > 1 && artefact.origin?.container === undefined;
}
