import { Cursor, type Source } from "../der/cursor.ts";
import { readOid } from "../der/oid.ts";
import type { Tlv } from "../der/span.ts";
import { Tag } from "../der/tag.ts";
import { type Extension, readExtensionValue } from "./extension.ts";
import { type GeneralName, readGeneralNames } from "./general-name.ts";

/** id-ad-caIssuers (RFC 5280 4.2.2.1). */
export const caIssuers = "1.3.6.1.5.5.7.48.2";

/** One AccessDescription: how and where. */
export interface AccessDescription extends Tlv {
  /** ASN.1 path of it. */
  readonly path: string;
  /** Dotted accessMethod; undefined where it could not be read. */
  readonly method: string | undefined;
  readonly location: GeneralName | undefined;
}

/** AuthorityInfoAccessSyntax (RFC 5280 4.2.2.1) in the order of the encoding. */
export interface AuthorityInfoAccess extends Tlv {
  readonly descriptions: readonly AccessDescription[];
  /** Whether it could be read to its end. */
  readonly whole: boolean;
}

/** Reads an authorityInfoAccess; undefined where its value is no SEQUENCE. */
export function readAuthorityInfoAccess(source: Source, extension: Extension): AuthorityInfoAccess | undefined {
  const tlv = readExtensionValue(source, extension, Tag.sequence, "AuthorityInfoAccessSyntax");
  if (tlv === undefined) return undefined;
  const cursor = Cursor.inside(source, tlv, extension.path);
  const descriptions: AccessDescription[] = [];
  while (!cursor.atEnd) {
    const index = `[${descriptions.length}]`;
    const item = cursor.take(Tag.sequence, index);
    if (item === undefined) return { ...tlv, descriptions, whole: false };
    descriptions.push(readDescription(source, item, `${extension.path}${index}`));
  }
  return { ...tlv, descriptions, whole: !cursor.broken };
}

/** AccessDescription ::= SEQUENCE { accessMethod OBJECT IDENTIFIER, accessLocation GeneralName }. */
function readDescription(source: Source, tlv: Tlv, path: string): AccessDescription {
  const cursor = Cursor.inside(source, tlv, path);
  const id = cursor.take(Tag.oid, "accessMethod");
  const method = id && readOid(source, id, `${path}.accessMethod`);
  const rest = { ...tlv, content: cursor.position };
  const [location] = readGeneralNames(source, rest, `${path}.accessLocation`);
  return { ...tlv, path, method, location };
}
