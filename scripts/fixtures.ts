// Builds fixtures/ anew from the kit, byte for byte the same every time.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { incidentReadme, incidents } from "./incidents/index.ts";

const root = new URL("../fixtures/incidents/", import.meta.url);

/** Every file below fixtures/incidents by its path, as it must be. */
export function fixtureFiles(): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const incident of incidents) {
    const all = { ...incident.files, "README.md": incidentReadme(incident) };
    for (const [name, content] of Object.entries(all)) {
      files.set(`${incident.id}/${name}`, typeof content === "string" ? new TextEncoder().encode(content) : content);
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
  console.log(`wrote ${fixtureFiles().size} files below fixtures/incidents`);
}
