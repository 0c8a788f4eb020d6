import { type Json, serialize } from "../report/serialize.ts";
import type { ExitCode, Io } from "./io.ts";

/** Functions that load a JSON Schema, by what it describes. */
const schemas = {
  report: async (): Promise<object> => (await import("../report/schema/report-2.ts")).reportSchema,
  config: async (): Promise<object> => (await import("../config/schema/config-1.ts")).configJsonSchema,
  attestation: async (): Promise<object> => (await import("../report/schema/attestation-1.ts")).attestationSchema,
  baseline: async (): Promise<object> => (await import("../config/schema/baseline-1.ts")).baselineJsonSchema,
} as const satisfies Readonly<Record<string, () => Promise<object>>>;

/** Name of a JSON Schema. */
export type SchemaName = keyof typeof schemas;

/** Prints a JSON Schema. */
export async function schema(name: SchemaName, io: Io): Promise<ExitCode> {
  await io.write(await schemaText(name));
  return 0;
}

/** Returns a JSON Schema as text. */
export async function schemaText(name: SchemaName): Promise<string> {
  return [...serialize((await schemas[name]()) as { readonly [field: string]: Json }), "\n"].join("");
}
