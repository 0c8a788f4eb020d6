import type { Limits } from "../der/limits.ts";
import { readCcadb } from "../given/ccadb.ts";
import type { LintInput, LintOptions } from "../lint/lint.ts";
import type { GivenCertificate } from "../given/given.ts";
import { nodeVerifier } from "../verify/node.ts";
import { CertificateList } from "./certificate-list.ts";
import type { InputFile } from "./read-files.ts";
import { sortFile } from "./sort-file.ts";

/** What the CRLs of a call are linted with. */
export interface LintSetup {
  /** What each of them is linted with, whichever it is. */
  readonly shared: Omit<LintInput, "object">;
  /** Certificates of the pairs of a configuration, by their index. */
  readonly pairs: readonly (readonly GivenCertificate[])[];
  readonly options: LintOptions;
}

/** The same as it can be sent to a worker: files as they were read. */
export interface SentSetup {
  readonly form: LintInput["form"];
  readonly options: Omit<LintOptions, "verifier">;
  /** Files with the certificates among the operands. */
  readonly certificates: readonly InputFile[];
  /** Files that --issuer names. */
  readonly issuers: readonly InputFile[] | undefined;
  /** Files with the certificates of pairs. */
  readonly pairs: readonly (readonly InputFile[])[];
  /** The file that --ccadb names. */
  readonly ccadb: InputFile | undefined;
}

/** Makes of what was sent what the sender had. */
export function receiveSetup({ form, options, certificates, issuers, pairs, ccadb }: SentSetup): LintSetup {
  const { limits } = options;
  const found = readAll(certificates, form, limits);
  const records = ccadb && readCcadb(ccadb.name, ccadb.bytes);
  return {
    shared: {
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

function readAll(files: readonly InputFile[], form: LintInput["form"], limits: Limits): readonly GivenCertificate[] {
  const list = new CertificateList(nodeVerifier());
  for (const file of files) {
    const { certificates } = sortFile(file, { path: file.name, isNamed: true }, form, limits);
    for (const { certificate, artefact } of certificates) list.add(certificate, artefact);
  }
  return list.list;
}
