import type { Source } from "../der/cursor.ts";
import { Tag } from "../der/tag.ts";
import { readTime, type Time } from "../der/time.ts";
import { checkExtensionValue, type Extension, readExtensionValue } from "./extension.ts";

/**
 * Reads an expiredCertsOnCRL: one GeneralizedTime (X.509 9.5.2.8).
 *
 * @returns undefined where the value is of another type, which is the business of expired-certs/not-generalized-time
 */
export function readExpiredCertsOnCrl(source: Source, extension: Extension): Time | undefined {
  const { value } = extension;
  if (value === undefined || source.bytes[value.content] !== Tag.generalizedTime) {
    checkExtensionValue(source, extension);
    return undefined;
  }
  const tlv = readExtensionValue(source, extension, Tag.generalizedTime, "ExpiredCertsOnCRL");
  return tlv && readTime(source, tlv, `${extension.path}.extnValue`, true);
}
