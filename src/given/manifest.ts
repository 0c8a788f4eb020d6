import { readBitString } from "../der/bit-string.ts";
import { Cursor, newSource, type Source } from "../der/cursor.ts";
import type { Limits } from "../der/limits.ts";
import { readOid } from "../der/oid.ts";
import { contents, type Span, type Tlv } from "../der/span.ts";
import { latin1 } from "../der/strings.ts";
import { Tag } from "../der/tag.ts";
import { type Moment, readTime } from "../der/time.ts";
import type { Artefact } from "../input/read.ts";
import { escapeText } from "../name/escape.ts";

/**
 * A manifest of the RPKI (RFC 9286): the list of files that a CA publishes. Its signature is not verified: validators
 * do that with the resources of its certificates.
 */
export interface Manifest {
  readonly artefact: Artefact;
  readonly nextUpdate: Moment;
  readonly fileList: Span;
  readonly files: readonly ManifestFile[];
}

/** One element of fileList, a FileAndHash. */
export interface ManifestFile extends Span {
  /** The text in the manifest, not escaped. */
  readonly name: string;
  /** The bytes of the SHA-256 digest. */
  readonly hash: Span;
}

const signedData = "1.2.840.113549.1.7.2";
/** RFC 9286 4.1. */
const rpkiManifest = "1.2.840.113549.1.9.16.1.26";
/** RFC 7935 2: the only hash algorithm of the RPKI. */
const sha256 = "2.16.840.1.101.3.4.2.1";

const context0 = 0xa0;

/**
 * Reads a manifest: ContentInfo, SignedData, Manifest (RFC 5652 3 and 5, RFC 9286 4.2).
 *
 * @returns the error, if the file is not a manifest
 */
export function readManifest(
  name: string,
  bytes: Uint8Array,
  limits?: Limits,
): Manifest | { readonly fault: string; readonly at: Span } {
  const reader = new ManifestReader(newSource(bytes, { keep: 1, ...(limits && { limits }) }), name);
  const manifest = reader.read();
  const fault = reader.fault;
  return fault ?? manifest ?? { fault: "it is not a manifest", at: { start: 0, end: bytes.length } };
}

class ManifestReader {
  readonly #source: Source;
  readonly #name: string;
  #fault: { readonly fault: string; readonly at: Span } | undefined;

  constructor(source: Source, name: string) {
    this.#source = source;
    this.#name = name;
  }

  /** The error: bytes that are not DER, or else a missing element. */
  get fault(): { readonly fault: string; readonly at: Span } | undefined {
    const [first] = [...this.#source.faults.groups()].flatMap((group) => group.first);
    return first === undefined ? this.#fault : { fault: first.message, at: first };
  }

  read(): Manifest | undefined {
    const { bytes } = this.#source;
    const file = new Cursor(this.#source, { start: 0, end: bytes.length }, "");
    const info = this.#inside(file, Tag.sequence, "contentInfo");
    if (!this.#end(file, "contentInfo") || !this.#oid(info, "contentType", signedData, "id-signedData"))
      return undefined;
    const signed = this.#inside(this.#inside(info, context0, "content"), Tag.sequence, "signedData");
    this.#take(signed, Tag.integer, "version");
    this.#take(signed, Tag.set, "digestAlgorithms");
    const encapsulated = this.#inside(signed, Tag.sequence, "encapContentInfo");
    if (!this.#oid(encapsulated, "eContentType", rpkiManifest, "id-ct-rpkiManifest")) return undefined;
    const content = this.#take(this.#inside(encapsulated, context0, "eContent"), Tag.octetString, "eContent");
    return content && this.#manifest(Cursor.inside(this.#source, content, "eContent"));
  }

  #manifest(content: Cursor): Manifest | undefined {
    const fields = this.#inside(content, Tag.sequence, "manifest");
    if (!this.#end(content, "manifest")) return undefined;
    if (fields?.peek() === context0) {
      this.#fail("version of the manifest is not the DEFAULT, 0, which is omitted in DER", fields);
      return undefined;
    }
    this.#take(fields, Tag.integer, "manifestNumber");
    this.#time(fields, "thisUpdate");
    const nextUpdate = this.#time(fields, "nextUpdate");
    if (!this.#oid(fields, "fileHashAlg", sha256, "id-sha256")) return undefined;
    const list = this.#take(fields, Tag.sequence, "fileList");
    if (list === undefined || nextUpdate === undefined || !this.#end(fields, "fileList")) return undefined;
    const files: ManifestFile[] = [];
    const cursor = Cursor.inside(this.#source, list, "fileList");
    while (!cursor.atEnd) {
      const file = this.#file(cursor);
      if (file === undefined) return undefined;
      files.push(file);
    }
    return { artefact: { name: this.#name, bytes: this.#source.bytes }, nextUpdate, fileList: list, files };
  }

  #file(list: Cursor): ManifestFile | undefined {
    const start = list.position;
    const fields = this.#inside(list, Tag.sequence, "FileAndHash");
    const file = this.#take(fields, Tag.ia5String, "file");
    const value = this.#take(fields, Tag.bitString, "hash");
    if (file === undefined || value === undefined || !this.#end(fields, "hash")) return undefined;
    const name = latin1(contents(this.#source.bytes, file));
    const hash = readBitString(this.#source, value, "hash");
    if (hash === undefined || hash.unusedBits !== 0 || hash.end - hash.start !== 32) {
      this.#fail(`hash of ${escapeText(name)} is not 256 bits long`, value);
      return undefined;
    }
    return { start, end: list.position, name, hash };
  }

  #time(fields: Cursor | undefined, name: string): Moment | undefined {
    const tlv = this.#take(fields, Tag.generalizedTime, name);
    const time = tlv && readTime(this.#source, tlv, name);
    return time?.seconds === undefined ? undefined : { ...time, seconds: time.seconds };
  }

  #oid(fields: Cursor | undefined, name: string, wanted: string, wantedName: string): boolean {
    const tlv = this.#take(fields, Tag.oid, name);
    const oid = tlv && readOid(this.#source, tlv, name);
    if (oid !== undefined && oid !== wanted) this.#fail(`${name} is ${oid}, not ${wantedName} (${wanted})`, tlv);
    return oid === wanted;
  }

  #inside(cursor: Cursor | undefined, tag: number, name: string): Cursor | undefined {
    const tlv = this.#take(cursor, tag, name);
    return tlv && Cursor.inside(this.#source, tlv, name);
  }

  #take(cursor: Cursor | undefined, tag: number, name: string): Tlv | undefined {
    if (cursor === undefined) return undefined;
    const tlv = cursor.take(tag, name);
    if (tlv === undefined) this.#fail(`it is not a manifest: ${name} is missing`, cursor);
    return tlv;
  }

  /** Whether nothing follows the last element. Records a fault otherwise. */
  #end(cursor: Cursor | undefined, last: string): boolean {
    if (cursor === undefined) return false;
    if (!cursor.atEnd) this.#fail(`bytes follow ${last}`, cursor);
    return cursor.atEnd;
  }

  #fail(fault: string, at: Cursor | Span | undefined): void {
    const place = at instanceof Cursor ? { start: Math.min(at.position, at.end), end: at.end } : at;
    this.#fault ??= { fault, at: place ?? { start: 0, end: 0 } };
  }
}
