import type { Renderer, RenderOptions, ReportHead } from "./renderer.ts";
import { type SarifDialect, strict, writeSarif } from "./sarif.ts";
import { withSuppressionInMessage } from "./suppressed.ts";

/**
 * SARIF for GitHub's code scanning, which requires a line for every place. A DER file has no lines, so the region is
 * line 1, and the bytes are an annotation of the location (SARIF 2.1.0 section 3.28.6), which GitHub ignores.
 */
const github: SarifDialect = {
  // GitHub shows braces as they are written.
  escape: (text) => text,
  place: (location) => {
    if (location.pem !== undefined) return strict.place(location);
    const { offset, length } = location;
    const region = { startLine: 1, properties: { der: { start: offset, end: offset + length } } };
    return length === 0 ? { region } : { region, annotations: [{ byteOffset: offset, byteLength: length }] };
  },
  // GitHub shows one place per result, and rejects more than 1,000.
  maximumPlaces: 1,
  // Without this fingerprint, GitHub uses a digest of line 1, which is binary data that changes with each CRL.
  fingerprints: (fingerprint) => ({ primaryLocationLineHash: `${fingerprint}:1`, "crllint/v1": fingerprint }),
  // GitHub ignores suppressions, so the message of the alert must show that the finding is suppressed.
  mark: withSuppressionInMessage,
};

/** Writes SARIF 2.1.0 for GitHub's code scanning. */
export function renderSarifGithub(head: ReportHead, options: RenderOptions): Renderer {
  return writeSarif(head, options, github);
}
