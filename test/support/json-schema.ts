import { readFileSync } from "node:fs";
import { Ajv, type AnySchemaObject, type ErrorObject, type Options } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";

/**
 * Reads a published schema from the package `schemastore`, which has copies of the JSON Schema Store:
 * `github-action.json`. Some are out of date by years: tests list the fields that they lack.
 */
export function readPublished(name: string): AnySchemaObject {
  const file = new URL(`schemas/json/${name}`, import.meta.resolve("schemastore/package.json"));
  return JSON.parse(readFileSync(file, "utf8")) as AnySchemaObject;
}

/** Returns the schema with every object closed: a field that it does not define is an error. */
export function close<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(close) as T;
  if (typeof schema !== "object" || schema === null) return schema;
  const closed = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, close(value)]));
  return ("properties" in schema && "type" in schema ? { ...closed, additionalProperties: false } : closed) as T;
}

/**
 * Returns a validator for a schema of draft 7 or 2020-12 that was not written for Ajv: formats
 * that are not given in the options are not checked, patterns need not be in Unicode mode.
 */
export function checkBy(schema: AnySchemaObject, options: Options = {}): (value: unknown) => readonly string[] {
  const Kind = String(schema["$schema"]).includes("/2020-12/") ? Ajv2020 : Ajv;
  const ajv = new Kind({ strict: false, allErrors: true, logger: false, unicodeRegExp: false, ...options });
  const validate = ajv.compile(schema);
  return (value) => (validate(value) ? [] : (validate.errors ?? []).map(formatFault));
}

/** Formats one fault: `/runs/0 must NOT have additional properties: extra`. */
export function formatFault({ instancePath, message = "", params }: ErrorObject): string {
  const { additionalProperty } = params as { readonly additionalProperty?: string };
  return `${instancePath} ${message}${additionalProperty === undefined ? "" : `: ${additionalProperty}`}`;
}
