import type { Source } from "../der/cursor.ts";
import { Tag } from "../der/tag.ts";
import { readTime, type Time } from "../der/time.ts";
import { checkOneValue, type Extension, readExtensionValue } from "./extension.ts";

/**
 * Reads an expiredCertsOnCRL: one GeneralizedTime (X.509 9.5.2.8).
 *
 * @returns undefined if the value is of another type, which expired-certs/not-generalized-time reports
 */
export function readExpiredCertsOnCrl(source: Source, extension: Extension): Time | undefined {
  const { value } = extension;
  if (value === undefined) return undefined;
  const path = `${extension.path}.extnValue`;
  if (source.bytes[value.content] !== Tag.generalizedTime) {
    checkOneValue(source, value, path);
    return undefined;
  }
  const tlv = readExtensionValue(source, extension, Tag.generalizedTime, "ExpiredCertsOnCRL");
  return tlv && readTime(source, tlv, path, true);
}
