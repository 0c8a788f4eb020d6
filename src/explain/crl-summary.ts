import { countOf, formatCount } from "../rule/format-count.ts";
import { algorithmName } from "../algorithm/signature-algorithm.ts";
import type { AlgorithmIdentifier, Crl, CrlField } from "../crl/crl.ts";
import { unreadEntries } from "../crl/entries.ts";
import { noReason } from "../crl/entry-reader.ts";
import { reasonLabel } from "../crl/reason.ts";
import { tbsFields } from "../crl/tbs-fields.ts";
import { contents, shortHex, type Span } from "../der/span.ts";
import { isoTime, type Time } from "../der/time.ts";
import type { Extension } from "../extension/extension.ts";
import { extensionName } from "../extension/oids.ts";
import { escapeText } from "../name/escape.ts";
import { formatEncoded } from "../name/format.ts";

/** Place and value of a CRL field. All text is escaped. */
export interface SummaryField {
  readonly offset: number;
  readonly length: number;
  readonly value: string;
}

/** An extension of a CRL. */
export interface SummaryExtension extends SummaryField {
  readonly oid: string;
  readonly name: string;
  readonly critical: boolean;
}

/**
 * The contents of a CRL, for people and for machines. A field that the CRL does not have, or that was not read, is
 * absent.
 */
export interface CrlSummary {
  readonly form: "crl" | "tbs";
  readonly bytes: number;
  readonly version?: SummaryField;
  readonly signature?: SummaryField;
  readonly issuer?: SummaryField;
  readonly thisUpdate?: SummaryField;
  readonly nextUpdate?: SummaryField;
  /** Absent only if revokedCertificates was not read. */
  readonly entries?: {
    readonly count: number;
    readonly offset?: number;
    readonly length?: number;
    readonly earliest?: string;
    readonly latest?: string;
    /** Number of entries by reasonCode; `byYear` by the year of their revocationDate. */
    readonly byReason: Readonly<Record<string, number>>;
    readonly byYear: Readonly<Record<string, number>>;
    /** Number of entry extensions by name. */
    readonly extensions: Readonly<Record<string, number>>;
  };
  /** Absent only if crlExtensions was not read. */
  readonly extensions?: readonly SummaryExtension[];
  readonly signatureAlgorithm?: SummaryField;
  readonly signatureValue?: SummaryField;
  /** Fields that were not read, or not in full, with the reasons. Absent if there are none. */
  readonly unread?: Readonly<Record<string, string>>;
  /** Number of faults in the encoding. Linting reports them. */
  readonly faults: number;
}

/** Describes an extension's value in one line, escaped; returns undefined if it cannot be decoded. */
export type DescribeValue = (oid: string, extnValue: Uint8Array) => string | undefined;

/** Summarizes a decoded CRL. */
export function summarizeCrl(crl: Crl, describe: DescribeValue): CrlSummary {
  const { bytes } = crl.source;
  const at = (span: Span, value: string): SummaryField => ({
    offset: span.start,
    length: span.end - span.start,
    value,
  });
  const time = (moment: Time): string =>
    moment.seconds === undefined ? escapeText(moment.text) : isoTime(moment.seconds);
  const algorithm = ({ oid }: AlgorithmIdentifier): string => (oid === undefined ? "(unreadable)" : algorithmName(oid));
  const { version, signature, issuer, thisUpdate, nextUpdate, signatureAlgorithm, signatureValue, crlExtensions } = crl;
  const unread = unreadFields(crl);
  const isListRead = crl.revokedCertificates !== undefined || !unread.has("revokedCertificates");
  const areExtensionsRead = crlExtensions !== undefined || !unread.has("crlExtensions");
  return {
    form: crl.form,
    bytes: bytes.length,
    ...(version && { version: at(version, `v${(version.value ?? Number.NaN) + 1}`) }),
    ...(signature && { signature: at(signature, algorithm(signature)) }),
    ...(issuer && { issuer: at(issuer, formatEncoded(issuer, bytes)) }),
    ...(thisUpdate && { thisUpdate: at(thisUpdate, time(thisUpdate)) }),
    ...(nextUpdate && { nextUpdate: at(nextUpdate, time(nextUpdate)) }),
    ...(isListRead && { entries: summarizeEntries(crl) }),
    ...(areExtensionsRead && {
      extensions: (crlExtensions?.list ?? []).slice(0, 1000).map((item) => summarizeExtension(bytes, item, describe)),
    }),
    ...(signatureAlgorithm && { signatureAlgorithm: at(signatureAlgorithm, algorithm(signatureAlgorithm)) }),
    ...(signatureValue && { signatureValue: at(signatureValue, bitsText(signatureValue.bits)) }),
    ...(unread.size > 0 && { unread: Object.fromEntries(unread) }),
    faults: crl.source.faults.count,
  };
}

/** The fields of a summary. */
const shownFields = [...tbsFields, "signatureAlgorithm", "signatureValue"] as const satisfies readonly CrlField[];

/** Returns the fields that were not read in full, with the reasons. A version or time that is invalid is shown. */
function unreadFields(crl: Crl): ReadonlyMap<string, string> {
  const { source, entries, form } = crl;
  const unread = new Map<string, string>();
  const truncated = "the file is truncated";
  for (const field of shownFields) {
    const why =
      crl.unread.get(field) ?? (field === "revokedCertificates" && entries.broken ? unreadEntries : undefined);
    const value = crl[field];
    const isCut = value !== undefined && value.end === source.truncatedAt;
    const isShown = value !== undefined && (field === "version" || field.endsWith("Update"));
    if (why !== undefined && !isShown) unread.set(field, isCut ? truncated : why);
  }
  // The length of the whole can be wrong although all fields were read.
  if (source.truncatedAt !== undefined && unread.size === 0) {
    unread.set(form === "tbs" ? "tbsCertList" : "CertificateList", truncated);
  }
  return unread;
}

function bitsText(bits: Span | undefined): string {
  return bits === undefined ? "(unreadable)" : `${bits.end - bits.start} bytes`;
}

function summarizeExtension(bytes: Uint8Array, extension: Extension, describe: DescribeValue): SummaryExtension {
  const { oid = "(unreadable)", critical, start, end, value } = extension;
  const encoded = value && contents(bytes, value);
  const raw = encoded === undefined ? "(no value)" : shortHex(encoded);
  return {
    oid,
    name: extensionName(oid),
    critical,
    offset: start,
    length: end - start,
    value: (encoded && describe(oid, encoded)) ?? raw,
  };
}

function summarizeEntries({ entries, revokedCertificates }: Crl): NonNullable<CrlSummary["entries"]> {
  const years = new Map<number, number>();
  entries.visit(({ date }) => {
    const year = Number.isNaN(date) ? Number.NaN : new Date(date * 1000).getUTCFullYear();
    years.set(year, (years.get(year) ?? 0) + 1);
  });
  const { earliest, latest } = entries;
  return {
    count: entries.count,
    ...(revokedCertificates && {
      offset: revokedCertificates.start,
      length: revokedCertificates.end - revokedCertificates.start,
    }),
    ...(Number.isFinite(earliest) ? { earliest: isoTime(earliest), latest: isoTime(latest) } : {}),
    byReason: Object.fromEntries(
      [...entries.reasons]
        .sort(([a], [b]) => a - b)
        .map(([reason, { count }]) => [reason === noReason ? "(no reasonCode)" : reasonName(reason), count]),
    ),
    byYear: Object.fromEntries(
      [...years]
        .sort(([a], [b]) => a - b)
        .map(([year, count]) => [Number.isNaN(year) ? "(unreadable)" : String(year), count]),
    ),
    extensions: Object.fromEntries([...entries.extensions].map(([oid, { count }]) => [extensionName(oid), count])),
  };
}

function reasonName(reason: number): string {
  return reason < 0 ? "(unreadable)" : reasonLabel(reason);
}

/** Formats a summary as text for a terminal. */
export function summaryText(name: string, summary: CrlSummary): string {
  const lines = [`${name}: ${summary.form === "tbs" ? "TBSCertList" : "CertificateList"}, ${summary.bytes} bytes`, ""];
  const { entries, extensions, unread = {} } = summary;
  const cut = (label: string): string => {
    return unread[label] === undefined ? "" : `; not read in full: ${unread[label]}`;
  };
  const row = (label: string, field: SummaryField | undefined): void => {
    if (field !== undefined) lines.push(line(label, `@${field.offset}`, `${field.value}${cut(label)}`));
    else if (unread[label] !== undefined) lines.push(line(label, "", `not read: ${unread[label]}`));
  };
  row("version", summary.version);
  row("signature", summary.signature);
  row("issuer", summary.issuer);
  row("thisUpdate", summary.thisUpdate);
  row("nextUpdate", summary.nextUpdate);
  if (entries === undefined) row("revokedCertificates", undefined);
  else lines.push(...entriesText(entries, cut("revokedCertificates")));
  if (extensions === undefined) row("crlExtensions", undefined);
  else lines.push(`  crlExtensions: ${extensions.length}${cut("crlExtensions")}`);
  for (const { name: label, oid, critical, offset, value } of extensions ?? []) {
    const title = label === oid ? oid : `${label} (${oid})`;
    lines.push(`    @${String(offset).padEnd(7)} ${title}${critical ? ", critical" : ""}: ${value}`);
  }
  row("signatureAlgorithm", summary.signatureAlgorithm);
  row("signatureValue", summary.signatureValue);
  for (const label of ["CertificateList", "tbsCertList"]) row(label, undefined);
  if (summary.faults > 0)
    lines.push("", `  ${countOf(summary.faults, "error")} in the encoding; to list: crllint ${name}`);
  return `${lines.join("\n")}\n`;
}

function line(label: string, place: string, value: string): string {
  return `  ${label.padEnd(20)} ${place.padEnd(8)} ${value}`;
}

function entriesText(entries: NonNullable<CrlSummary["entries"]>, cut: string): readonly string[] {
  const place = entries.offset === undefined ? "" : `@${entries.offset}`;
  const span = entries.earliest === undefined ? "" : `, revoked ${entries.earliest} to ${entries.latest ?? ""}`;
  const lines = [line("revokedCertificates", place, `${formatCount(entries.count)} entries${span}${cut}`)];
  for (const [title, counts] of [
    ["by reason", entries.byReason],
    ["by year", entries.byYear],
    ["entry extensions", entries.extensions],
  ] as const) {
    const parts = Object.entries(counts).map(([key, count]) => `${key} ${formatCount(count)}`);
    if (parts.length > 0) lines.push(`    ${title}: ${parts.slice(0, 60).join(", ")}`);
  }
  return lines;
}
