import { readCrl } from "../crl/read.ts";
import { shortHex } from "../der/span.ts";
import { type DescribeValue, summarizeCrl, summaryText } from "../explain/crl-summary.ts";
import { typeExtension } from "../extension/typed.ts";
import { readInput } from "../input/read.ts";
import { escapeText } from "../name/escape.ts";
import { type Json, serialize } from "../report/serialize.ts";
import type { Flags } from "../options/values.ts";
import { UsageError } from "../options/usage-error.ts";
import type { ExitCode, Io } from "./io.ts";
import { cannotRead } from "../files/cannot-read.ts";
import { readFile, readStdin } from "../files/read-files.ts";
import { toFit } from "./to-fit.ts";

/**
 * Shows the contents of each CRL of a file: header, decoded extensions, entry counts by reason and year, offsets.
 *
 * @returns 0 if all of their fields were read, otherwise 2
 * @throws UsageError if the file cannot be read or contains no CRL
 */
export async function show(path: string, flags: Flags<"show">, io: Io): Promise<ExitCode> {
  const content = path === "-" ? await readStdin(io) : readFile(path);
  const { name } = content;
  if ("fault" in content) throw cannotRead(name, content.fault);
  const objects = readInput(name, content.bytes);
  const crls = objects.filter(({ kind }) => kind === "crl" || kind === "tbs");
  if (crls.length === 0) throw new UsageError(`${name}: this is ${objects[0]?.identity.name ?? "nothing"}, not a CRL`);
  const summaries = crls.map(({ artefact, kind }) => {
    return summarizeCrl(readCrl(artefact.bytes, kind === "tbs" ? "tbs" : "crl"), describeValue);
  });
  if (flags.format === "json") {
    const json = { version: 1, file: name, crls: summaries } as unknown as Json;
    await io.write(`${[...serialize(json)].join("")}\n`);
  } else {
    await io.write(toFit(summaries.map((summary) => summaryText(name, summary)).join("\n"), io));
  }
  return summaries.some(({ unread }) => unread !== undefined) ? 2 : 0;
}

const describeValue: DescribeValue = (oid, extnValue) => {
  const typed = typeExtension(oid, extnValue);
  return typed && describe(typed.value, 0);
};

/** Maximum nesting and maximum number of list items that one line shows. */
const limits = { depth: 12, items: 20 } as const;

/** Formats a decoded value as one line. Absent fields are omitted. */
function describe(value: unknown, depth: number): string {
  if (typeof value === "string") return `"${escapeText(value)}"`;
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "(no date)" : value.toISOString();
  if (value instanceof ArrayBuffer) return shortHex(new Uint8Array(value));
  if (ArrayBuffer.isView(value)) return shortHex(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  if (typeof value !== "object" || value === null || depth > limits.depth) return "...";
  if (Array.isArray(value)) {
    const items = value.slice(0, limits.items).map((item) => describe(item, depth + 1));
    return `[${items.join(", ")}${value.length > limits.items ? `, and ${value.length - limits.items} more` : ""}]`;
  }
  const fields = Object.entries(value).filter(([, item]) => item !== undefined && item !== false);
  // A wrapper around one value, which most of these types are, is shown as the value.
  const [only] = fields;
  if (only !== undefined && fields.length === 1 && (only[0] === "value" || only[0] === "buffer")) {
    return describe(only[1], depth + 1);
  }
  return `{${fields.map(([key, item]) => `${escapeText(key)}: ${describe(item, depth + 1)}`).join(", ")}}`;
}
