import { describe, expect, test } from "vitest";
import type { Run } from "../../src/index.ts";
import { loadRenderer } from "../../src/report/formats.ts";
import { type Format, formats } from "../../src/report/index.ts";
import { clean } from "./cases.ts";
import { mixed, noticed, texts } from "./mixed.ts";

/** Runs of many CRLs; every second one has a finding. */
function* manyRuns(count: number): Iterable<Run> {
  const runs = [...clean().runs, ...noticed().runs];
  for (let i = 0; i < count; i += 1) {
    const run = runs[i % runs.length] as Run;
    const crl = `${i}.crl`;
    const findings = run.findings.map((finding) => ({ ...finding, location: { ...finding.location, file: crl } }));
    yield { ...run, crl, findings };
  }
}

/** Renders many runs; returns the output during the runs, and after them. */
async function write(format: Format, count = 1200): Promise<{ readonly during: string; readonly after: string }> {
  const renderer = (await loadRenderer(format))(mixed(), { rules: texts });
  let during = [...renderer.start()].join("");
  for (const run of manyRuns(count)) during += [...renderer.run(run)].join("");
  return { during, after: [...renderer.end()].join("") };
}

/** Formats that start with data about all inputs, which is known only at the end. */
const late: ReadonlySet<Format> = new Set(["sarif", "sarif-github", "markdown"]);

test.each(formats.filter((format) => !late.has(format)))("%s: every run is written immediately", async (format) => {
  const { during, after } = await write(format);
  for (const i of [1, 599, 1199]) expect(during).toContain(`${i}.crl`);
  // The overview of the html report is written last; the json report ends with the kinds of CRL.
  expect(after.length).toBeLessThan({ html: 160_000, json: 2000 }[format as string] ?? 500);
});

describe.each(["sarif", "sarif-github"] as const)("%s", (format) => {
  test("writes results immediately, and equal notifications for all inputs once", async () => {
    const { during, after } = await write(format);
    for (const i of [1, 599, 1199]) expect(during).toContain(`"uri": "${i}.crl"`);
    const { runs } = JSON.parse(during + after) as {
      runs: {
        results: unknown[];
        artifacts: unknown[];
        properties: { inputs: unknown[] };
        invocations: { toolExecutionNotifications: { message: { text: string }; locations: unknown[] }[] }[];
      }[];
    };
    const [run] = runs;
    expect([run?.results, run?.artifacts, run?.properties.inputs].map((list) => list?.length)).toEqual([
      600, 1200, 1200,
    ]);
    const [notification, ...others] = run?.invocations[0]?.toolExecutionNotifications ?? [];
    expect(others).toEqual([]);
    expect(notification?.message.text).toMatch(
      /^test\/skipped was skipped: .*\. The same applies to 580 more inputs\.$/u,
    );
    expect(notification?.locations).toHaveLength(20);
  });
});

test("markdown: fits a job summary, and shows the number of omitted inputs", async () => {
  const { during, after } = await write("markdown", 3000);
  expect(during).toBe("");
  expect(after.length).toBeLessThan(2 ** 20);
  expect(after).toMatch(/^## crllint: pass: 3,000 CRLs; 1,500 notices\n/u);
  expect(after).toContain("\n... and 1,000 more inputs with findings\n");
  expect(after).toContain("\n... and 1,000 more inputs without findings\n");
  expect(after).toMatch(/\n\.\.\. and [\d,]+ more inputs whose findings are not shown\n$/u);
  expect(after.match(/^\| <code>/gmu)).toHaveLength(1000 + (after.match(/^\| <code>test\/skipped/gmu)?.length ?? 0));
});
