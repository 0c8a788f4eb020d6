import type { Facts } from "../rule/rule.ts";

/** Whether the CRL is one of several objects of a file that is no container: a container is made for that. */
export function isOneOfSeveral({ objectsInFile, artefact }: Pick<Facts, "objectsInFile" | "artefact">): boolean {
  return objectsInFile.total > 1 && artefact.origin?.container === undefined;
}
