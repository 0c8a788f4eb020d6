// Writes src/config/schema/ from the schemas that validate a configuration and a baseline. A test compares the files.
import { mkdirSync, writeFileSync } from "node:fs";
import { toJsonSchema } from "@valibot/to-json-schema";
import { baselineSchema, configSchema } from "../src/config/schema.ts";

/** Returns the JSON Schemas by the names of their files, each with a title. */
export function makeSchemas(): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const options = { typeMode: "input", target: "draft-2020-12" } as const;
  return {
    config: {
      ...toJsonSchema(configSchema, options),
      title: "Configuration of crllint, version 1",
    },
    baseline: {
      ...toJsonSchema(baselineSchema, options),
      title: "Baseline of crllint, version 1",
    },
  };
}

if (process.argv[1]?.endsWith("schemas.ts") === true) {
  const folder = new URL("../src/config/schema/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const [name, schema] of Object.entries(makeSchemas())) {
    const text = [
      `/** JSON Schema of a ${name}, version 1: made by scripts/schemas.ts, not written by hand. */`,
      `export const ${name}JsonSchema = ${JSON.stringify(schema, undefined, 2)};`,
      "",
    ];
    writeFileSync(new URL(`${name}-1.ts`, folder), text.join("\n"));
  }
}
