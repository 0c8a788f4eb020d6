import { type Identity, namesWhatItIsNot } from "../input/kinds.ts";
import { readInput } from "../input/read.ts";
import type { Limits } from "../der/limits.ts";
import type { Run } from "../rule/report.ts";
import { determineStatus } from "../status/determine.ts";
import { readStatusObjects, type StatusObjects } from "../status/objects.ts";
import { runOfStatus } from "../status/run.ts";
import { UsageError } from "../options/usage-error.ts";
import { nodeVerifier } from "../verify/node.ts";
import { cannotRead } from "./cannot-read.ts";
import { expandOperands } from "./expand.ts";
import { unreadable } from "./input-findings.ts";
import { type OwnFinding, ownRun } from "./own-run.ts";
import { Reader } from "./read-files.ts";
import { isDamaged, isMisnamed } from "./sort-file.ts";
import type { World } from "./world.ts";

/** The files of a call of `crllint status`. */
export interface StatusFiles {
  /** File with the certificate; further certificates in it belong to its chain. */
  readonly leaf: string;
  /** Files, directories and patterns of CRLs and further certificates. */
  readonly operands: readonly string[];
  /** The time at which to determine the status, in seconds since 1970. */
  readonly at: number;
  readonly limits: Limits;
  /** Whether to list also the CRLs of other issuers if the status is known without them. */
  readonly isFull: boolean;
}

/**
 * Determines the status of the certificate in a file, and of those above it.
 *
 * @returns a run for each certificate, and for each input that cannot be read
 * @throws UsageError if the first file contains no certificate
 */
export async function statusOfFiles(
  { leaf, operands, at, limits, isFull }: StatusFiles,
  world: World,
): Promise<readonly Run[]> {
  const verifier = nodeVerifier();
  if (verifier === undefined) throw new UsageError("this Node.js has no cryptography");
  const reader = new Reader(world, "stdin", limits);
  const faults: OwnFinding[] = [];
  const files: StatusObjects[] = [];
  const read = async (path: string, isNamed: boolean): Promise<void> => {
    const file = await reader.read(path);
    if ("fault" in file) {
      faults.push(unreadable(file.name, file.fault));
      return;
    }
    const all = readInput(file.name, file.bytes, limits);
    const objects = readStatusObjects(all, limits);
    files.push(objects);
    const isEmpty = objects.certificates.length + objects.crls.length === 0;
    const isMeant = isNamed || !isEmpty || isMisnamed(path, all, "crl");
    for (const other of objects.others) {
      if (!isMeant && !isDamaged(other)) continue;
      const { identity } = other;
      faults.push(unreadable(file.name, whatItIs(identity)));
    }
  };
  await read(leaf, true);
  const [first, ...chain] = files[0]?.certificates ?? [];
  if (first === undefined) {
    const [fault] = faults;
    if (fault !== undefined && files.length === 0) throw cannotRead(fault.file, fault.message);
    throw new UsageError(
      `${reader.nameOf(leaf)} holds no certificate${fault === undefined ? "" : `: ${fault.message}`}`,
    );
  }
  for (const operand of await expandOperands(operands)) {
    if ("fault" in operand) faults.push(unreadable(reader.nameOf(operand.path), operand.fault));
    else await read(operand.path, operand.isNamed);
  }
  const certificates = [...chain, ...files.slice(1).flatMap((file) => file.certificates)];
  const crls = files.flatMap((file) => file.crls);
  const found = determineStatus({ leaf: first, certificates, crls, at }, verifier);
  return [
    ...found.map((status) => runOfStatus(status, isFull)),
    ...faults.map((fault) => ownRun(fault, "certificate", [])),
  ];
}

function whatItIs(identity: Identity): string {
  const { name, message } = identity;
  return message ?? `this is ${name}${namesWhatItIsNot(identity) ? "" : ", not a certificate or CRL"}`;
}
