import { readdirSync, readFileSync, statSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixtureFiles } from "../scripts/fixtures.ts";
import { filesOf, type Incident, type Trial } from "../fixtures/build/incident.ts";
import { incidents, reports } from "../fixtures/build/index.ts";
import { incidentsPage } from "../fixtures/build/pages.ts";
import { commandOf, exitCodeOf, runOf, tripped } from "../fixtures/build/replay.ts";
import type { Report } from "../src/index.ts";
import { CrlServer } from "./cli/crl-server.ts";
import { crllint, Workbench } from "./cli/workbench.ts";

const root = new URL("../fixtures/incidents/", import.meta.url);

test("fixtures/ is the output of `npm run fixtures`, byte for byte", () => {
  const made = fixtureFiles();
  const present = readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => statSync(new URL(name, root)).isFile());
  expect(present.sort()).toEqual([...made.keys()].sort());
  for (const [name, content] of made) {
    expect(Buffer.compare(readFileSync(new URL(name, root)), content), name).toBe(0);
  }
});

test("docs/incidents.md is the output of `npm run fixtures`", () => {
  expect(readFileSync(new URL("../docs/incidents.md", import.meta.url), "utf8")).toBe(incidentsPage());
});

test("every report is listed once, and every CRL with findings has a valid counterpart", () => {
  expect(new Set(reports.map(({ id }) => id)).size).toBe(reports.length);
  expect(incidents.filter(({ trials }) => trials.every(({ expected }) => expected.length > 0))).toEqual([]);
});

const cases = incidents.flatMap((incident) =>
  incident.trials.map((trial) => [`${incident.id}: ${trial.title}: ${trial.crl.name}`, incident, trial] as const),
);

// The cases are built again; the first test compares the files with them.
test.each(cases)("%s: has the expected findings", (_id, _incident, trial) => {
  expect(tripped([runOf(trial)])).toEqual(trial.expected);
});

/** Returns the rules with findings in the command of a trial, and its exit code. */
async function runCommand(incident: Incident, trial: Trial, place: { folder?: string; url?: string } = {}) {
  const args = commandOf(trial, incident, place) ?? [];
  const more = place.url === undefined ? [] : ["--allow-private"];
  const { code, out } = await crllint([...args, ...more, "--format", "json"]);
  return { rules: tripped((JSON.parse(out) as Report).runs), code };
}

/** Returns the documented rules and exit code of the command of a trial. */
function documented(incident: Incident, trial: Trial) {
  return { rules: trial.expected, code: exitCodeOf(trial, incident) };
}

const withCommand = cases.filter(([, incident, trial]) => commandOf(trial, incident) !== undefined);

describe("the command in the README of an incident has the documented findings and exit code", () => {
  const bench = new Workbench();
  afterAll(() => bench.clear());
  const ofFiles = withCommand.filter(([, , { answer }]) => answer === undefined);
  test.each(ofFiles)("%s", async (_, incident, trial) => {
    const files = filesOf(incident);
    const isLarge = files.some((file) => file.isLarge);
    if (isLarge) for (const { name, bytes } of files) bench.put(`${incident.id}/${name}`, bytes());
    const place = isLarge ? { folder: `${bench.folder}/${incident.id}` } : {};
    expect(await runCommand(incident, trial, place)).toEqual(documented(incident, trial));
  });
});

describe("crllint fetch has the documented findings and exit code for the response of a server", () => {
  const server = new CrlServer();
  beforeAll(() => server.start());
  afterAll(() => server.stop());
  const answered = withCommand.filter(([, , { answer }]) => answer !== undefined);
  test.each(answered)("%s", async (_, incident, trial) => {
    const { url = "", headers, status, failure } = trial.answer ?? {};
    const { pathname } = new URL(url);
    const served =
      failure === undefined
        ? server.serve(pathname, trial.crl.bytes(), headers, status)
        : server.on(pathname, (_request, response) => response.destroy());
    expect(await runCommand(incident, trial, { url: served })).toEqual(documented(incident, trial));
  });
});
