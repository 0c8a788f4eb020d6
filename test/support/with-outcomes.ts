interface ReportedOutcome {
  readonly rule: string;
  readonly status: string;
  readonly why?: string;
  readonly count: number;
}

interface ShortReport {
  readonly runs: readonly { readonly kind?: number; readonly rules: readonly ReportedOutcome[] }[];
  readonly kinds: readonly (readonly Partial<ReportedOutcome>[])[];
}

/**
 * Returns a json report in which each run lists the outcomes of all rules: if a run does not name a rule, the rule ended
 * as in the list of the run's kind.
 */
export function withOutcomes<T extends { readonly runs: readonly object[] }>(report: T): T {
  const { runs, kinds } = report as unknown as ShortReport;
  const whole = runs.map(({ kind, rules, ...run }) => {
    const list =
      kind === undefined ? rules : (kinds[kind] ?? []).map((each) => ({ status: "passed", count: 0, ...each }));
    return { ...run, rules: list.map((each) => rules.find(({ rule }) => rule === each.rule) ?? each) };
  });
  return { ...report, runs: whole };
}
