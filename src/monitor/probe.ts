import { withoutCites } from "../rule/without-cites.ts";
import { readCrl } from "../crl/read.ts";
import { contents, hex } from "../der/span.ts";
import type { FetchedInput } from "../fetch/obtain.ts";
import { escapePath } from "../files/escape-path.ts";
import type { OwnFinding } from "../files/own-run.ts";
import type { IssuerStore } from "../given/issuer-store.ts";
import type { Transport } from "../given/other-crl.ts";
import { matchesSubject } from "../given/pair.ts";
import type { LintOptions } from "../lint/lint.ts";
import { escapeText } from "../name/escape.ts";
import { formatCount } from "../rule/format-count.ts";
import type { Run } from "../rule/report.ts";
import { withVerdict } from "../rule/verdict.ts";
import { issuersOf, type Target } from "./targets.ts";

/** Whether a URL returned a CRL of the CA that a probe is about, according to its issuer or its key identifier. */
export function isOfCa(
  { object }: FetchedInput,
  target: Target,
  { issuers, options }: { readonly issuers: IssuerStore; readonly options: LintOptions },
): boolean {
  if (object.kind !== "crl") return false;
  const crl = readCrl(object.artefact.bytes, "crl", options);
  const { keyIdentifier } = crl.authorityKeyIdentifier ?? {};
  const key = keyIdentifier && hex(contents(object.artefact.bytes, keyIdentifier));
  const known = issuersOf(target, issuers)?.flat() ?? [];
  return (
    target.records.some((record) => record.keyIdentifier === key) ||
    known.some(({ certificate }) => matchesSubject(crl, certificate))
  );
}

/** Returns the finding for a probe without a usable answer, which shows nothing about the CA. */
export function notProbed({ url, status, failure }: Transport): OwnFinding {
  const why = failure === undefined ? `the server answers with status ${status}` : escapeText(failure.why);
  return {
    rule: "crllint/not-fetched",
    severity: "error",
    message: `not known whether a CRL is there: ${why}`,
    file: escapePath(url),
    help: "the next round tries again",
  };
}

/** Returns the run of a CRL with a finding that the CRL must not exist. */
export function withUndisclosed(run: Run, disclosed: number, options: LintOptions): Run {
  const finding = withoutCites({
    rule: "crllint/undisclosed-partition",
    severity: "error",
    message: `the CA has a CRL outside the numbers of the ${formatCount(disclosed)} URLs that it discloses in the CCADB`,
    location: { file: run.crl, path: "", offset: 0, length: 0 },
    help: "disclose its URL in the CCADB, or stop serving it",
  });
  return withVerdict({ ...run, findings: [finding, ...run.findings] }, options);
}
