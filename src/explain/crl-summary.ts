import { countOf, formatCount } from "../rule/format-count.ts";
import { algorithmName } from "../algorithm/signature-algorithm.ts";
import type { AlgorithmIdentifier, Crl } from "../crl/crl.ts";
import { noReason } from "../crl/entry-reader.ts";
import { reasonLabel } from "../crl/reason.ts";
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

/** The contents of a CRL, for people and for machines. */
export interface CrlSummary {
  readonly form: "crl" | "tbs";
  readonly bytes: number;
  readonly version?: SummaryField;
  readonly signature?: SummaryField;
  readonly issuer?: SummaryField;
  readonly thisUpdate?: SummaryField;
  readonly nextUpdate?: SummaryField;
  readonly entries: {
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
  readonly extensions: readonly SummaryExtension[];
  readonly signatureAlgorithm?: SummaryField;
  readonly signatureValue?: SummaryField;
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
  const { version, signature, issuer, thisUpdate, nextUpdate, signatureAlgorithm, signatureValue } = crl;
  return {
    form: crl.form,
    bytes: bytes.length,
    ...(version && { version: at(version, `v${(version.value ?? Number.NaN) + 1}`) }),
    ...(signature && { signature: at(signature, algorithm(signature)) }),
    ...(issuer && { issuer: at(issuer, formatEncoded(issuer, bytes)) }),
    ...(thisUpdate && { thisUpdate: at(thisUpdate, time(thisUpdate)) }),
    ...(nextUpdate && { nextUpdate: at(nextUpdate, time(nextUpdate)) }),
    entries: summarizeEntries(crl),
    extensions: (crl.crlExtensions?.list ?? []).slice(0, 1000).map((item) => summarizeExtension(bytes, item, describe)),
    ...(signatureAlgorithm && { signatureAlgorithm: at(signatureAlgorithm, algorithm(signatureAlgorithm)) }),
    ...(signatureValue && { signatureValue: at(signatureValue, bitsText(signatureValue.bits)) }),
    faults: crl.source.faults.count,
  };
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

function summarizeEntries({ entries, revokedCertificates }: Crl): CrlSummary["entries"] {
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
  const row = (label: string, field: SummaryField | undefined): void => {
    if (field !== undefined) lines.push(`  ${label.padEnd(20)} @${String(field.offset).padEnd(7)} ${field.value}`);
  };
  row("version", summary.version);
  row("signature", summary.signature);
  row("issuer", summary.issuer);
  row("thisUpdate", summary.thisUpdate);
  row("nextUpdate", summary.nextUpdate);
  const { entries } = summary;
  const place = entries.offset === undefined ? "".padEnd(8) : `@${String(entries.offset).padEnd(7)}`;
  const span = entries.earliest === undefined ? "" : `, revoked ${entries.earliest} to ${entries.latest ?? ""}`;
  lines.push(`  ${"revokedCertificates".padEnd(20)} ${place} ${formatCount(entries.count)} entries${span}`);
  for (const [title, counts] of [
    ["by reason", entries.byReason],
    ["by year", entries.byYear],
    ["entry extensions", entries.extensions],
  ] as const) {
    const parts = Object.entries(counts).map(([key, count]) => `${key} ${formatCount(count)}`);
    if (parts.length > 0) lines.push(`    ${title}: ${parts.slice(0, 60).join(", ")}`);
  }
  lines.push(`  crlExtensions: ${summary.extensions.length}`);
  for (const { name: label, oid, critical, offset, value } of summary.extensions) {
    const title = label === oid ? oid : `${label} (${oid})`;
    lines.push(`    @${String(offset).padEnd(7)} ${title}${critical ? ", critical" : ""}: ${value}`);
  }
  row("signatureAlgorithm", summary.signatureAlgorithm);
  row("signatureValue", summary.signatureValue);
  if (summary.faults > 0)
    lines.push("", `  ${countOf(summary.faults, "error")} in the encoding; to list: crllint ${name}`);
  return `${lines.join("\n")}\n`;
}
