import type { Renderer, RenderOptions, ReportHead } from "./renderer.ts";
import { type SarifDialect, strict, writeSarif } from "./sarif.ts";
import { markSuppressed } from "./suppressed.ts";

/**
 * SARIF as GitHub's code scanning takes it: every place has a line, which a DER file does not have, so that line 1 is
 * named and the octets are an annotation of the location (SARIF 2.1.0 section 3.28.6), where GitHub does not look.
 */
const github: SarifDialect = {
  // GitHub shows braces as they are written.
  spell: (text) => text,
  place: (location) => {
    if (location.pem !== undefined) return strict.place(location);
    const { offset, length } = location;
    const region = { startLine: 1, properties: { der: { start: offset, end: offset + length } } };
    return length === 0 ? { region } : { region, annotations: [{ byteOffset: offset, byteLength: length }] };
  },
  // GitHub shows one of them, and refuses more than a thousand.
  maximumPlaces: 1,
  // Without one of its own, GitHub takes a digest of line 1: of binary data that each CRL changes.
  fingerprints: (fingerprint) => ({ primaryLocationLineHash: `${fingerprint}:1`, "crllint/v1": fingerprint }),
  // GitHub takes no notice of suppressions: an alert that it raises then says itself why nothing is to be done.
  mark: markSuppressed,
};

/** SARIF 2.1.0 for GitHub's code scanning. */
export function renderSarifGithub(head: ReportHead, options: RenderOptions): Renderer {
  return writeSarif(head, options, github);
}
