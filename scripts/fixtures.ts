// Rebuilds fixtures/ from the kit, byte for byte the same every time, and docs/incidents.md from the findings of
// crllint in them.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { filesOf } from "./incidents/incident.ts";
import { incidents } from "./incidents/index.ts";
import { incidentReadme, incidentsPage } from "./incidents/pages.ts";

const root = new URL("../fixtures/incidents/", import.meta.url);

/** Returns the expected contents of every file below fixtures/incidents, by path. */
export function fixtureFiles(): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const incident of incidents) {
    files.set(`${incident.id}/README.md`, new TextEncoder().encode(incidentReadme(incident)));
    for (const { name, bytes, isLarge } of filesOf(incident)) {
      if (!isLarge) files.set(`${incident.id}/${name}`, bytes());
    }
  }
  return files;
}

if (process.argv[1]?.endsWith("fixtures.ts") === true) {
  rmSync(root, { recursive: true, force: true });
  for (const [name, content] of fixtureFiles()) {
    const file = new URL(name, root);
    mkdirSync(new URL(".", file), { recursive: true });
    writeFileSync(file, content);
  }
  writeFileSync(new URL("../docs/incidents.md", import.meta.url), incidentsPage());
  console.log(`wrote ${fixtureFiles().size} files below fixtures/incidents, and docs/incidents.md`);
}
