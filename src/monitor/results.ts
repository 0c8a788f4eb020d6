import type { Run, RunVerdict } from "../rule/report.ts";
import { fails, type Gate, withVerdict, worstVerdict } from "../rule/verdict.ts";

/** Fields of a CRL that the history keeps. */
export interface KeptFacts {
  readonly sha256: string;
  /** cRLNumber in decimal; absent if it is missing or cannot be read. */
  readonly number?: string;
  /** Seconds since 1970. */
  readonly thisUpdate?: number;
  readonly nextUpdate?: number;
  readonly size: number;
  readonly entries: number;
}

/** The result for one URL, or for one record of the CCADB. All text is escaped. */
export interface Result {
  readonly run: Run;
  /**
   * Subject of the result; `settings` for suppressions that are no longer used, `probe` for a URL that gave no answer.
   */
  readonly kind: "crl" | "record" | "probe" | "settings";
  /** Names of the owner and of the CA, if they are known. */
  readonly owner: string;
  readonly ca: string;
  /** Set if a CRL was received. */
  readonly crl?: KeptFacts;
  /** Seconds since 1970. */
  readonly at: number;
  /** Rules that could not be checked this time; undefined if none could. */
  readonly unchecked?: readonly string[];
}

/** Numbers of CRLs by what was done. */
export interface Counts {
  readonly crls: number;
  readonly linted: number;
  /** CRLs whose core checks were not made, usually because their CA's certificate is missing. */
  readonly unchecked: number;
  readonly notFetched: number;
}

/** Returns a result without data that is not read later: the outcomes of the hundreds of rules that passed. */
export function resultOf(run: Run, about: Pick<Result, "kind" | "owner" | "ca" | "crl" | "at">): Result {
  const unchecked = run.rules.filter(({ status }) => status === "skipped" || status === "crashed");
  const kept = run.rules.filter(({ status }) => status === "failed" || status === "crashed" || status === "off");
  return {
    ...about,
    run: { ...run, rules: kept },
    ...(run.rules.length > 0 && { unchecked: unchecked.map(({ rule }) => rule) }),
  };
}

/** Name of the findings about CRLs that are not fetched. */
export const notFetchedRule = "crllint/not-fetched";

/** Counts the CRLs by what was done. A record whose URLs cannot be read counts as a CRL that was not fetched. */
export function countResults(results: readonly Result[]): Counts {
  const crls = results.filter(
    ({ kind, run }) =>
      kind === "crl" || (kind === "record" && run.findings.some(({ rule }) => rule === notFetchedRule)),
  );
  const received = crls.filter(({ run }) => run.core.length > 0);
  const unchecked = received.filter(({ run }) => run.core.some(({ status }) => status === "not-made")).length;
  return {
    crls: crls.length,
    linted: received.length - unchecked,
    unchecked,
    notFetched: crls.length - received.length,
  };
}

/** Returns results with the verdicts on their runs, after findings were suppressed. */
export function withVerdicts(results: readonly Result[], gate: Gate): readonly Result[] {
  return results.map((result) => ({ ...result, run: withVerdict(result.run, gate) }));
}

/**
 * Returns the verdict on a round: the worst verdict on its results, as in the reports of all commands. A URL that
 * returns no CRL is undecided, whatever the cause.
 *
 * @param isCounted whether a finding counts; a result without a finding that counts does not fail, but an undecided one
 *   stays undecided
 */
export function verdictOn(
  results: readonly Result[],
  gate: Gate,
  isCounted?: (result: Result, finding: Run["findings"][number]) => boolean,
): RunVerdict {
  // If the CAs are divided into several parts, one of them may be empty.
  return worstVerdict(
    results.map((result) => {
      const { verdict, findings, core } = result.run;
      const isKnown =
        isCounted !== undefined &&
        verdict === "fail" &&
        !findings.some((each) => isCounted(result, each) && fails(each, core, gate));
      return { verdict: isKnown ? "pass" : verdict };
    }),
  );
}
