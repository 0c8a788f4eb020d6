import { readdirSync, readFileSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fixtureFiles } from "../scripts/fixtures.ts";
import { incidents } from "../scripts/incidents/index.ts";
import { lintCrl } from "../src/index.ts";
import { tripped } from "./support/lint-case.ts";

const root = new URL("../fixtures/incidents/", import.meta.url);

test("fixtures/ holds exactly what `npm run fixtures` makes, byte for byte", () => {
  const made = fixtureFiles();
  const present = readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => statSync(new URL(name, root)).isFile());
  expect(present.sort()).toEqual([...made.keys()].sort());
  for (const [name, content] of made) {
    expect(Buffer.compare(readFileSync(new URL(name, root)), content), name).toBe(0);
  }
});

describe.each(incidents.map((incident) => [incident.id, incident] as const))("incident %s", (id, { trials }) => {
  test.each(trials.map((trial) => [`${trial.title}: ${trial.crl}`, trial] as const))("%s", (_, trial) => {
    const run = lintCrl({
      crl: readFileSync(new URL(`${id}/${trial.crl}`, root)),
      issuer: readFileSync(new URL(`${id}/${trial.ca}`, root)),
      ...trial.options,
    });
    expect(tripped(run)).toEqual(trial.expected);
  });
});
