import { createHash } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { encodePem } from "../src/pem/encode.ts";
import { certificateOf, type CrlPlan, makeCertificates, makeCrl, type PlannedKey, writeCrl } from "./generate.ts";

/** Plan of the input of a scenario. */
export type Planned =
  /** One CRL. */
  | { readonly plan: CrlPlan }
  /** A CRL and the previous one, which is given with `--previous`. */
  | { readonly plan: CrlPlan; readonly before: CrlPlan }
  /** A directory of small CRLs, with certificates of other CAs in addition to that of the CA, or instead of it. */
  | { readonly files: number; readonly key: PlannedKey; readonly others?: number; readonly hasCa?: boolean };

/** A CRL or a directory of CRLs, and the certificate of their CA, as files. */
export interface Input {
  /** Path of the CRL in DER, or of the directory. */
  readonly crl: string;
  /** Path of a PEM file with one certificate, or many. */
  readonly ca: string;
  readonly bytes: number;
  /** Number of entries, or of files. */
  readonly count: number;
  /** Arguments of crllint that the input needs. */
  readonly options: readonly string[];
  /** Directory in which inputs are kept for later runs. */
  readonly folder: string;
}

/** Version of the generator. A new number replaces the inputs of earlier versions. */
const version = 2;

const folder = `${tmpdir()}/crllint-bench-${version}`;

/** Writes an input, unless it exists from an earlier run. */
export function prepare(planned: Planned): Input {
  mkdirSync(folder, { recursive: true });
  if ("files" in planned) {
    const { files, key, others = 0, hasCa = true } = planned;
    const crl = writeFolder(files, key);
    return { crl, ca: writeCertificates(key, others, hasCa), bytes: 0, count: files, options: [], folder };
  }
  const { plan } = planned;
  const crl = writeFile(plan);
  const options = "before" in planned ? ["--previous", writeFile({ ...planned.before, isPrevious: true })] : [];
  const ca = writeCertificates(plan.key ?? "rsa2048", 0, true);
  return { crl, ca, bytes: statSync(crl).size, count: plan.entries, options, folder };
}

function writeFile(plan: CrlPlan): string {
  const path = `${folder}/${nameOf(plan)}.crl`;
  if (existsSync(path)) return path;
  const file = openSync(`${path}.part`, "w");
  writeCrl(plan, (piece) => writeSync(file, piece));
  closeSync(file);
  renameSync(`${path}.part`, path);
  return path;
}

/** Writes a directory of small CRLs of one CA with 0 to 40 entries each. */
function writeFolder(count: number, key: PlannedKey): string {
  const path = `${folder}/${count}-${key}`;
  if (existsSync(path)) return path;
  mkdirSync(`${path}.part`, { recursive: true });
  for (let i = 0; i < count; i += 1) {
    const crl = makeCrl({ entries: (i * 17) % 41, key, seed: i });
    writeFileSync(`${path}.part/${String(i).padStart(6, "0")}.crl`, crl);
  }
  renameSync(`${path}.part`, path);
  return path;
}

function nameOf(plan: CrlPlan): string {
  const digest = createHash("sha256").update(JSON.stringify(plan)).digest("hex").slice(0, 12);
  return `${plan.entries}-${digest}`;
}

/** Writes certificates of other CAs, followed by that of the CA unless `hasCa` is false. */
function writeCertificates(key: PlannedKey, others: number, hasCa: boolean): string {
  const path = `${folder}/${key}${others > 0 ? `-${others}` : ""}${hasCa ? "" : "-others"}.pem`;
  const all = [...makeCertificates(others), ...(hasCa ? [certificateOf(key)] : [])];
  writeFileSync(path, all.map((certificate) => encodePem("CERTIFICATE", certificate)).join(""));
  return path;
}
