import { closeSync, openSync, readSync } from "node:fs";
import { cannotRead } from "../files/cannot-read.ts";
import { escapePath } from "../files/escape-path.ts";
import { expandOperands } from "../files/expand.ts";
import { readFile } from "../files/read-files.ts";
import { reasonOf } from "../files/system-error.ts";
import { type CaRecord, Ccadb, contentsOfReport, longestHeader, partitionedColumn, readCcadb } from "../given/ccadb.ts";
import { UsageError } from "../options/usage-error.ts";

/** Contents of the CCADB reports that were given. */
export interface Exports {
  readonly ccadb: Ccadb;
  /** Paths of the reports with certificates in PEM. */
  readonly certificates: readonly string[];
}

/**
 * Reads CCADB reports as published: all certificate records, and the certificates in PEM. They are recognized by their
 * columns, not by the names of the files. A report may be both.
 *
 * @param paths files, and directories of them; other files in a directory are ignored
 * @throws UsageError if a file is not such a report or cannot be read, or none has records
 */
export async function readExports(paths: readonly string[]): Promise<Exports> {
  const certificates: string[] = [];
  const records = new Map<string, CaRecord>();
  let reports = 0;
  for (const operand of await expandOperands(paths)) {
    const { path } = operand;
    if ("fault" in operand) throw cannotRead(escapePath(path), operand.fault);
    const { hasRecords, hasCertificates } = contentsOfReport(headOf(path));
    if (hasCertificates) certificates.push(path);
    // A file that was named must be used: if it is not a report, readCcadb states why.
    if (hasRecords || (operand.isNamed && !hasCertificates)) {
      reports += 1;
      for (const record of readRecords(path)) {
        // A record without a fingerprint is identified by its place.
        const key = record.sha256 === "" ? record.place : record.sha256;
        if (!records.has(key)) records.set(key, record);
      }
    }
  }
  if (reports === 0) {
    throw new UsageError(`--ccadb: no report of certificate records (a CSV with the column "${partitionedColumn}")`);
  }
  return { ccadb: new Ccadb([...records.values()]), certificates };
}

/** Returns the first bytes of a file. */
function headOf(path: string): Uint8Array {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, "r");
    const head = new Uint8Array(longestHeader);
    return head.subarray(0, readSync(descriptor, head));
  } catch (error) {
    throw cannotRead(escapePath(path), reasonOf(error), { cause: error });
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function readRecords(path: string): readonly CaRecord[] {
  const name = escapePath(path);
  const content = readFile(path);
  if ("fault" in content) throw cannotRead(name, content.fault);
  const read = readCcadb(name, content.bytes);
  if ("fault" in read) throw new UsageError(`${name}: ${read.fault}`);
  return read.records;
}
