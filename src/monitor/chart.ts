import { isoTime } from "../der/time.ts";
import { formatCount } from "../rule/format-count.ts";
import { type Markup, markup } from "../report/markup.ts";

/** A value at a time, in seconds since 1970. */
export type Point = readonly [at: number, value: number];

/** Size of the image, in its units. */
const width = 400;
const height = 110;
const margin = { left: 4, right: 4, top: 22, bottom: 22 };

/** Maximum number of points that are drawn. More would not be visible. */
const maximumPoints = 400;

/**
 * Draws values over time as steps: each value holds until the next one.
 *
 * @param title name of the values
 * @param end last time that is shown
 */
export function drawChart(title: string, points: readonly Point[], end: number): Markup {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return markup`<p class="dim">${title}: no values</p>\n`;
  const values = points.map(([, value]) => value);
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  const length = Math.max(1, end - first[0]);
  const x = (at: number): number =>
    round(margin.left + ((at - first[0]) / length) * (width - margin.left - margin.right));
  const y = (value: number): number => {
    const part = most === least ? 0.5 : (value - least) / (most - least);
    return round(height - margin.bottom - part * (height - margin.top - margin.bottom));
  };
  const drawn = thin(points).map(([at, value]) => `H${x(at)}V${y(value)}`);
  const path = `M${x(first[0])} ${y(first[1])}${drawn.join("")}H${x(end)}`;
  const range = least === most ? formatCount(most) : `${formatCount(least)} to ${formatCount(most)}`;
  const label = `${title}: ${range}, last ${formatCount(last[1])}, from ${isoTime(first[0])} to ${isoTime(end)}`;
  return markup`<figure class="chart"><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
<text class="head" x="${margin.left}" y="14">${title}</text>
<text class="small" x="${width - margin.right}" y="14" text-anchor="end">${range}; last ${formatCount(last[1])}</text>
<g class="line"><path d="${path}"/></g>
<text class="small" x="${margin.left}" y="${height - 6}">${day(first[0])}</text>
<text class="small" x="${width - margin.right}" y="${height - 6}" text-anchor="end">${day(end)}</text>
</svg></figure>
`;
}

/** Returns every nth point, and the last one. */
function thin(points: readonly Point[]): readonly Point[] {
  const step = Math.ceil(points.length / maximumPoints);
  return points.filter((_, i) => i % step === 0 || i === points.length - 1);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function day(seconds: number): string {
  return isoTime(seconds).slice(0, 10);
}
