import type { ComparedRdn, ComparedRow, HexExcerpt, NameComparison } from "../rule/report.ts";
import { countOf } from "../rule/format-count.ts";
import { formatRange } from "./human.ts";
import { type Markup, markup, none } from "./markup.ts";
import { escapeLine } from "./escape-line.ts";
import { displayWidth } from "./text.ts";

/** Sizes in units of the drawing; one unit is about one pixel. */
const box = { width: 300, left: 1, right: 459, padding: 10, line: 18, gap: 14 } as const;
const width = 760;
const top = 26;

/** Width of a box in columns of a monospaced font of 13 units. */
const columns = 34;

/** Maximum number of lines of a value in a box; the tooltip shows the rest. */
const maximumLines = 6;

/** Maximum number of attributes of an RDN in a box. */
const maximumAttributes = 6;

/**
 * Draws both Names as boxes, one per RDN, in encoded order, and the bytes around the first difference. A line joins two
 * RDNs with the same bytes. The tooltip of an RDN or a byte shows its position and contents.
 */
export function drawComparison(names: NameComparison): Markup {
  const more = names.omitted === 0 ? none : markup`<p class="dim">${countOf(names.omitted, "more row")} not shown</p>`;
  return markup`<figure><figcaption>The RDNs of both names, in encoded order</figcaption>
<div class="scroll" tabindex="0">${drawPicture(names)}</div>${more}
<div class="scroll" tabindex="0">${drawBytes(names)}</div></figure>
`;
}

interface PlacedRow {
  readonly row: ComparedRow;
  readonly y: number;
  readonly height: number;
}

function drawPicture({ rdns, summary }: NameComparison): Markup {
  let y = top;
  const rows = rdns.map((row): PlacedRow => {
    const height = Math.max(heightOf(row.crl), heightOf(row.ca));
    const placed = { row, y, height };
    y += height + box.gap;
    return placed;
  });
  const centers = new Map(rows.flatMap(({ row, y, height }) => (row.ca ? [[row.ca.index, y + height / 2]] : [])));
  const label = `Picture of both names: ${summary}`;
  return markup`<svg viewBox="0 0 ${width} ${y}" role="img" aria-label="${label}">
<text class="head" x="${box.left}" y="15">CRL issuer</text><text class="head" x="${box.right}" y="15">CA subject</text>
${rows.map((placed) => drawLink(placed, centers))}${rows.map(drawBoxes)}</svg>`;
}

/** Draws the line from an RDN of the CRL to the same bytes, or the corresponding RDN, in the CA's subject. */
function drawLink({ row, y, height }: PlacedRow, centers: ReadonlyMap<number, number>): Markup {
  const { mark, crl, ca, foundAt = ca?.index } = row;
  const to = foundAt === undefined || crl === undefined ? undefined : centers.get(foundAt);
  const kind = kindOf(mark);
  if (to === undefined || kind === "lost") return none;
  const from = y + height / 2;
  const [start, end] = [box.left + box.width, box.right];
  const bend = (end - start) / 2;
  const path = `M${start} ${from} C${start + bend} ${from} ${end - bend} ${to} ${end} ${to}`;
  // The word is below a line that bends up, and above any other line, so they do not cross.
  return markup`<g class="${kind}"><path d="${path}"/>${drawMark(wordsFor(mark), start + 6, to < from ? from + 16 : from - 6)}</g>
`;
}

function drawMark(text: string, x: number, y: number): Markup {
  return markup`<text class="mark" x="${x}" y="${y}">${text}</text>`;
}

function kindOf(mark: ComparedRow["mark"]): "same" | "moved" | "changed" | "lost" {
  if (mark === "=") return "same";
  if (mark.startsWith("#") || mark === "moved") return "moved";
  return ["none", "missing", "repeated"].includes(mark) ? "lost" : "changed";
}

/** Returns the words for a mark at the start of a line. */
function wordsFor(mark: ComparedRow["mark"]): string {
  if (mark === "=") return "same";
  if (mark.startsWith("#")) return `at ${mark}`;
  return ["moved", "merged", "split"].includes(mark) ? mark : `different ${mark}`;
}

function drawBoxes({ row, y, height }: PlacedRow): Markup {
  const { crl, ca, mark } = row;
  const isLost = kindOf(mark) === "lost";
  const side = isLost ? "lost" : "rdn";
  return markup`${crl === undefined ? none : drawBox(crl, "CRL issuer", box.left, y, height, side)}${
    ca === undefined ? none : drawBox(ca, "CA subject", box.right, y, height, crl === undefined ? side : "rdn")
  }${isLost && crl !== undefined ? markup`<g class="lost">${drawMark(mark, box.left + box.width + 6, y + height / 2 + 4)}</g>` : none}${
    isLost && crl === undefined
      ? markup`<g class="lost">${drawMark(mark, box.right - 62, y + height / 2 + 4)}</g>`
      : none
  }
`;
}

function drawBox(rdn: ComparedRdn, name: string, x: number, y: number, height: number, kind: string): Markup {
  const lines = linesOf(rdn).map(({ text, isHead }, i) => {
    const at = y + box.padding + (i + 0.7) * box.line;
    return markup`<text${isHead ? markup` class="small"` : none} x="${x + box.padding}" y="${Math.round(at)}">${text}</text>`;
  });
  return markup`<g class="${kind}"><title>${tooltip(rdn, name)}</title><rect x="${x}" y="${y}" width="${box.width}" height="${height}" rx="5"/>${lines}</g>`;
}

function heightOf(rdn: ComparedRdn | undefined): number {
  return rdn === undefined ? 0 : linesOf(rdn).length * box.line + 2 * box.padding - 4;
}

interface BoxLine {
  readonly text: string;
  readonly isHead: boolean;
}

function linesOf({ index, attributes }: ComparedRdn): readonly BoxLine[] {
  const lines = attributes.slice(0, maximumAttributes).flatMap(({ type, string, text, undecoded }, i): BoxLine[] => {
    const head = `${i === 0 ? `#${index + 1}` : " +"}  ${type}  ${string}`;
    const value = undecoded === true ? text : `"${text}"`;
    return [{ text: head, isHead: true }, ...fold(escapeLine(value)).map((line) => ({ text: line, isHead: false }))];
  });
  if (attributes.length === 0) lines.push({ text: `#${index + 1}  (empty)`, isHead: true });
  if (attributes.length > maximumAttributes) lines.push({ text: "and more", isHead: true });
  return lines;
}

/** Splits text into lines as wide as a box. If there are too many, returns the first ones and the last one. */
function fold(text: string): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const character of text) {
    const wide = displayWidth(character);
    if (used + wide > columns) {
      lines.push(line);
      line = "";
      used = 0;
    }
    line += character;
    used += wide;
  }
  lines.push(line);
  return lines.length <= maximumLines ? lines : [...lines.slice(0, maximumLines - 2), "[...]", ...lines.slice(-1)];
}

function tooltip({ index, offset, length, hex, attributes }: ComparedRdn, name: string): Markup {
  const lines = [
    `RDN ${index + 1} of the ${name}: ${formatRange(offset, offset + length)}`,
    ...attributes.map(({ type, oid, string, text }) => `${type} (${oid}) ${string}: ${text}`),
    ...spaced(hex),
    ...(hex.length < length * 2 ? [`... (${length} bytes in total)`] : []),
  ];
  return { markup: lines.map((line) => markup`${line}`.markup).join("\n") };
}

/** Returns bytes with spaces between them, 16 per line. */
function spaced(hex: string): readonly string[] {
  return (hex.match(/.{1,32}/gu) ?? []).map((line) => (line.match(/../gu) ?? []).join(" "));
}

/** Draws the bytes of both sides in two rows, and highlights the first pair that differs. */
function drawBytes({ excerpt, firstDifferingByte }: NameComparison): Markup {
  const first = firstDifferingByte - excerpt.differsAt;
  const drawRow = ({ path, offset, hex }: HexExcerpt): Markup => {
    const cells = (hex.match(/../gu) ?? []).map((byte, i) => {
      const title = `byte ${first + i} of the Name, at ${formatRange(offset + i, offset + i)}: ${describeByte(byte)}`;
      const differs = i === excerpt.differsAt ? markup` class="differs"` : none;
      return markup`<td${differs} title="${title}">${byte}</td>`;
    });
    return markup`<tr><th scope="row">${path} 0x${offset.toString(16).padStart(4, "0")}</th>${cells}</tr>`;
  };
  return markup`<table class="bytes"><caption class="dim">First difference: byte ${firstDifferingByte} of the Name</caption>
${drawRow(excerpt.crl)}
${drawRow(excerpt.ca)}</table>`;
}

function describeByte(byte: string): string {
  const value = Number.parseInt(byte, 16);
  return value > 0x20 && value < 0x7f ? `0x${byte}, '${String.fromCharCode(value)}'` : `0x${byte}`;
}
