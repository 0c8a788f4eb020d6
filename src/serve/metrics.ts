import { version } from "../version.ts";
import type { RunVerdict } from "../rule/report.ts";

/** The current value of a gauge, by its name without `crllint_`. */
export type Gauges = Readonly<Record<string, { readonly help: string; readonly value: number }>>;

/** A request that was answered. It contains no text of the request: clients must not be able to choose labels. */
export interface Answered {
  /** Path of the route, or `other`. */
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly seconds: number;
  readonly verdict?: RunVerdict | undefined;
  /** Size in bytes of the request body; `sent` is that of the response body. */
  readonly received: number;
  readonly sent: number;
}

/** Upper bounds of the histogram buckets, in seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Media type of the metrics. */
export const metricsType = "text/plain; version=0.0.4; charset=utf-8";

interface Histogram {
  readonly counts: number[];
  sum: number;
}

/** Counts requests and verdicts for Prometheus (text format 0.0.4). */
export class Metrics {
  readonly #requests = new Map<string, number>();
  readonly #verdicts = new Map<RunVerdict, number>([
    ["pass", 0],
    ["fail", 0],
    ["undecided", 0],
  ]);
  readonly #durations = new Map<string, Histogram>();
  #received = 0;
  #sent = 0;

  /** Counts a request. */
  add({ route, method, status, seconds, verdict, received, sent }: Answered): void {
    const labels = `route="${route}",method="${method}",status="${status}"`;
    this.#requests.set(labels, (this.#requests.get(labels) ?? 0) + 1);
    if (verdict !== undefined) this.#verdicts.set(verdict, (this.#verdicts.get(verdict) ?? 0) + 1);
    let histogram = this.#durations.get(route);
    if (histogram === undefined) {
      histogram = { counts: Array.from({ length: bounds.length + 1 }, () => 0), sum: 0 };
      this.#durations.set(route, histogram);
    }
    const bucket = bounds.findIndex((bound) => seconds <= bound);
    const index = bucket === -1 ? bounds.length : bucket;
    histogram.counts[index] = (histogram.counts[index] ?? 0) + 1;
    histogram.sum += seconds;
    this.#received += received;
    this.#sent += sent;
  }

  /** Returns all counts and gauges as text. */
  text(gauges: Gauges): string {
    return [
      ...family("build_info", "gauge", "Version of crllint", [`{version="${version}"} 1`]),
      ...family(
        "requests_total",
        "counter",
        "Requests answered",
        rows(this.#requests, (labels) => labels),
      ),
      ...family(
        "verdicts_total",
        "counter",
        "CRLs linted",
        rows(this.#verdicts, (verdict) => `verdict="${verdict}"`),
      ),
      ...family("request_duration_seconds", "histogram", "Time from the header to the answer", this.#buckets()),
      ...family("received_bytes_total", "counter", "Bytes of request bodies received", [` ${this.#received}`]),
      ...family("sent_bytes_total", "counter", "Bytes of response bodies sent", [` ${this.#sent}`]),
      ...Object.entries(gauges).flatMap(([name, { help, value }]) => family(name, "gauge", help, [` ${value}`])),
    ].join("");
  }

  #buckets(): readonly string[] {
    return [...this.#durations].flatMap(([route, { counts, sum }]) => {
      let total = 0;
      const buckets = counts.map((count, i) => {
        total += count;
        return `_bucket{route="${route}",le="${bounds[i] ?? "+Inf"}"} ${total}`;
      });
      return [...buckets, `_sum{route="${route}"} ${sum}`, `_count{route="${route}"} ${total}`];
    });
  }
}

function rows<K>(counts: ReadonlyMap<K, number>, labelsOf: (key: K) => string): readonly string[] {
  return [...counts].map(([key, count]) => `{${labelsOf(key)}} ${count}`);
}

function family(name: string, type: string, help: string, samples: readonly string[]): readonly string[] {
  const full = `crllint_${name}`;
  return [`# HELP ${full} ${help}\n# TYPE ${full} ${type}\n`, ...samples.map((sample) => `${full}${sample}\n`)];
}
