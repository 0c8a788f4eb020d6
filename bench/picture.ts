import type { Measured } from "./results.ts";

const size = { width: 760, height: 420, left: 64, right: 110, top: 24, bottom: 48 } as const;

/** Colors that are visible on a light and on a dark background. */
const colors = ["#2f81f7", "#d1622b", "#8957e5", "#3fa45b", "#c4a000", "#c2408f"];

/** Draws wall time by number of entries as SVG, with a line for each program that read all sizes. */
export function drawGrowth(growth: readonly Measured[]): string {
  const most = Math.max(1, ...growth.map(({ count }) => count));
  const lines = [...linesOf(growth)].filter(([, points]) => points.length === growth.length);
  const slowest = Math.max(0.1, ...lines.flatMap(([, points]) => points.map(({ wall }) => wall)));
  const x = (count: number): number => size.left + (count / most) * (size.width - size.left - size.right);
  const y = (wall: number): number =>
    size.height - size.bottom - (wall / slowest) * (size.height - size.top - size.bottom);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img">`,
    "<title>Wall time by the number of entries</title>",
    "<style>",
    "text { font: 13px sans-serif; fill: #57606a } .grid { stroke: #8c959f; stroke-opacity: 0.35 }",
    "@media (prefers-color-scheme: dark) { text { fill: #adbac7 } }",
    "polyline { fill: none; stroke-width: 2 }",
    "</style>",
    ...steps(slowest).map((wall) => gridLine(wall, y(wall))),
    ...steps(most).map((count) => label(x(count), size.height - size.bottom + 20, "middle", countText(count))),
    label((size.left + size.width - size.right) / 2, size.height - 6, "middle", "entries"),
    label(size.left - 8, size.top - 8, "end", "seconds"),
    ...lines.flatMap(([program, points], i) => {
      const color = colors[i % colors.length] ?? "";
      const last = points.at(-1) ?? { count: 0, wall: 0 };
      const path = points.map(({ count, wall }) => `${x(count).toFixed(1)},${y(wall).toFixed(1)}`).join(" ");
      return [
        `<polyline points="${path}" stroke="${color}"/>`,
        label(x(last.count) + 8, y(last.wall) + 4, "start", `${program} ${last.wall.toFixed(2)} s`),
      ];
    }),
    "</svg>",
  ].join("\n")}\n`;
}

function linesOf(growth: readonly Measured[]): ReadonlyMap<string, readonly { count: number; wall: number }[]> {
  const lines = new Map<string, { count: number; wall: number }[]>();
  for (const { count, rows } of growth) {
    for (const { program, wall } of rows) lines.set(program, [...(lines.get(program) ?? []), { count, wall }]);
  }
  return lines;
}

/** Returns about five round numbers from 0 to a maximum. */
function steps(most: number): readonly number[] {
  const rough = most / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
}

function gridLine(wall: number, y: number): string {
  const line = `<line class="grid" x1="${size.left}" x2="${size.width - size.right}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}"/>`;
  return line + label(size.left - 8, y + 4, "end", String(Number(wall.toFixed(3))));
}

function countText(count: number): string {
  if (count === 0) return "0";
  return count >= 1_000_000 ? `${count / 1_000_000} million` : count.toLocaleString("en-US");
}

function label(x: number, y: number, anchor: string, text: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${text}</text>`;
}
