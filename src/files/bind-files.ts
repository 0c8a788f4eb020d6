import { relative, resolve } from "node:path";
import type { PathOptions } from "../options/values.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { Verifier } from "../verify/verifier.ts";
import { CertificateList, readCertificateFiles } from "./certificate-list.ts";
import { type LoadedConfig, pathFrom } from "./configure.ts";
import type { FileSettings } from "./lint-setup.ts";
import type { OwnFinding } from "./own-run.ts";
import type { Reader } from "./read-files.ts";

/** Settings that a configuration contains for some CRLs. */
export interface Bound {
  /** Settings for each name; empty without a configuration. */
  readonly settings: readonly FileSettings[];
  /** Certificates of the pairs of the configuration, by their index. */
  readonly pairs: readonly (readonly GivenCertificate[])[];
  readonly findings: readonly OwnFinding[];
}

/**
 * Finds the settings of a configuration for CRLs by their names, and reads the certificates of the pairs that any of
 * them belongs to. An option overrides a configuration. So do one certificate and one CRL: they are always a pair.
 *
 * @param names names of files in reports, or URLs
 * @param isPair whether the certificate that belongs to them is known without a configuration
 */
export async function bindNames(
  names: readonly string[],
  config: LoadedConfig | undefined,
  options: PathOptions,
  reader: Reader,
  verifier: Verifier | undefined,
  isPair = false,
): Promise<Bound> {
  if (config === undefined || config.pairs.length + config.scopes.length === 0) {
    return { settings: [], findings: [], pairs: [] };
  }
  const hasPair = options.issuer === undefined && !isPair;
  const settings = names.map((name): FileSettings => {
    const path = pathFrom(config.folder, name);
    const pair = hasPair ? config.pairs.findIndex(({ crl }) => crl.some((glob) => glob.matches(path))) : -1;
    const noneOn = config.pairs[pair]?.noneOn;
    const leftOut = noneOn === undefined ? {} : { issuerLeftOutBy: `issuer: none in ${config.name}:${noneOn}` };
    return { ...(pair !== -1 && { pair }), stated: { ...statedOf(path, config, options), ...leftOut } };
  });
  const used = new Set(settings.map(({ pair }) => pair));
  const findings: OwnFinding[] = [];
  const pairs: (readonly GivenCertificate[])[] = [];
  for (const [i, { issuer }] of config.pairs.entries()) {
    const certificates = new CertificateList(verifier);
    const paths = used.has(i) ? issuer.map((path) => relative(process.cwd(), resolve(config.folder, path))) : [];
    await readCertificateFiles(`pairs[${i}].issuer`, "a CA certificate", paths, reader, { certificates, findings });
    pairs.push(certificates.list);
  }
  return { settings, findings, pairs };
}

function statedOf(path: string, { scopes }: LoadedConfig, options: PathOptions): NonNullable<FileSettings["stated"]> {
  const { scope, completeness } = scopes.find(({ crl }) => crl.some((glob) => glob.matches(path))) ?? {};
  return {
    ...(scope !== undefined && options.scope === undefined && { scope }),
    ...(completeness !== undefined && options.completeness === undefined && { completeness }),
  };
}
