import { createHash } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { certificateOf, type CrlPlan, makeCrl, writeCrl } from "./generate.ts";

/** A CRL or a directory of CRLs, and the certificate of their CA, as files. */
export interface Input {
  /** DER. */
  readonly crl: string;
  /** PEM. */
  readonly ca: string;
  readonly bytes: number;
  /** Directory in which inputs are kept for later runs. */
  readonly folder: string;
}

/** Version of the generator; a new number replaces the inputs of earlier versions. */
const version = 1;

const folder = `${tmpdir()}/crllint-bench-${version}`;

/** Writes a CRL, unless it exists from an earlier run. */
export function prepare(plan: CrlPlan): Input {
  mkdirSync(folder, { recursive: true });
  const crl = `${folder}/${nameOf(plan)}.crl`;
  if (!existsSync(crl)) {
    const file = openSync(`${crl}.part`, "w");
    writeCrl(plan, (piece) => writeSync(file, piece));
    closeSync(file);
    renameSync(`${crl}.part`, crl);
  }
  return { crl, ca: writeCa(plan.key ?? "rsa2048"), bytes: statSync(crl).size, folder };
}

/** Writes a directory of small CRLs of one CA with 0 to 40 entries each. */
export function prepareFolder(count: number, key: NonNullable<CrlPlan["key"]>): Input {
  const crls = `${folder}/${count}-${key}`;
  if (!existsSync(crls)) {
    mkdirSync(`${crls}.part`, { recursive: true });
    for (let i = 0; i < count; i += 1) {
      const crl = makeCrl({ entries: (i * 17) % 41, key, seed: i });
      writeFileSync(`${crls}.part/${String(i).padStart(6, "0")}.crl`, crl);
    }
    renameSync(`${crls}.part`, crls);
  }
  return { crl: crls, ca: writeCa(key), bytes: 0, folder };
}

function nameOf(plan: CrlPlan): string {
  const digest = createHash("sha256").update(JSON.stringify(plan)).digest("hex").slice(0, 12);
  return `${plan.entries}-${digest}`;
}

function writeCa(key: NonNullable<CrlPlan["key"]>): string {
  const path = `${folder}/${key}.pem`;
  const lines = Buffer.from(certificateOf(key))
    .toString("base64")
    .match(/.{1,64}/gu);
  writeFileSync(path, ["-----BEGIN CERTIFICATE-----", ...(lines ?? []), "-----END CERTIFICATE-----", ""].join("\n"));
  return path;
}
