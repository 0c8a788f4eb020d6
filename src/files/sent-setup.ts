import { openCertificate } from "../cert/open.ts";
import { readCcadb } from "../given/ccadb.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { Artefact } from "../input/read.ts";
import type { LintInput, LintOptions } from "../lint/lint.ts";
import { PemMap, type PemMapData } from "../pem/map.ts";
import { nodeVerifier } from "../verify/node.ts";
import type { LintSetup } from "./lint-setup.ts";
import type { InputFile } from "./read-files.ts";

/** A `LintSetup` in a form that can be sent to a worker. */
export interface SentSetup {
  readonly form: LintInput["form"];
  readonly options: Omit<LintOptions, "verifier">;
  readonly issuers: readonly SentArtefact[];
  readonly issuersChosen: boolean;
  readonly others: readonly SentArtefact[];
  readonly pairs: readonly (readonly SentArtefact[])[];
  /** The file of --ccadb. */
  readonly ccadb: InputFile | undefined;
}

/** An artefact without methods. */
type SentArtefact = Omit<Artefact, "pem"> & { readonly pem?: PemMapData };

/**
 * Converts a setup to a form that can be sent.
 *
 * @param ccadb the file of --ccadb
 */
export function sendSetup({ shared, pairs, options }: LintSetup, ccadb?: InputFile): SentSetup {
  const { form, issuers, issuersChosen, others } = shared;
  const { verifier: _, ...settings } = options;
  const send = (list: readonly GivenCertificate[]): readonly SentArtefact[] =>
    list.map(({ artefact: { pem, ...artefact } }) => (pem === undefined ? artefact : { ...artefact, pem: pem.data }));
  return {
    form,
    options: settings,
    issuers: send(issuers),
    issuersChosen,
    others: send(others),
    pairs: pairs.map(send),
    ccadb,
  };
}

/** Rebuilds a setup that was sent. */
export function receiveSetup({ form, options, issuers, issuersChosen, others, pairs, ccadb }: SentSetup): LintSetup {
  const receive = (list: readonly SentArtefact[]): readonly GivenCertificate[] =>
    list.flatMap(({ pem, ...sent }) => {
      const artefact = pem === undefined ? sent : { ...sent, pem: PemMap.of(pem) };
      const certificate = openCertificate(artefact.bytes, options);
      return certificate === undefined ? [] : [{ certificate, artefact }];
    });
  const records = ccadb && readCcadb(ccadb.name, ccadb.bytes);
  return {
    shared: {
      form,
      issuers: receive(issuers),
      issuersChosen,
      others: receive(others),
      ...(records && !("fault" in records) && { ccadb: records }),
    },
    pairs: pairs.map(receive),
    options: { ...options, verifier: nodeVerifier() },
  };
}
