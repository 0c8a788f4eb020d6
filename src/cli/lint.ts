import { finish } from "./finish.ts";
import { readFurther } from "./further.ts";
import { gather, type Gathered } from "./gather.ts";
import { type ExitCode, type Io, UsageError } from "./io.ts";
import { judge } from "./judge.ts";
import type { LintFlags } from "./options.ts";
import { type OwnFinding, ownRun } from "./own-run.ts";
import { Reader } from "./reader.ts";
import { checkReportFiles } from "./report-files.ts";
import { settingsOf } from "./settings.ts";

/**
 * Judges the CRLs among some files by the certificates among them, and writes one report.
 *
 * @throws UsageError where there is nothing to judge, a rule is named that does not exist, or an option that is about
 * one CRL is given with several
 */
export async function lint(operands: readonly string[], flags: LintFlags, io: Io): Promise<ExitCode> {
  if (operands.length === 0) throw new UsageError("missing argument: no file is named");
  const options = settingsOf(flags, io);
  checkReportFiles(flags.report ?? [], [...operands, ...filesIn(flags)]);
  const { profiles } = options.selection;
  const form = flags.tbs === true ? "tbs" : "crl";
  const reader = new Reader(io, flags.stdinName);
  const gathered = await gather({ operands, issuerFiles: flags.issuer, form }, reader, options.verifier);
  const further = await readFurther(flags, reader, options.verifier);
  const { objects, certificates, issuers, findings } = gathered;
  checkSingle(objects.length, flags);
  const given =
    issuers === undefined
      ? { issuers: certificates, issuersChosen: false, others: [] }
      : { issuers, issuersChosen: true, others: certificates };
  const candidates = objects.map((object) => ({ object, ...(flags.url !== undefined && { url: flags.url }) }));
  const runs = [
    ...judge(candidates, { ...given, form, further, areShards: flags.shards === true }, options),
    ...findings.map((finding) => ownRun(finding, form, profiles)),
  ];
  if (runs.every(({ judged, rules }) => judged && rules.length === 0)) {
    runs.push(ownRun(nothingToLint(gathered, form), form, profiles));
  }
  return finish(runs, flags, io);
}

/** Files that options name to be read. */
function filesIn({ issuer, previous, base, certs, expectRevoked, expectGood, tbsWas }: LintFlags): readonly string[] {
  return [issuer, previous, base, certs, expectRevoked, expectGood, tbsWas].flatMap((files) => files ?? []);
}

/** Some options say something of one CRL: with several, nothing tells of which. */
function checkSingle(count: number, { url, tbsWas }: LintFlags): void {
  const option = url !== undefined ? "--url" : tbsWas !== undefined ? "--tbs-was" : undefined;
  if (option === undefined || count < 2) return;
  throw new UsageError(`${option} is about one CRL, and ${count} are given: lint them one by one`);
}

function nothingToLint({ certificates }: Gathered, form: "crl" | "tbs"): OwnFinding {
  const [first] = certificates;
  const wanted = form === "tbs" ? "TBSCertList" : "CRL";
  const given = certificates.length === 1 ? "a certificate was" : `${certificates.length} certificates were`;
  return {
    rule: "crllint/no-crl",
    severity: "error",
    file: first?.artefact.name ?? "",
    length: first?.artefact.bytes.length ?? 0,
    message: `there is nothing to lint: ${given} given, but no ${wanted}`,
    help: "give the CRL too: crllint ca.pem crl.der",
  };
}
