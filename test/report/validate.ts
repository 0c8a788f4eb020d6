import { Ajv2020 } from "ajv/dist/2020.js";
import { reportSchema } from "../../src/report/schema/report-2.ts";
import { checkBy, close, readPublished, tellFault } from "../support/json-schema.ts";

const report = new Ajv2020({ strict: true, allErrors: true }).compile(close(reportSchema));

/** The errors of a json report by its schema. */
export function faultsOfReport(value: unknown): readonly string[] {
  return report(value) ? [] : (report.errors ?? []).map(tellFault);
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

/** The requirements of section 3.30 for regions that are only in its text: text or binary, and dependent fields. */
const region = {
  ...definitions["region"],
  oneOf: [{ required: ["startLine"] }, { required: ["byteOffset"] }],
  dependencies: { byteLength: ["byteOffset"], endLine: ["startLine"], startColumn: ["startLine"] },
};

/** The errors of a SARIF log by the schema of OASIS and by section 3.30 of the standard. */
export const faultsOfSarif = checkBy({ ...oasis, definitions: { ...definitions, region } }, { formats });
