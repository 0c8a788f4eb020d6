import { type InputObject, isMislabeled } from "../input/read.ts";
import { formatCount } from "../rule/format-count.ts";
import { locate } from "../rule/location.ts";
import type { Unjudged } from "./lint-input.ts";

/** Maximum number of CRLs in the finding; the others are only counted. */
const shown = 5;

/**
 * Reports what is not linted if only one CRL of a file is: the other CRLs, and PEM blocks that should be CRLs or
 * certificates and are neither.
 *
 * @param objects all objects of the file
 */
export function unlintedObjects(objects: readonly InputObject[], linted: InputObject): readonly Unjudged[] {
  return [...unlintedCrls(objects, linted), ...mislabeledBlocks(objects, linted)];
}

function unlintedCrls(objects: readonly InputObject[], linted: InputObject): readonly Unjudged[] {
  const others = objects.filter((object) => object !== linted && isCrl(object));
  const [location, ...related] = others.slice(0, shown).map(({ artefact }) => {
    return locate(artefact, { start: 0, end: artefact.bytes.length }, "");
  });
  if (location === undefined || !isCrl(linted)) return [];
  return [
    {
      rule: "crllint/not-linted",
      message: `not judged: the input holds ${formatCount(others.length + 1)} CRLs, and only one of them was linted`,
      location,
      related,
      help: "lint each CRL by itself",
    },
  ];
}

function isCrl({ kind }: InputObject): boolean {
  return kind === "crl" || kind === "tbs";
}

function mislabeledBlocks(objects: readonly InputObject[], linted: InputObject): readonly Unjudged[] {
  return objects
    .filter((object) => object !== linted && isMislabeled(object))
    .slice(0, shown)
    .map(({ artefact, identity }) => ({
      rule: "crllint/not-linted",
      message: `not judged: the block labeled "${artefact.label ?? ""}" is ${identity.name}`,
      location: locate(artefact, { start: 0, end: artefact.bytes.length }, ""),
      related: [],
      help: "repair or remove the block",
    }));
}
