// Rebuilds fixtures/incidents from fixtures/build with the kit, and docs/incidents.md from crllint's findings in them.
// The files always have the same bytes.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { filesOf } from "../fixtures/build/incident.ts";
import { incidents } from "../fixtures/build/index.ts";
import { incidentReadme, incidentsPage } from "../fixtures/build/pages.ts";
import { isMain } from "./is-main.ts";

const root = new URL("../fixtures/incidents/", import.meta.url);

/** Returns the expected content of every file below fixtures/incidents, by path. */
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

if (isMain(import.meta.url)) {
  rmSync(root, { recursive: true, force: true });
  for (const [name, content] of fixtureFiles()) {
    const file = new URL(name, root);
    mkdirSync(new URL(".", file), { recursive: true });
    writeFileSync(file, content);
  }
  writeFileSync(new URL("../docs/incidents.md", import.meta.url), incidentsPage());
  console.log(`wrote ${fixtureFiles().size} files below fixtures/incidents, and docs/incidents.md`);
}
