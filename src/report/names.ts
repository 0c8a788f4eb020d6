import type { ComparedAttribute, ComparedRdn, ComparedRow, HexExcerpt, NameComparison } from "../rule/report.ts";
import { countOf } from "../rule/format-count.ts";
import type { Style } from "./style.ts";
import { displayWidth, foldLines, padTo, wrap } from "./text.ts";

/** Names of the two sides of a comparison: full in the head of the table, short at the start of stacked rows. */
export interface SideLabels {
  readonly left: string;
  readonly right: string;
  readonly shortLeft: string;
  readonly shortRight: string;
}

const issuerAndSubject: SideLabels = {
  left: "CRL issuer",
  right: "CA subject",
  shortLeft: "CRL",
  shortRight: "CA",
};

/** Space between columns. */
const gap = "  ";

/**
 * Draws two Names RDN by RDN in encoded order, and the bytes around the first difference. The RDNs are a table if it
 * fits; otherwise the two sides of each row are stacked. Values are never cut, because the difference may be at the
 * end.
 *
 * @param width available columns
 * @returns lines without gutter
 */
export function drawNames(names: NameComparison, width: number, style: Style, labels = issuerAndSubject): string[] {
  const rows = layoutRows(names.rdns);
  const lines = drawTable(rows, width, style, labels) ?? drawStacked(rows, width, style, labels);
  if (names.omitted > 0) lines.push(`... and ${countOf(names.omitted, "more row")}`);
  return [...lines, "", ...drawBytes(names, width, style, labels)];
}

interface Row {
  readonly number: string;
  readonly left: string;
  readonly mark: string;
  readonly right: string;
}

function layoutRows(rdns: readonly ComparedRow[]): readonly Row[] {
  // If the RDNs of both Names are at the same positions, one number per row is sufficient.
  const isAligned = rdns.every((row, i) => row.crl?.index === i && row.ca?.index === i);
  const leftTypes = widestType(rdns.map((row) => row.crl));
  const rightTypes = widestType(rdns.map((row) => row.ca));
  return rdns.map(({ mark, crl, ca }) => {
    const right = ca === undefined ? "" : describe(ca, rightTypes);
    return {
      number: crl === undefined ? "" : String(crl.index + 1),
      left: crl === undefined ? "" : describe(crl, leftTypes),
      mark,
      right: ca === undefined || isAligned ? right : `${ca.index + 1}  ${right}`,
    };
  });
}

/** Maximum number of attributes of one RDN that are drawn; JSON has more. */
const maximumAttributes = 8;

/** Returns the width in columns of the longest attribute type among RDNs with one attribute. */
function widestType(rdns: readonly (ComparedRdn | undefined)[]): number {
  return Math.max(0, ...rdns.map((rdn) => (rdn?.attributes.length === 1 ? (rdn.attributes[0]?.type.length ?? 0) : 0)));
}

/** Returns an RDN and its offset: `CN UTF8 "Example CA" @28`. */
function describe(rdn: ComparedRdn, typeWidth: number): string {
  const [only] = rdn.attributes;
  const isOne = rdn.attributes.length === 1;
  if (only === undefined) return `(empty) @${rdn.offset}`;
  const shown = rdn.attributes
    .slice(0, maximumAttributes)
    .map((attribute) => describeAttribute(attribute, isOne ? typeWidth : 0));
  if (rdn.attributes.length > maximumAttributes) shown.push("more");
  return `${shown.join(" + ")} @${rdn.offset}`;
}

function describeAttribute({ type, string, text, undecoded }: ComparedAttribute, typeWidth: number): string {
  const value = undecoded === true ? text : `"${text}"`;
  return `${padTo(type, typeWidth)} ${string.replace(/String$/u, "")} ${value}`;
}

function drawTable(rows: readonly Row[], width: number, style: Style, labels: SideLabels): string[] | undefined {
  const head: Row = { number: "#", left: labels.left, mark: `in ${labels.shortRight}`, right: labels.right };
  const all = [head, ...rows];
  const number = widest(all, "number");
  const left = widest(all, "left");
  const mark = widest(all, "mark");
  if (number + left + mark + widest(all, "right") + 3 * gap.length > width) return undefined;
  return all.map((row) => {
    const cells = [row.number.padEnd(number), padTo(row.left, left)];
    if (row === head) return style.dim([...cells, padTo(row.mark, mark), row.right].join(gap));
    const relation = paint(row.mark, style);
    if (row.right === "") return [...cells, relation].join(gap);
    return [...cells, relation + " ".repeat(mark - row.mark.length), row.right].join(gap);
  });
}

function widest(rows: readonly Row[], column: keyof Row): number {
  return Math.max(...rows.map((row) => displayWidth(row[column])));
}

function drawStacked(rows: readonly Row[], width: number, style: Style, labels: SideLabels): string[] {
  const number = widest(rows, "number");
  const side = Math.max(labels.shortLeft.length, labels.shortRight.length);
  const lines = rows.flatMap((row) => {
    const first = row.number.padEnd(number);
    const mark = paint(row.mark === "=" ? `same in ${labels.shortRight}` : row.mark, style, row.mark);
    const relation = row.left === "" || row.mark === "=" ? `(${mark})` : `(in ${labels.shortRight}: ${mark})`;
    const left = `${labels.shortLeft.padEnd(side)} ${row.left}${gap}${relation}`;
    const right = `${labels.shortRight.padEnd(side)} ${row.right}`;
    if (row.left === "") return [`${first}${gap}${right}${gap}${relation}`];
    return [`${first}${gap}${left}`, ...(row.right === "" ? [] : [`${" ".repeat(number)}${gap}${right}`])];
  });
  return foldLines(lines.join("\n"), width).split("\n");
}

function paint(text: string, style: Style, mark = text): string {
  return mark === "=" ? style.green(text) : style.red(text);
}

/** Maximum and minimum number of bytes in a row. */
const bytesInRow = { most: 16, least: 4 } as const;

/** Draws the bytes of both sides in two rows, as many as fit, and carets under the first pair that differs. */
function drawBytes(names: NameComparison, width: number, style: Style, labels: SideLabels): string[] {
  const { crl, ca, differsAt } = names.excerpt;
  const digits = Math.max(4, ...[crl, ca].map(({ offset }) => offset.toString(16).length));
  const before = "0x".length + digits + gap.length;
  const after = gap.length + Math.max(labels.shortLeft.length, labels.shortRight.length);
  const fitting = Math.floor((width - before - after + 1) / 3);
  const shown = Math.max(bytesInRow.least, Math.min(bytesInRow.most, fitting));
  const from = Math.max(0, differsAt - shown + 1);
  const draw = ({ offset, hex, path }: HexExcerpt, short: string): string => {
    const bytes = (hex.match(/../gu) ?? []).slice(from, from + shown).join(" ");
    const start = (offset + from).toString(16).padStart(digits, "0");
    const line = padTo(`0x${start}${gap}${bytes}`, before + shown * 3 - 1) + gap;
    return line + (line.length + path.length > width ? short : path);
  };
  const carets = " ".repeat(before + (differsAt - from) * 3) + style.red("^^");
  const words = `first difference, byte ${names.firstDifferingByte} of the Name`;
  const isWide = displayWidth(carets) + 1 + words.length <= width;
  return [
    draw(crl, labels.shortLeft),
    draw(ca, labels.shortRight),
    ...(isWide ? [`${carets} ${words}`] : [carets, ...wrap(words, width)]),
  ];
}
