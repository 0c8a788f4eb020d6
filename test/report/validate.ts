import { Ajv2020 } from "ajv/dist/2020.js";
import { reportSchema } from "../../src/report/schema/report-2.ts";
import { checkBy, close, readPublished, formatFault } from "../support/json-schema.ts";

const report = new Ajv2020({ strict: true, allErrors: true }).compile(close(reportSchema));

/** Returns the violations of the schema in a json report. */
export function errorsOfReport(value: unknown): readonly string[] {
  return report(value) ? [] : (report.errors ?? []).map(formatFault);
}

/** The characters of RFC 3986 section 4.1: a URI reference that a parser must correct is not one. */
const reference = /^(?:[A-Za-z0-9._~!$&'()*+,;=:@/?#-]|%[0-9A-F]{2})*$/u;

const formats = {
  uri: (text: string) => reference.test(text) && /^[a-z]+:/u.test(text),
  // A colon in the first segment ends a scheme (section 4.2).
  "uri-reference": (text: string) => reference.test(text) && (!/^[^/?#]*:/u.test(text) || text.startsWith("file:///")),
};

const oasis = readPublished("sarif-2.1.0.json");
const { definitions } = oasis as unknown as { readonly definitions: Readonly<Record<string, object>> };

/** Requirements of section 3.30 that the schema lacks: a region is text or binary, and some fields need others. */
const region = {
  ...definitions["region"],
  oneOf: [{ required: ["startLine"] }, { required: ["byteOffset"] }],
  dependencies: { byteLength: ["byteOffset"], endLine: ["startLine"], startColumn: ["startLine"] },
};

/** Returns the violations of the OASIS schema and of section 3.30 of the standard in a SARIF log. */
export const errorsOfSarif = checkBy({ ...oasis, definitions: { ...definitions, region } }, { formats });
