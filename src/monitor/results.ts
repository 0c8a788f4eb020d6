import type { Run, RunVerdict } from "../rule/report.ts";
import { fails, type Gate } from "../rule/verdict.ts";

/** Fields of a CRL that the history keeps. */
export interface CrlFacts {
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
  readonly crl?: CrlFacts;
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

/** Counts the CRLs by what was done. A record whose URLs cannot be read counts as a CRL that was not fetched. */
export function countResults(results: readonly Result[]): Counts {
  const crls = results.filter(({ kind, run }) => kind === "crl" || (kind === "record" && !run.judged));
  const received = crls.filter(({ run }) => run.core.length > 0);
  const unchecked = received.filter(({ run }) => run.core.some(({ status }) => status === "not-made")).length;
  return {
    crls: crls.length,
    linted: received.length - unchecked,
    unchecked,
    notFetched: crls.length - received.length,
  };
}

/**
 * Returns the verdict on a round: undecided if a CRL, or another input, could not be checked. If a server sends no CRL,
 * that is a finding about the server. If this finding does not fail, since the cause may be on this side or the
 * finding is not counted, the round does not pass either.
 *
 * @param isCounted whether a finding counts; an undecided CRL counts in any case
 */
export function verdictOn(
  results: readonly Result[],
  gate: Gate,
  isCounted: (result: Result, finding: Run["findings"][number]) => boolean = () => true,
): RunVerdict {
  // If the CAs are divided into several parts, one of them may be empty.
  if (results.length === 0) return "undecided";
  const isUndecided = ({ run: { core, verdict, judged, findings } }: Result): boolean =>
    (core.length > 0 && verdict === "undecided") ||
    (!judged && findings.some(({ rule, severity }) => rule.startsWith("crllint/") && severity === "error"));
  if (results.some(isUndecided)) return "undecided";
  const isFailed = (result: Result): boolean =>
    result.run.findings.some((each) => isCounted(result, each) && fails(each, result.run.core, gate));
  if (results.some(isFailed)) return "fail";
  const isMissing = (result: Result): boolean => !result.run.judged && !isFailed(result);
  return results.some(isMissing) ? "undecided" : "pass";
}
