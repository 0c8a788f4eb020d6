import { type Limits, usualLimits } from "../der/limits.ts";
import type { Span } from "../der/span.ts";
import { byteOrderMarkLength, type PemBlock, PemReader, readBareBase64 } from "../pem/armor.ts";
import { decodeBase64, type TextRange } from "../pem/base64.ts";
import { findBoundary } from "../pem/boundary.ts";
import { mergeFaults, PemFaults, type PemFaultGroup } from "../pem/fault.ts";
import { fewestBytes, hasOmission } from "../pem/loose.ts";
import { PemMap } from "../pem/map.ts";
import { identify, identifyDer } from "./identify.ts";
import { type Identity, identityOf, type Kind } from "./kinds.ts";
import { crlLabel, isCrlLabel, isObjectLabel, kindOfLabel } from "./labels.ts";
import { type LdifValue, readLdif } from "./ldif.ts";
import { isControl } from "./text.ts";
import { shapeAt } from "./shape.ts";
import { type Contained, isCutOff, readCertificatePair, readSignedData } from "./signed-data.ts";

/** Origin of an object that does not fill its file. */
export interface Origin {
  /**
   * The container of the object: "PKCS#7", "LDIF certificateRevocationList;binary"; undefined if that is the file
   * itself.
   */
  readonly container?: string;
  /** Offset of its first byte in the file, or in the message that was decoded from text. */
  readonly offset: number;
}

/** The bytes of one object, and its position in its file. */
export interface Artefact {
  /** Name of the file, as given. */
  readonly name: string;
  /** DER of the object. A CRL includes all bytes that follow it. Empty for any object with a private key. */
  readonly bytes: Uint8Array;
  /** Label of the PEM block; undefined for DER and for bare base64. */
  readonly label?: string;
  /** Finds the base64 of a byte in the text; undefined for DER. */
  readonly pem?: PemMap;
  /** Undefined for a DER file with one object, and for the first object in a PEM block. */
  readonly origin?: Origin;
  /** Present if another object follows in the same DER, which is the file or one PEM block. */
  readonly isFollowed?: true;
}

/** The number of objects in a file, by kind. */
export interface ObjectCounts {
  readonly total: number;
  readonly crls: number;
  readonly certificates: number;
}

/** One object of an input file, identified by its content. */
export interface InputObject {
  readonly kind: Kind;
  readonly identity: Identity;
  readonly artefact: Artefact;
  /** Position among the objects of its file, from 1. */
  readonly ordinal: number;
  /** Counts of the objects in its file. */
  readonly file: ObjectCounts;
  /** Errors in the text that it was decoded from, and around it; empty for DER. */
  readonly pemFaults: readonly PemFaultGroup[];
}

/**
 * Finds the objects in a file and identifies them by their content, never by a name or a label. A file may contain one
 * DER object or several, PEM blocks, PEM and DER in any order, base64 alone, or objects in PKCS#7 messages and LDIF.
 * Any other file is also one object, so a message can name its kind. Bytes after a CRL are part of it: the linter
 * reports them. Other bytes that belong to no object become one object of kind `stray`. If there are more objects than
 * `limits.blocks`, the last one is of kind `over-limit`.
 *
 * @param name name of the file, for reports
 * @returns at least one object, in the order of the file
 */
export function readInput(name: string, bytes: Uint8Array, limits: Limits = usualLimits): readonly InputObject[] {
  return new FileReader(name, bytes, limits.blocks).run();
}

/**
 * Returns the object to lint if only one object of a file is linted. An object for bytes that could not be read comes
 * first, then the first object of the requested form, then the first of all.
 */
export function chooseObject(objects: readonly InputObject[], form: "crl" | "tbs"): InputObject {
  const chosen = objects.find(isUnread) ?? objects.find(({ kind }) => kind === form) ?? objects[0];
  return chosen as InputObject;
}

/** Whether an object represents bytes of the file that could not be read as an object. */
export function isUnread({ kind }: Pick<InputObject, "kind">): boolean {
  return kind === "stray" || kind === "over-limit";
}

/** Whether an object is a PEM block with the label of a CRL or certificate that contains neither. */
export function isMislabeled({ kind, artefact: { label } }: InputObject): boolean {
  return kind === "unknown" && label !== undefined && isObjectLabel(label);
}

/**
 * Kinds of files that are searched for PEM. Text with a private key is of kind `private-key`, and may contain more.
 */
const mayHoldText: ReadonlySet<Kind> = new Set([
  "text",
  "html",
  "xml",
  "json",
  "http",
  "hex",
  "ldif",
  "private-key",
  "unknown",
]);

/** Maximum number of offsets that are tried for an object in DER between others. A file has few. */
const maximumTries = 10_000;

/** Maximum number of lines of boundaries without a block that are reported. */
const maximumLost = 20;

/** Maximum number of PKCS#7 messages inside one another that are read. */
const maximumNesting = 8;

/** An object in DER, and the start of the next one. */
interface Piece extends Span {
  readonly next: number;
}

/** Bytes in which objects follow one another, and their position in the file. */
interface Stretch {
  readonly bytes: Uint8Array;
  readonly label?: string;
  readonly pem?: PemMap;
  readonly container?: string;
  readonly faults: readonly PemFaultGroup[];
}

class FileReader {
  readonly #name: string;
  readonly #bytes: Uint8Array;
  readonly #most: number;
  readonly #found: InputObject[] = [];
  /** Counts of the objects. All objects share them, and they are complete at the end. */
  readonly #counts = { total: 0, crls: 0, certificates: 0 };
  /** Number of places that looked like the start of an object in DER but were not. */
  #tries = 0;
  /** Whether a part of the text was not examined for base64. */
  #isExhausted = false;
  /** Number of lines of boundaries among `lost` that were added. */
  #lost = 0;
  /** The next BEGIN boundary, and the offset at which the next search starts. */
  #pemAt = -1;
  #pemFrom = 0;
  /** Number of the line at an offset; see `#lineAt`. */
  #line = 1;
  #countedTo = 0;

  constructor(name: string, bytes: Uint8Array, most: number) {
    this.#name = name;
    this.#bytes = bytes;
    this.#most = most;
  }

  run(): readonly InputObject[] {
    const bytes = this.#bytes;
    const identity = identify(bytes);
    const { kind } = identity;
    if (kind === "ldif") this.#readLdif();
    // Nearly every file is a single object in DER. Text whose first line looks like LDIF may be any other text.
    if (this.#found.length > 0) return this.#finish();
    if (mayHoldText.has(kind) || kind === "pkcs7" || this.#goesOn(kind)) this.#readMixed(kind);
    if (this.#found.length === 0) this.#addWhole(identity);
    return this.#finish();
  }

  #finish(): readonly InputObject[] {
    const bytes = this.#bytes;
    if (this.#counts.total > this.#most) this.#addOverLimit();
    if (this.#tries > maximumTries || this.#isExhausted) {
      const most = this.#isExhausted ? "many" : `more than ${maximumTries}`;
      const message = `${most} places of the file look like the start of an object and are not`;
      this.#addUnread(message, { bytes, faults: [] }, 0, bytes.length);
    }
    return this.#found;
  }

  /** Whether more bytes follow the object in DER at the start of the file. */
  #goesOn(kind: Kind): boolean {
    const bytes = this.#bytes;
    return identifyDer(bytes) === kind && (shapeAt(bytes, 0, bytes.length)?.end ?? 0) < bytes.length;
  }

  #add(identity: Identity, artefact: Artefact, pemFaults: readonly PemFaultGroup[]): void {
    const { kind } = identity;
    this.#found.push({ kind, identity, artefact, ordinal: this.#found.length + 1, file: this.#counts, pemFaults });
  }

  /** Adds an object that reports that the file has more objects than are read. */
  #addOverLimit(): void {
    const message = `the file has ${this.#counts.total} objects; only the first ${this.#most} are read`;
    const faults = new PemFaults();
    faults.add("input/over-limit", this.#bytes.length, { line: 0, column: 0 }, () => message);
    const artefact = { name: this.#name, bytes: new Uint8Array(0) };
    this.#add({ ...identityOf("over-limit"), message }, artefact, faults.groups());
  }

  /** Adds a file that is one object, the base64 of one, or anything else. */
  #addWhole(identity: Identity): void {
    const bytes = this.#bytes;
    if (mayHoldText.has(identity.kind) && this.#addBare()) return;
    this.#addObject(identity, { bytes, faults: [] }, { start: 0, end: bytes.length, next: bytes.length });
  }

  /** Adds the objects of a file that is only base64; false for any other text. */
  #addBare(): boolean {
    const bare = readBare(this.#bytes);
    if (bare !== undefined) this.#addRun(bare, this.#piecesOf(bare.bytes, 0, false));
    return bare !== undefined;
  }

  /** Reads PEM and DER in any order. Bytes between them are text, or belong to the object in DER before them. */
  #readMixed(kind: Kind): void {
    const bytes = this.#bytes;
    const parts: (PemBlock | readonly Piece[])[] = [];
    let text: PemReader | undefined;
    // Bytes that are not text are searched for DER only if PEM shows that the file contains such objects.
    const isDer = (offset: number): boolean =>
      (kind !== "unknown" || (text?.found ?? 0) > 0) && this.#isDer(bytes, offset);
    for (let at = 0; at < bytes.length;) {
      if (isDer(at)) {
        const pieces = [...this.#piecesOf(bytes, at, true)];
        parts.push(pieces);
        at = pieces.at(-1)?.next ?? bytes.length;
      } else {
        text ??= new PemReader(bytes, this.#most);
        text.skipTo(at);
        for (const block of text.readOn(isDer)) parts.push(block);
        at = text.at;
      }
    }
    this.#isExhausted = text?.isExhausted === true;
    const [first, second] = parts;
    // A file that is only base64 needs no BEGIN line.
    const isAlone = second === undefined && (text?.lost.length ?? 0) === 0;
    if (isAlone && first !== undefined && "der" in first && !first.hasBegin && this.#addBare()) return;
    this.#addParts(parts, text);
  }

  #addParts(parts: readonly (PemBlock | readonly Piece[])[], text: PemReader | undefined): void {
    const bytes = this.#bytes;
    const faults = text?.faults ?? [];
    let blocks = text?.found ?? 0;
    let before = 0;
    // A folded value of LDIF may have lines that look like the start of a block.
    let textFrom = 0;
    for (const part of parts) {
      const start = "der" in part ? part.start : (part[0]?.start ?? before);
      const isPartOfText = "der" in part && isOtherBase64(part, part.der);
      this.#addLost(text, start);
      if (!isText(bytes, before, start)) this.#addStray({ bytes, faults: [] }, before, start);
      if (!isPartOfText) this.#addRecords(textFrom, start);
      if ("der" in part) {
        this.#addBlock(part, faults);
        blocks -= 1;
      } else this.#addRun({ bytes, faults: [] }, part);
      before = "der" in part ? part.end : (part.at(-1)?.next ?? before);
      if (!isPartOfText) textFrom = before;
    }
    // Blocks beyond the limit are not decoded.
    this.#counts.total += blocks;
    this.#addLost(text, bytes.length);
    this.#addRecords(textFrom, bytes.length);
    if (this.#found.length > 0 && !isText(bytes, before, bytes.length)) {
      this.#addStray({ bytes, faults: [] }, before, bytes.length);
    }
  }

  /**
   * Adds the objects in records of LDIF around PEM blocks; any other text has none. Like PEM in documents, base64 that is
   * short or omits something is an example.
   */
  #addRecords(start: number, end: number): void {
    const bytes = this.#bytes;
    if (!bytes.subarray(start, end).includes(0x3a) || !isText(bytes, start, end)) return;
    for (const value of readLdif(bytes, start, end, this.#lineAt(start))) {
      const { form, range } = value;
      const isLong = (range.end - range.start) * 3 >= fewestBytes * 4;
      if (form === "base64" && isLong && !hasOmission(bytes, range)) this.#addLdif(value);
    }
  }

  /** Returns the number of the line at an offset. Offsets must increase, so each byte is looked at once. */
  #lineAt(offset: number): number {
    for (; this.#countedTo < offset; this.#countedTo += 1) if (this.#bytes[this.#countedTo] === 0x0a) this.#line += 1;
    return this.#line;
  }

  /** Adds an object for each line of a boundary before an offset that is next to base64 of no block. */
  #addLost(text: PemReader | undefined, before: number): void {
    for (;;) {
      const lost = text?.lost[this.#lost];
      if (lost === undefined || lost.start >= before) return;
      this.#lost += 1;
      if (this.#lost > maximumLost) continue;
      const { start, end, place } = lost;
      const stretch = { bytes: this.#bytes, pem: PemMap.at(place), faults: [] };
      this.#addUnread("the base64 next to this line belongs to no PEM block that can be read", stretch, start, end);
    }
  }

  #addBlock(block: PemBlock, around: readonly PemFaultGroup[]): void {
    const { label, map } = block;
    const bytes = label === "TRUSTED CERTIFICATE" ? firstElement(block.der) : block.der;
    const identity = identifyBlock(block, bytes);
    // Without a BEGIN line, it is an object only if its content is one.
    if (isOtherBase64(block, bytes)) {
      if (block.isAnnounced && bytes.length >= fewestBytes) this.#addGarbled(block, bytes);
      return;
    }
    const own = block.hasBegin ? block.faults : onlyBase64(block.faults);
    const faults = mergeFaults([...own, ...checkLabel(block, identity), ...around]);
    const stretch = { bytes, ...(label !== "" || block.hasBegin ? { label } : {}), pem: map, faults };
    if (identifyDer(bytes) === identity.kind) {
      this.#addRun(stretch, this.#piecesOf(bytes, 0, false));
    } else this.#addObject(identity, stretch, { start: 0, end: bytes.length, next: bytes.length });
  }

  /** Adds an object for base64 after a damaged BEGIN line that is neither a CRL nor a certificate. */
  #addGarbled({ place }: PemBlock, bytes: Uint8Array): void {
    const stretch = { bytes, pem: PemMap.at(place), faults: [] };
    this.#addUnread("this base64 without a BEGIN line is neither a CRL nor a certificate", stretch, 0, bytes.length);
  }

  /** Adds objects that follow one another. */
  #addRun(stretch: Stretch, pieces: Iterable<Piece>): void {
    const { bytes } = stretch;
    for (const piece of pieces) {
      const kind = identifyDer(bytes.subarray(piece.start));
      if (kind === "pkcs7" && this.#addSignedData(stretch, piece)) continue;
      this.#addObject(identityOf(kind), stretch, piece);
      const { end, next } = piece;
      if (kind !== "crl" && kind !== "tbs" && !isBlank(bytes, end, next)) this.#addStray(stretch, end, next);
    }
  }

  #addObject(identity: Identity, stretch: Stretch, { start, end, next }: Piece): void {
    const counts = this.#counts;
    counts.total += 1;
    if (counts.total > this.#most) return;
    const { kind } = identity;
    const isCrl = kind === "crl" || kind === "tbs";
    if (isCrl) counts.crls += 1;
    if (kind === "certificate") counts.certificates += 1;
    // Bytes that follow a CRL are part of it: the linter reports them.
    const bytes = withoutSecrets(kind, stretch.bytes.subarray(start, isCrl ? next : end));
    this.#add(identity, this.#artefact(stretch, start, bytes, next < stretch.bytes.length), stretch.faults);
  }

  /** Adds the objects in a PKCS#7 or CMS message; false if there are none. */
  #addSignedData(stretch: Stretch, { start, end, next }: Piece): boolean {
    const message = stretch.bytes.subarray(start, end);
    const inside = {
      ...stretch,
      container: stretch.container === undefined ? "PKCS#7" : `${stretch.container}, PKCS#7`,
    };
    const [before, total] = [this.#found.length, this.#counts.total];
    for (const { element, kind } of readSignedData(message)) {
      this.#addContained(inside, { start: start + element.start, end: start + element.end }, kind);
    }
    if (this.#found.length === before && this.#counts.total === total) return false;
    if (isCutOff(message)) {
      this.#addUnread("this PKCS#7 message ends early; what follows this place is missing", inside, end, end);
    }
    if (!isBlank(stretch.bytes, end, next)) this.#addStray(stretch, end, next);
    return true;
  }

  #addContained(stretch: Stretch, { start, end }: Span, kind: Contained["kind"]): void {
    const found = identifyDer(stretch.bytes.subarray(start, end));
    // A message may be the signed content of another.
    const isNested = found === "pkcs7" && (stretch.container ?? "").split("PKCS#7").length <= maximumNesting;
    if (isNested) this.#addSignedData(stretch, { start, end, next: end });
    else if (kind === "other" && found === "unknown") this.#addStray(stretch, start, end);
    else {
      const identity = identityOf(found === "unknown" && kind !== "other" ? kind : found);
      this.#addObject(identity, stretch, { start, end, next: end });
    }
  }

  #addStray(stretch: Stretch, start: number, end: number): void {
    const range = `${start}..${end} (0x${start.toString(16)}..0x${end.toString(16)})`;
    this.#addUnread(`bytes ${range} belong to no object`, stretch, start, end);
  }

  /** Adds an object for bytes that could not be read as an object. */
  #addUnread(message: string, stretch: Stretch, start: number, end: number): void {
    const identity = { ...identityOf("stray"), message };
    this.#add(identity, this.#artefact(stretch, start, stretch.bytes.subarray(start, end), false), []);
  }

  #artefact({ label, pem, container }: Stretch, offset: number, bytes: Uint8Array, isFollowed: boolean): Artefact {
    const isFirst = offset === 0 && container === undefined;
    return {
      name: this.#name,
      bytes,
      ...(label !== undefined && { label }),
      ...(pem && { pem: pem.from(offset) }),
      ...(isFirst ? {} : { origin: { ...(container !== undefined && { container }), offset } }),
      ...(isFollowed && { isFollowed }),
    };
  }

  /** Reads the values of LDIF, and the PEM blocks between its records. */
  #readLdif(): void {
    const bytes = this.#bytes;
    const text = new PemReader(bytes, this.#most, true);
    const blocks = text.readOn(() => false);
    let next = 0;
    const addBlocks = (end: number): void => {
      for (let block = blocks[next]; block !== undefined && block.start < end; block = blocks[next]) {
        this.#addLost(text, block.start);
        this.#addBlock(block, text.faults);
        next += 1;
      }
      this.#addLost(text, end);
    };
    let isLdif = false;
    for (const value of readLdif(bytes)) {
      isLdif = true;
      addBlocks(value.start);
      this.#addLdif(value);
    }
    // Text that only starts like LDIF is read as text: it may have objects of any form.
    if (!isLdif) return;
    addBlocks(bytes.length);
    // Blocks beyond the limit are not decoded.
    this.#counts.total += text.found - blocks.length;
  }

  #addLdif({ attribute, form, range, start }: LdifValue): void {
    const bytes = this.#bytes;
    if (attribute !== undefined && form !== "base64") {
      const how = form === "url" ? "is in a file of its own, which is not opened" : "is not in base64";
      const { line } = range;
      const stretch = { bytes, pem: PemMap.at({ line, column: 1 }), container: "LDIF", faults: [] };
      this.#addUnread(`the value of ${attribute} on line ${line} ${how}`, stretch, start, range.end);
    } else if (this.#counts.total >= this.#most) this.#counts.total += 1;
    else this.#addValue(attribute, range);
  }

  #addValue(attribute: string | undefined, range: TextRange): void {
    const found = new PemFaults();
    const { der, map } = decodeBase64(this.#bytes, range, found);
    const kind = identifyDer(der);
    const faults = onlyBase64(found.groups());
    const container = attribute === undefined ? "LDIF" : `LDIF ${attribute}`;
    const stretch = { bytes: der, pem: map, container, faults };
    if (ofLdif.has(kind)) return this.#addRun(stretch, this.#piecesOf(der, 0, false));
    if (this.#addPem(stretch, attribute, range.line)) return;
    let pairs = 0;
    if (attribute?.startsWith("crossCertificatePair") === true) {
      for (const each of readCertificatePair(der)) {
        this.#addContained(stretch, each.element, each.kind);
        pairs += 1;
      }
    }
    if (pairs > 0 || attribute === undefined) return;
    const isInvalid = faults.some(({ code }) => code === "input/base64-invalid");
    const what = der.length > 0 ? "is neither a certificate nor a CRL" : isInvalid ? "is not valid base64" : "is empty";
    const at = { ...stretch, pem: PemMap.at({ line: range.line, column: 1 }) };
    this.#addUnread(`the value of ${attribute} on line ${range.line} ${what}`, at, 0, der.length);
  }

  /** Adds the objects in a value that is PEM; false if there are none. */
  #addPem(value: Stretch, attribute: string | undefined, line: number): boolean {
    if (findBoundary(value.bytes, 0) === undefined) return false;
    const pem = PemMap.at({ line, column: 1 });
    const before = this.#found.length;
    for (const block of new PemReader(value.bytes, this.#most).readOn(() => false)) {
      const { der, label } = block;
      const stretch = { ...value, bytes: der, label, pem, faults: onlyBase64(block.faults) };
      if (ofLdif.has(identifyBlock(block, der).kind)) this.#addRun(stretch, this.#piecesOf(der, 0, false));
      else if (attribute === undefined && isObjectLabel(label) && der.length >= fewestBytes) {
        this.#addUnread(`the PEM on line ${line} is neither a certificate nor a CRL`, stretch, 0, der.length);
      }
    }
    return this.#found.length > before;
  }

  /** Returns objects in DER that follow one another, and the bytes between them. */
  *#piecesOf(bytes: Uint8Array, from: number, stopsAtPem: boolean): Iterable<Piece> {
    for (let start = from; ;) {
      const end = shapeAt(bytes, start, bytes.length)?.end ?? bytes.length;
      const { at: next, isDer } = this.#nextObject(bytes, end, stopsAtPem);
      yield { start, end, next };
      if (!isDer) return;
      start = next;
    }
  }

  /** Finds the start of the next object, in DER or a PEM block; without one, the end. */
  #nextObject(bytes: Uint8Array, from: number, stopsAtPem: boolean): { readonly at: number; readonly isDer: boolean } {
    const at = skipBlanks(bytes, from);
    if (at >= bytes.length) return { at: bytes.length, isDer: false };
    if (this.#isDer(bytes, at)) return { at, isDer: true };
    const limit = stopsAtPem ? this.#nextPem(at) : bytes.length;
    const der = limit === at ? undefined : this.#searchDer(bytes, at, limit);
    return der === undefined ? { at: limit, isDer: false } : { at: der, isDer: true };
  }

  /** Returns the offset of the next BEGIN boundary. However often it is called, each byte is searched once. */
  #nextPem(from: number): number {
    while (this.#pemAt < from) {
      const boundary = findBoundary(this.#bytes, Math.max(from, this.#pemFrom));
      const isBegin = boundary?.type === "BEGIN" && boundary.label !== undefined;
      this.#pemFrom = boundary?.end ?? this.#bytes.length;
      if (boundary === undefined) this.#pemAt = this.#bytes.length;
      else if (isBegin) this.#pemAt = boundary.start;
    }
    return this.#pemAt;
  }

  /**
   * Finds a CRL or a certificate among bytes that belong to no object. It must have a definite length and end within
   * them.
   */
  #searchDer(bytes: Uint8Array, from: number, limit: number): number | undefined {
    for (let at = bytes.indexOf(0x30, from); at !== -1 && at < limit; at = bytes.indexOf(0x30, at + 1)) {
      const length = bytes[at + 1] ?? 0;
      if (length < 0x81 || length > 0x84 || shapeAt(bytes, at, bytes.length)?.isCut !== false) continue;
      if (this.#isDer(bytes, at)) return at;
    }
    return undefined;
  }

  /** Whether an object in DER starts at an offset. */
  #isDer(bytes: Uint8Array, offset: number): boolean {
    if (bytes[offset] !== 0x30 || this.#tries > maximumTries) return false;
    const isObject = identifyDer(bytes.subarray(offset)) !== "unknown";
    if (!isObject) this.#tries += 1;
    return isObject;
  }
}

/** Kinds of objects that are values in LDIF. */
const ofLdif: ReadonlySet<Kind> = new Set(["crl", "tbs", "certificate", "pkcs7"]);

function skipBlanks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && " \t\r\n".includes(String.fromCharCode(bytes[at] ?? 0))) at += 1;
  return at;
}

function isBlank(bytes: Uint8Array, from: number, end: number): boolean {
  return skipBlanks(bytes.subarray(0, end), from) >= end;
}

/** Whether bytes around PEM blocks may be explanatory text (RFC 7468 section 2): they contain no control characters. */
function isText(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at += 1) if (isControl(bytes[at] ?? 0)) return false;
  return true;
}

function onlyBase64(groups: readonly PemFaultGroup[]): readonly PemFaultGroup[] {
  return groups.filter(({ code }) => code.startsWith("input/base64-"));
}

/** Identifies the content of a block. The label counts only if the content does not show its kind. */
function identifyBlock(block: PemBlock, der: Uint8Array): Identity {
  if (block.isPrivateKey) return identityOf("private-key");
  if (der.length === 0) return { ...identityOf("empty"), name: "a PEM block without content" };
  const identity = identify(der);
  const labeled = kindOfLabel(block.label);
  // DHParameter and RSAPublicKey are two INTEGERs each.
  const isOpen = identity.kind === "unknown" || identity.kind === "text" || labeled === "parameters";
  return isOpen ? identityOf(labeled ?? "unknown") : identity;
}

/** Whether a block has no BEGIN line, and base64 of something else than an object. */
function isOtherBase64(block: PemBlock, der: Uint8Array): boolean {
  if (block.hasBegin) return false;
  const { kind } = identifyBlock(block, der);
  return kind === "unknown" || kind === "text";
}

/** Checks a label by RFC 7468 section 6: a CRL must have the label "X509 CRL", and no other content may have it. */
function checkLabel(block: PemBlock, identity: Identity): readonly PemFaultGroup[] {
  const faults = new PemFaults();
  const { label, start, place, hasBegin } = block;
  if (!hasBegin) return [];
  if (identity.kind === "crl" && label !== crlLabel) {
    faults.add("input/label-not-x509-crl", start, place, () => `label "${label}" instead of "${crlLabel}"`);
  }
  if (identity.kind !== "crl" && isCrlLabel(label)) {
    const message = `${identity.name} under the label "${label}"`;
    faults.add("input/content-not-certificate-list", start, place, () => message);
  }
  return faults.groups();
}

/** Reads a file that is only base64; undefined for any other text. */
function readBare(bytes: Uint8Array): Stretch | undefined {
  const start = byteOrderMarkLength(bytes);
  let at = start;
  while (at < bytes.length && (bytes[at] ?? 0) <= 0x20) at += 1;
  // Base64 of 0x30, a SEQUENCE, is "M" and one of "A" to "P".
  const second = bytes[at + 1] ?? 0;
  if (bytes[at] !== 0x4d || second < 0x41 || second > 0x50) return undefined;
  const { der, map, faults } = readBareBase64(bytes, start);
  return identifyDer(der) === "unknown" ? undefined : { bytes: der, pem: map, faults };
}

/** Returns the bytes to keep: none of a private key, or of a store with one. */
function withoutSecrets(kind: Kind, bytes: Uint8Array): Uint8Array {
  return kind === "private-key" || kind === "pkcs12" ? new Uint8Array(0) : bytes;
}

/**
 * Returns the first element. OpenSSL's TRUSTED CERTIFICATE is a Certificate and then trust settings, which are ignored.
 */
function firstElement(der: Uint8Array): Uint8Array {
  const element = shapeAt(der, 0, der.length);
  return element === undefined ? der : der.subarray(0, element.end);
}
