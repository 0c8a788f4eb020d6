import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { reportSchema } from "../../src/report/schema/report-1.ts";
import { sarifShape } from "./sarif-shape.ts";

/** RFC 3986 section 4.1, as far as characters go: what a parser would have to repair is none. */
const reference = /^(?:[A-Za-z0-9._~!$&'()*+,;=:@/?#-]|%[0-9A-F]{2})*$/u;

const formats = {
  uri: (text: string) => reference.test(text) && /^[a-z]+:/u.test(text),
  // A colon in the first segment would end a scheme (section 4.2).
  "uri-reference": (text: string) => reference.test(text) && (!/^[^/?#]*:/u.test(text) || text.startsWith("file:///")),
  "date-time": () => true,
};

/** The schema with every object closed: a field that it does not know is a mistake of ours. */
function close(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(close);
  if (typeof schema !== "object" || schema === null) return schema;
  const closed = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, close(value)]));
  return "properties" in schema && "type" in schema ? { ...closed, additionalProperties: false } : closed;
}

const report = new Ajv2020({ strict: true, allErrors: true }).compile(close(reportSchema) as object);
const sarif = new Ajv({ strict: false, allErrors: true, formats }).compile(sarifShape);

/** What is wrong with a json report, by its schema. */
export function faultsOfReport(value: unknown): readonly string[] {
  report(value);
  return (report.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** What is wrong with a SARIF log, by section of the standard. */
export function faultsOfSarif(value: unknown): readonly string[] {
  sarif(value);
  return (sarif.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Where a copy of the schema that OASIS publishes lies (sarif-schema-2.1.0.json); it is not ours to hand on. */
export const oasisSchema = process.env["SARIF_SCHEMA"];

/** What is wrong with a SARIF log, by the schema that OASIS publishes. */
export function faultsByOasis(path: string, value: unknown): readonly string[] {
  const validate = new Ajv({ strict: false, allErrors: true, formats }).compile(
    JSON.parse(readFileSync(path, "utf8").replace(/"\$schema":[^,]*,/u, "")) as object,
  );
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
