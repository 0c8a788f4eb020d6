import { Cursor, type Source } from "../der/cursor.ts";
import { readOid } from "../der/oid.ts";
import type { Tlv } from "../der/span.ts";
import { Tag, tagName } from "../der/tag.ts";
import { type Extension, readExtensionValue } from "./extension.ts";
import { type GeneralName, readGeneralName } from "./general-name.ts";

/** id-ad-caIssuers (RFC 5280 4.2.2.1). */
export const caIssuers = "1.3.6.1.5.5.7.48.2";

/** One AccessDescription: method and location. */
export interface AccessDescription extends Tlv {
  /** ASN.1 path of the description. */
  readonly path: string;
  /** Dotted accessMethod; undefined if it could not be read. */
  readonly method: string | undefined;
  readonly location: GeneralName | undefined;
}

/** AuthorityInfoAccessSyntax (RFC 5280 4.2.2.1) in the order of the encoding. */
export interface AuthorityInfoAccess extends Tlv {
  /** ASN.1 path of the extension. */
  readonly path: string;
  readonly descriptions: readonly AccessDescription[];
  /** Whether all descriptions could be read. */
  readonly whole: boolean;
}

/** Reads an authorityInfoAccess; returns undefined if its value is not a SEQUENCE. */
export function readAuthorityInfoAccess(source: Source, extension: Extension): AuthorityInfoAccess | undefined {
  const { path } = extension;
  const tlv = readExtensionValue(source, extension, Tag.sequence, "AuthorityInfoAccessSyntax");
  if (tlv === undefined) return undefined;
  const cursor = Cursor.inside(source, tlv, path);
  const descriptions: AccessDescription[] = [];
  let whole = true;
  for (let index = 0; !cursor.atEnd; index += 1) {
    const name = `[${index}]`;
    if (index >= source.limits.names) {
      const rest = { start: cursor.position, end: cursor.end };
      const message = `more than ${source.limits.names} access descriptions`;
      source.faults.add("input/over-limit", rest, cursor.child(name), message);
      whole = false;
      break;
    }
    const item = cursor.take(Tag.sequence, name);
    if (item !== undefined) {
      const description = readDescription(source, item, cursor.child(name));
      descriptions.push(description);
      whole &&= description.method !== undefined && description.location !== undefined;
      continue;
    }
    whole = false;
    const other = cursor.read(name);
    if (other === undefined) break;
    const message = `found ${tagName(other.tag)}; an AccessDescription must be a SEQUENCE`;
    source.faults.add("structure/extension", other, cursor.child(name), message);
  }
  return { path, descriptions, whole: whole && !cursor.broken, ...tlv };
}

/** Reads AccessDescription ::= SEQUENCE { accessMethod OBJECT IDENTIFIER, accessLocation GeneralName }. */
function readDescription(source: Source, tlv: Tlv, path: string): AccessDescription {
  const cursor = Cursor.inside(source, tlv, path);
  const id = cursor.take(Tag.oid, "accessMethod");
  const method = id && readOid(source, id, `${path}.accessMethod`);
  const name = id && cursor.read("accessLocation");
  if (name === undefined && !cursor.broken) {
    const absent = id === undefined ? "accessMethod" : "accessLocation";
    cursor.missing("structure/extension", `AccessDescription has no ${absent}`);
    return { path, method, location: undefined, ...tlv };
  }
  const location = name && readGeneralName(source, name, `${path}.accessLocation`);
  cursor.expectEnd();
  return { path, method, location, ...tlv };
}
