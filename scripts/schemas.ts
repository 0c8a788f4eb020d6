// Writes JSON Schemas from valibot schemas: of configurations, baselines, attestations, and requests to the service.
// Tests compare the files with the output of this script.
import { mkdirSync, writeFileSync } from "node:fs";
import { type OverrideActionContext, toJsonSchema } from "@valibot/to-json-schema";
import { baselineSchema, configSchema } from "../src/config/schema.ts";
import { statementSchema } from "../src/report/attestation.ts";
import { jsonSchema } from "../src/serve/request.ts";
import { isMain } from "./is-main.ts";

const options = {
  typeMode: "input",
  target: "draft-2020-12",
  // Only the checks of times and durations have no counterpart. Their descriptions show the forms.
  overrideAction: ({ valibotAction, jsonSchema: made }: OverrideActionContext) =>
    valibotAction.type === "check" ? made : undefined,
} as const;

/** Returns the id of a schema. It is not an address, because no lasting one is known. */
function idOf(name: string): string {
  return `urn:x-crllint:${name}:1`;
}

/** Returns the JSON Schemas of a configuration and a baseline, by file name. */
export function makeSchemas(): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return {
    config: {
      $id: idOf("config"),
      ...toJsonSchema(configSchema, options),
      title: "Configuration of crllint, version 1",
    },
    baseline: {
      $id: idOf("baseline"),
      ...toJsonSchema(baselineSchema, options),
      title: "Baseline of crllint, version 1",
    },
  };
}

/** Returns the JSON Schema of a statement of `--report in-toto`. */
export function makeAttestationSchema(): Readonly<Record<string, unknown>> {
  return {
    $id: idOf("attestation"),
    ...toJsonSchema(statementSchema, options),
    title: "Statement of in-toto about CRLs that crllint has linted, version 1",
  };
}

/** Returns the JSON Schema of a request to lint, without the keyword that only a separate file needs. */
export function makeRequestSchema(): Readonly<Record<string, unknown>> {
  const { $schema: _, ...schema } = toJsonSchema(jsonSchema, options);
  return schema;
}

function write(folder: string, name: string, constant: string, schema: object): void {
  const directory = new URL(`../src/${folder}/schema/`, import.meta.url);
  mkdirSync(directory, { recursive: true });
  const text = [
    `/** JSON Schema "${name}", version 1. Made by scripts/schemas.ts, not written by hand. */`,
    `export const ${constant} = ${JSON.stringify(schema, undefined, 2)};`,
    "",
  ];
  writeFileSync(new URL(`${name}-1.ts`, directory), text.join("\n"));
}

if (isMain(import.meta.url)) {
  for (const [name, schema] of Object.entries(makeSchemas())) write("config", name, `${name}JsonSchema`, schema);
  write("report", "attestation", "attestationSchema", makeAttestationSchema());
  write("serve", "request", "requestSchema", makeRequestSchema());
}
