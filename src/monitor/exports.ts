import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { escapePath } from "../files/escape-path.ts";
import { readFile } from "../files/read-files.ts";
import { reasonOf } from "../files/system-error.ts";
import { type CaRecord, Ccadb, readCcadb } from "../given/ccadb.ts";
import { UsageError } from "../options/usage-error.ts";

/** Contents of the CCADB reports that were given. */
export interface Exports {
  readonly ccadb: Ccadb;
  /** Paths of the reports with certificates in PEM. */
  readonly certificates: readonly string[];
}

/** Columns that identify a report of records, and a report with certificates. */
const recordColumn = "JSON Array of Partitioned CRLs";
const pemColumns = ["X.509 Certificate (PEM)", "PEM Info"] as const;

/** Number of bytes in which the first line is expected: the names of 88 columns have 2,500 bytes. */
const headLength = 16_384;

/**
 * Reads CCADB reports as published: all certificate records, and the certificates in PEM. They are recognized by their
 * columns, not by the names of the files. A report may be both.
 *
 * @param paths files, and directories of them; other files in a directory are ignored
 * @throws UsageError if a file is not such a report or cannot be read, or none has records
 */
export function readExports(paths: readonly string[]): Exports {
  const certificates: string[] = [];
  const records = new Map<string, CaRecord>();
  let reports = 0;
  for (const { path, isNamed } of paths.flatMap(filesOf)) {
    const columns = columnsOf(path);
    const hasRecords = columns.includes(recordColumn);
    const hasCertificates = pemColumns.some((column) => columns.includes(column));
    if (hasCertificates) certificates.push(path);
    // A file that was named must be used: if it is not a report, readCcadb states why.
    if (hasRecords || (isNamed && !hasCertificates)) {
      reports += 1;
      for (const record of readRecords(path)) {
        // A record without a fingerprint is identified by its place.
        const key = record.sha256 === "" ? record.place : record.sha256;
        if (!records.has(key)) records.set(key, record);
      }
    }
  }
  if (reports === 0) {
    throw new UsageError(`--ccadb: no report of certificate records (a CSV with the column "${recordColumn}")`);
  }
  return { ccadb: new Ccadb([...records.values()]), certificates };
}

function filesOf(path: string): readonly { readonly path: string; readonly isNamed: boolean }[] {
  return naming(path, () => {
    if (!statSync(path).isDirectory()) return [{ path, isNamed: true }];
    return readdirSync(path, { recursive: true, encoding: "utf8" })
      .map((name) => join(path, name))
      .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
      .sort()
      .map((file) => ({ path: file, isNamed: false }));
  });
}

/** Returns the first line of a file. */
function columnsOf(path: string): string {
  return naming(path, () => {
    const descriptor = openSync(path, "r");
    try {
      const head = new Uint8Array(headLength);
      const length = readSync(descriptor, head);
      return new TextDecoder().decode(head.subarray(0, length)).split(/\r?\n/u, 1)[0] ?? "";
    } finally {
      closeSync(descriptor);
    }
  });
}

function readRecords(path: string): readonly CaRecord[] {
  const name = escapePath(path);
  const content = readFile(path);
  const read = "fault" in content ? content : readCcadb(name, content.bytes);
  if ("fault" in read) throw new UsageError(`${name}: ${read.fault}`);
  return read.records;
}

function naming<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(`${escapePath(path)}: ${reasonOf(error)}`, { cause: error });
  }
}
