import { relative, resolve } from "node:path";
import { sameOctets } from "../der/span.ts";
import type { LintInput } from "../lint/lint.ts";
import type { PathOptions } from "../options/values.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { Verifier } from "../verify/verifier.ts";
import { CertificateList, readCertificateFiles } from "./certificate-list.ts";
import { type LoadedConfig, pathFrom } from "./configure.ts";
import type { FileSettings } from "./crl-file.ts";
import type { Gathered } from "./gather.ts";
import type { OwnFinding } from "./own-run.ts";
import type { Reader } from "./reader.ts";
import type { InputFile } from "./read-files.ts";

/** The issuers of CRLs whose file belongs to no pair. */
type Roles = Pick<LintInput, "issuers" | "issuersChosen" | "others">;

/**
 * Adds to each file what a configuration says of it, and reads the certificates of the pairs that any belongs to.
 * An option counts more than a configuration; so do one certificate and one CRL, which are always a pair.
 */
export async function bindFiles(
  gathered: Gathered,
  config: LoadedConfig | undefined,
  options: PathOptions,
  reader: Reader,
  verifier: Verifier | undefined,
): Promise<Gathered> {
  if (config === undefined || config.pairs.length + config.scopes.length === 0) return gathered;
  const count = gathered.files.reduce((sum, file) => sum + file.count, 0);
  const isPair = options.issuer !== undefined || (gathered.certificates.length === 1 && count === 1);
  const files = gathered.files.map((file) => {
    const path = pathFrom(config.folder, file.name);
    const pair = isPair ? -1 : config.pairs.findIndex(({ crl }) => crl.some((glob) => glob.matches(path)));
    return { ...file, ...(pair !== -1 && { pair }), stated: statedOf(path, config, options) };
  });
  const used = new Set(files.map(({ pair }) => pair));
  const findings: OwnFinding[] = [...gathered.findings];
  const pairs: (readonly GivenCertificate[])[] = [];
  const pairFiles: (readonly InputFile[])[] = [];
  for (const [i, { issuer }] of config.pairs.entries()) {
    const read: InputFile[] = [];
    const certificates = new CertificateList(verifier);
    const paths = used.has(i) ? issuer.map((path) => relative(process.cwd(), resolve(config.folder, path))) : [];
    const into = { certificates, findings, files: read };
    await readCertificateFiles(`pairs[${i}].issuer`, "a CA certificate", paths, reader, into);
    pairs.push(certificates.list);
    pairFiles.push(read);
  }
  return { ...gathered, files, findings, pairs, pairFiles };
}

function statedOf(path: string, { scopes }: LoadedConfig, options: PathOptions): NonNullable<FileSettings["stated"]> {
  const { scope, completeness } = scopes.find(({ crl }) => crl.some((glob) => glob.matches(path))) ?? {};
  return {
    ...(scope !== undefined && options.scope === undefined && { scope }),
    ...(completeness !== undefined && options.completeness === undefined && { completeness }),
  };
}

/** Candidate issuers of the CRLs of a file: the certificates of its pair, else those of the call. */
export function issuersFor(
  { pair }: FileSettings,
  pairs: readonly (readonly GivenCertificate[])[],
  roles: Roles,
): Roles {
  const issuers = pair === undefined ? undefined : pairs[pair];
  if (issuers === undefined) return roles;
  const isOther = ({ certificate }: GivenCertificate): boolean =>
    issuers.every((each) => !sameOctets(each.certificate.source.bytes, certificate.source.bytes));
  return { issuers, issuersChosen: true, others: [...roles.issuers, ...roles.others].filter(isOther) };
}
