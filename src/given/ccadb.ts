import { groupBy } from "../der/group-by.ts";
import { readCsv } from "../input/csv.ts";
import { escapeText } from "../name/escape.ts";

/** URLs disclosed in a field of the CCADB. */
export interface DisclosedUrls {
  /** Name of the column. */
  readonly column: string;
  /** The text of the field, not escaped; empty if nothing is disclosed in it. */
  readonly text: string;
  /** Undefined if the field cannot be read. */
  readonly urls: readonly string[] | undefined;
  /** Whether it is `[""]`, which states that the CA has not issued a certificate yet (CCADB Policy 6.2). */
  readonly statesNone?: boolean;
}

/** The record of one CA in the CCADB. Only `place` is escaped. */
export interface CaRecord {
  /** File and line of the record, and the name of the certificate: for notes. */
  readonly place: string;
  readonly owner: string;
  readonly name: string;
  /** SHA-256 of the CA certificate in lower-case hexadecimal; empty if the export does not have it. */
  readonly sha256: string;
  /** subjectKeyIdentifier in lower-case hexadecimal; empty if the export does not have it. */
  readonly keyIdentifier: string;
  /** The certificate in PEM; empty if the export does not have it. */
  readonly pem: string;
  /** URLs that all return the same full CRL. */
  readonly full: readonly DisclosedUrls[];
  /** URLs of the CRLs that together form the full CRL. */
  readonly partitioned: DisclosedUrls;
  /** Whether the certificate is in use, as far as the export shows: neither revoked nor expired. */
  isInUse(now: number | undefined): boolean;
}

/** Returns the fields of a record that disclose something and cannot be read. */
export function unreadFieldsOf({ full, partitioned }: CaRecord): readonly DisclosedUrls[] {
  return [...full, partitioned].filter(({ urls }) => urls === undefined);
}

/** Returns all URLs of a record, without duplicates; undefined if it has none, or if some cannot be read. */
export function disclosedBy(record: CaRecord): readonly string[] | undefined {
  if (unreadFieldsOf(record).length > 0) return undefined;
  const urls = urlsOf(record);
  return urls.length === 0 ? undefined : urls;
}

/**
 * Returns the kind of CRL that a record discloses for a CRL: by its URL, else by the only kind that the record has.
 * Undefined if the record does not show it, or if the CA certificate is revoked or expired.
 *
 * @param url URL that the CRL is served from
 * @param now in seconds since 1970
 */
export function disclosedAs(
  record: CaRecord,
  url: string | undefined,
  now: number | undefined,
): "full" | "partitioned" | undefined {
  if (!record.isInUse(now)) return undefined;
  const { full, partitioned } = record;
  const has = (list: readonly DisclosedUrls[]): boolean =>
    list.some(({ urls = [] }) => (url === undefined ? urls.length > 0 : urls.includes(url)));
  const isFull = has(full);
  if (isFull === has([partitioned])) return undefined;
  return isFull ? "full" : "partitioned";
}

/** Returns all URLs of a record that can be read, without duplicates. */
export function urlsOf({ full, partitioned }: CaRecord): readonly string[] {
  return [...new Set([...full, partitioned].flatMap(({ urls }) => urls ?? []))];
}

/** An export of the CCADB: the report of all certificate records, as CSV. */
export class Ccadb {
  readonly records: readonly CaRecord[];
  readonly #bySha256 = new Map<string, CaRecord>();
  readonly #byKey: ReadonlyMap<string, readonly CaRecord[]>;

  constructor(records: readonly CaRecord[]) {
    this.records = records;
    for (const record of records) if (record.sha256 !== "") this.#bySha256.set(record.sha256, record);
    const withKey = records.filter(({ keyIdentifier }) => keyIdentifier !== "");
    this.#byKey = groupBy(withKey, ({ keyIdentifier }) => keyIdentifier);
  }

  /** Returns the record of a CA: by its certificate, else by its key. */
  find(sha256: string | undefined, keyIdentifier: string | undefined): CaRecord | undefined {
    const record = sha256 === undefined ? undefined : this.#bySha256.get(sha256);
    return record ?? (keyIdentifier === undefined ? undefined : this.#byKey.get(keyIdentifier)?.[0]);
  }

  /**
   * Returns the other records with the key of a CA: cross-certificates and renewals. The same CRLs cover their
   * certificates.
   */
  siblings(record: CaRecord): readonly CaRecord[] {
    return (this.#byKey.get(record.keyIdentifier) ?? []).filter((other) => other !== record);
  }
}

/** Column of a report with the SHA-256 of each certificate. */
export const digestColumn = "SHA-256 Fingerprint";

/** Columns that hold certificates in PEM. The name depends on the report. */
const certificateColumns: readonly string[] = ["X.509 Certificate (PEM)", "PEM Info", "PEM"];

/** Column that only reports of certificate records have. */
export const partitionedColumn = "JSON Array of Partitioned CRLs";
const fullColumn = "Full CRL Issued By This CA";
const fullArrayColumn = "JSON Array of All Full CRL URLs";
const arrayColumns: readonly string[] = [partitionedColumn, fullArrayColumn];

/** Words that older instructions of the CCADB required instead of URLs for a certificate that is no longer in use. */
const retired = /^[["\s]*(?:revoked|expired)[\]"\s]*$/iu;

/** Number of bytes in which the first line of a report ends: the names of 88 columns have 2,500 bytes. */
export const longestHeader = 16_384;

/** Contents of a report, according to its columns. A report may have both. */
export interface ReportContents {
  readonly hasRecords: boolean;
  readonly hasCertificates: boolean;
}

/** Returns what a file contains that may be a report of the CCADB: its columns count, not its name. */
export function contentsOfReport(bytes: Uint8Array): ReportContents {
  const head = new TextDecoder().decode(bytes.subarray(0, longestHeader));
  const columns = columnsOf(readCsv(head.split(/\r?\n/u, 1)[0] ?? "").records[0]?.fields);
  return {
    hasRecords: columns.includes(partitionedColumn),
    // A line with this word alone need not be CSV.
    hasCertificates: columns.length > 1 && findCertificates(columns) !== -1,
  };
}

/** Returns the names of the columns in the first record of a report. */
export function columnsOf(fields: readonly string[] = []): readonly string[] {
  return fields.map((field) => field.trim());
}

/** Returns the index of the column with certificates; -1 if there is none. */
export function findCertificates(columns: readonly string[]): number {
  return columns.findIndex((column) => certificateColumns.includes(column));
}

/**
 * Reads an export of the CCADB.
 *
 * @param name name of the file, escaped
 * @returns the reason if it is not an export
 */
export function readCcadb(name: string, bytes: Uint8Array): Ccadb | { readonly fault: string } {
  if (bytes.length > 2 ** 28) return { fault: "too large: more than 256 MiB" };
  const { records, fault } = readCsv(new TextDecoder().decode(bytes));
  const [header, ...rows] = records;
  const columns = new Map(columnsOf(header?.fields).map((column, i) => [column, i]));
  const missing = [partitionedColumn].filter((column) => !columns.has(column));
  if (!columns.has(fullColumn) && !columns.has(fullArrayColumn)) missing.push(fullColumn);
  if (!columns.has(digestColumn) && !columns.has("Subject Key Identifier")) missing.push(digestColumn);
  if (missing.length > 0) return { fault: `this is not an export of CCADB records: it has no column "${missing[0]}"` };
  if (fault !== undefined) return { fault: `this CSV cannot be read to its end: ${fault}` };
  return new Ccadb(
    rows.map(({ line, fields }) =>
      readRecord(`${name}:${line}`, (column) => fields[columns.get(column) ?? -1]?.trim() ?? ""),
    ),
  );
}

function readRecord(place: string, field: (column: string) => string): CaRecord {
  const name = field("Certificate Name");
  const status = field("Revocation Status");
  const validTo = Date.parse(field("Valid To (GMT)").replaceAll(".", "-")) / 1000;
  const full = [readSingle(field(fullColumn)), readArray(fullArrayColumn, field(fullArrayColumn))];
  const partitioned = readArray(partitionedColumn, field(partitionedColumn));
  const isRetired =
    [...full, partitioned].every(({ urls }) => urls?.length === 0) &&
    arrayColumns.some((column) => retired.test(field(column)));
  return {
    place: name === "" ? place : `${place} "${escapeText(name)}"`,
    owner: field("CA Owner"),
    name,
    sha256: field(digestColumn).replaceAll(":", "").toLowerCase(),
    keyIdentifier: readKeyIdentifier(field("Subject Key Identifier")),
    // Some reports put it in apostrophes.
    pem: (certificateColumns.map(field).find((text) => text !== "") ?? "").replaceAll("'", ""),
    full,
    partitioned,
    // The last day is included.
    isInUse: (now) =>
      !isRetired &&
      !/revoked/iu.test(status.replace(/not revoked/iu, "")) &&
      !(now !== undefined && validTo + 86_400 < now),
  };
}

function readSingle(text: string): DisclosedUrls {
  return { column: fullColumn, text, urls: text === "" ? [] : [text] };
}

/**
 * Reads a JSON array of URLs. CAs write a single empty string if there are none. Records of revoked or expired
 * certificates may contain the word `revoked` or `expired` instead.
 */
function readArray(column: string, text: string): DisclosedUrls {
  if (/^"?(?:|revoked|expired)"?$/iu.test(text)) return { column, text: "", urls: [] };
  try {
    const value: unknown = JSON.parse(text);
    const isList = Array.isArray(value) && value.every((item) => typeof item === "string");
    if (!isList) return { column, text, urls: undefined };
    const isNone = value.every((item) => /^(?:|revoked|expired)$/iu.test(item));
    if (!isNone) return { column, text, urls: value };
    return { column, text: "", urls: [], statesNone: value.length === 1 && value[0] === "" };
  } catch {
    return { column, text, urls: undefined };
  }
}

/** Reads a subjectKeyIdentifier: base64 in the export, hexadecimal in other reports. */
function readKeyIdentifier(text: string): string {
  const plain = text.replaceAll(/[:\s]/gu, "");
  if (/^(?:[0-9a-f]{2}){16,32}$/iu.test(plain)) return plain.toLowerCase();
  if (!/^[A-Za-z0-9+/]+={0,2}$/u.test(plain) || plain.length % 4 !== 0) return "";
  return Array.from(atob(plain), (character) => character.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}
