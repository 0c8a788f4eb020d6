import type { Limits } from "../der/limits.ts";
import { readCcadb } from "../given/ccadb.ts";
import type { LintInput, LintOptions } from "../lint/lint.ts";
import type { GivenCertificate } from "../given/given.ts";
import { nodeVerifier } from "../verify/node.ts";
import { CertificateList } from "./certificate-list.ts";
import { sortFile } from "./sort-file.ts";

/** A file as it was read. */
export interface NamedFile {
  /** As reports show it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What CRLs are judged with that are judged each by itself. */
export interface Setting {
  readonly alike: Omit<LintInput, "object">;
  /** Certificates of the pairs of a configuration, by their index. */
  readonly pairs: readonly (readonly GivenCertificate[])[];
  readonly options: LintOptions;
}

/** A setting as it can be sent to a worker: files as they were read. */
export interface SentSetting {
  readonly form: LintInput["form"];
  readonly options: Omit<LintOptions, "verifier">;
  /** Files with the certificates among the operands. */
  readonly certificates: readonly NamedFile[];
  /** Files that --issuer names. */
  readonly issuers: readonly NamedFile[] | undefined;
  /** Files with the certificates of pairs. */
  readonly pairs: readonly (readonly NamedFile[])[];
  /** The file that --ccadb names. */
  readonly ccadb: NamedFile | undefined;
}

/** Makes of what was sent what the sender had. */
export function receiveSetting({ form, options, certificates, issuers, pairs, ccadb }: SentSetting): Setting {
  const { limits } = options;
  const found = readAll(certificates, form, limits);
  const records = ccadb && readCcadb(ccadb.name, ccadb.bytes);
  return {
    alike: {
      form,
      ...roles(found, issuers && readAll(issuers, form, limits)),
      ...(records && !("fault" in records) && { ccadb: records }),
    },
    pairs: pairs.map((files) => readAll(files, form, limits)),
    options: { ...options, verifier: nodeVerifier() },
  };
}

/** What certificates are taken for, where some were named as issuers and where none were. */
export function roles(
  certificates: readonly GivenCertificate[],
  issuers: readonly GivenCertificate[] | undefined,
): Pick<LintInput, "issuers" | "issuersChosen" | "others"> {
  return issuers === undefined
    ? { issuers: certificates, issuersChosen: false, others: [] }
    : { issuers, issuersChosen: true, others: certificates };
}

function readAll(files: readonly NamedFile[], form: LintInput["form"], limits: Limits): readonly GivenCertificate[] {
  const list = new CertificateList(nodeVerifier());
  for (const file of files) {
    const { certificates } = sortFile(file, { path: file.name, isNamed: true }, form, limits);
    for (const { certificate, artefact } of certificates) list.add(certificate, artefact);
  }
  return list.list;
}
