import { createHash } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { certificateOf, type CrlPlan, makeCrl, writeCrl } from "./generate.ts";

/** A CRL, or a folder of CRLs, and the certificate of their CA, as files. */
export interface Input {
  /** DER. */
  readonly crl: string;
  /** PEM. */
  readonly ca: string;
  readonly octets: number;
  /** Where inputs are kept from run to run. */
  readonly folder: string;
}

/** What all inputs follow from; another number leaves those of former versions aside. */
const version = 1;

const folder = `${tmpdir()}/crllint-bench-${version}`;

/** Writes a CRL, unless it is there from a former run. */
export function prepare(plan: CrlPlan): Input {
  mkdirSync(folder, { recursive: true });
  const crl = `${folder}/${nameOf(plan)}.crl`;
  if (!existsSync(crl)) {
    const file = openSync(`${crl}.part`, "w");
    writeCrl(plan, (piece) => writeSync(file, piece));
    closeSync(file);
    renameSync(`${crl}.part`, crl);
  }
  return { crl, ca: writeCa(plan.key ?? "rsa2048"), octets: statSync(crl).size, folder };
}

/** Writes a folder of small CRLs of one CA with 0 to 40 entries each. */
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
  return { crl: crls, ca: writeCa(key), octets: 0, folder };
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
