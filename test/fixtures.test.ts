import { readdirSync, readFileSync, statSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixtureFiles } from "../scripts/fixtures.ts";
import { filesOf, type FixtureFile, type Incident, type Trial } from "../fixtures/build/incident.ts";
import { incidents, reports } from "../fixtures/build/index.ts";
import { incidentsPage } from "../fixtures/build/pages.ts";
import { commandOf, replay, tripped } from "../fixtures/build/replay.ts";
import type { Report } from "../src/index.ts";
import { CrlServer } from "./cli/crl-server.ts";
import { crllint } from "./cli/workbench.ts";

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

test("every report is listed once, and every faulty CRL has a valid counterpart", () => {
  expect(new Set(reports.map(({ id }) => id)).size).toBe(reports.length);
  expect(incidents.filter(({ trials }) => trials.every(({ expected }) => expected.length > 0))).toEqual([]);
});

const cases = incidents.flatMap((incident) =>
  incident.trials.map((trial) => [`${incident.id}: ${trial.title}: ${trial.crl.name}`, incident, trial] as const),
);

test.each(cases)("%s", (_, { id }, trial) => {
  const read = ({ name, bytes, isLarge }: FixtureFile) =>
    isLarge ? bytes() : readFileSync(new URL(`${id}/${name}`, root));
  expect(tripped([replay(trial, read)])).toEqual(trial.expected);
});

/** Returns the rules with findings in the command of a trial. */
async function runCommand(incident: Incident, trial: Trial, url?: string): Promise<readonly string[]> {
  const args = commandOf(trial, `fixtures/incidents/${incident.id}`, url) ?? [];
  const { out } = await crllint([...args, ...(url === undefined ? [] : ["--allow-private"]), "--format", "json"]);
  return tripped((JSON.parse(out) as Report).runs);
}

describe("the command of each README has the same findings", () => {
  const withCommand = cases.filter(
    ([, incident, trial]) =>
      trial.answer === undefined &&
      commandOf(trial, "") !== undefined &&
      filesOf(incident).every((file) => !file.isLarge),
  );
  test.each(withCommand)("%s", async (_, incident, trial) => {
    expect(await runCommand(incident, trial)).toEqual(trial.expected);
  });
});

describe("crllint fetch has the same findings for a server with this response", () => {
  const server = new CrlServer();
  beforeAll(() => server.start());
  afterAll(() => server.stop());
  const served = cases.filter(
    ([, , { answer }]) => answer && answer.failure === undefined && answer.onlyAsData !== true,
  );
  test.each(served)("%s", async (_, incident, trial) => {
    const { pathname } = new URL(trial.answer?.url ?? "");
    const url = server.serve(pathname, trial.crl.bytes(), trial.answer?.headers, trial.answer?.status);
    expect(await runCommand(incident, trial, url)).toEqual(trial.expected);
  });
});
