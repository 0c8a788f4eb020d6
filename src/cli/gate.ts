import type { Origin } from "../files/configure.ts";
import { toLintOptions } from "../library/lint-options.ts";
import { saySeverity, selectRules } from "../lint/select.ts";
import { options } from "../options/table.ts";
import { UsageError } from "../options/usage-error.ts";
import { libraryOptionsFrom } from "../options/values.ts";
import type { RuleHead } from "../rule/rule.ts";
import { loadableRules } from "../rules/heads.ts";

/** Options that the preset sets, or that it excludes because its result must depend only on the call. */
const excluded = ["config", "baseline", "signature"] as const;

/**
 * Returns the flags of `--gate`, the preset for a signing gate: the exit code depends only on the command line and the
 * files. Warnings fail the run. So does a rule that could not be checked, unless `--without` names the input that it
 * needs.
 *
 * @param flags values from the command line and the environment
 * @param originOf returns where an option was given; values from the environment are dropped
 * @throws UsageError if an option was given that the preset excludes
 */
export function gateFlags<F extends object>(flags: F, originOf: (option: string) => Origin): F {
  const given = flags as Readonly<Record<string, unknown>>;
  const gate: Record<string, unknown> = { ...given };
  for (const [name, { default: usual, negation }] of options) {
    if (originOf(name) === "environment") gate[name] = usual;
    if (negation?.isOfCall !== true || gate[name] !== false) continue;
    throw new UsageError(`--gate excludes ${negation.flags}: --gate makes every core check`);
  }
  for (const name of excluded) {
    if (originOf(name) !== "command line" || given[name] === false) continue;
    throw new UsageError(`--gate excludes --${name}: its result depends on nothing but the command line and the files`);
  }
  if (originOf("failOn") === "command line" && (gate["failOn"] === "never" || gate["failOn"] === "error")) {
    throw new UsageError("--gate fails for warnings: --fail-on must be warning or notice");
  }
  const preset = {
    ...gate,
    config: false,
    suppress: false,
    failOn: originOf("failOn") === "command line" ? gate["failOn"] : "warning",
    failOnSkipped: true,
  };
  checkRequired(gate);
  return preset as object as F;
}

/** Rejects flags that leave out a core check or a check of what the call expects, or change its severity. */
function checkRequired(flags: Readonly<Record<string, unknown>>): void {
  const { selection } = toLintOptions(libraryOptionsFrom(flags), undefined, undefined);
  const { deselectedBy, severityOf } = selectRules(loadableRules, selection);
  const expects = new Set(
    [...options].flatMap(([name, option]) => (flags[name] === undefined ? [] : (option.expects ?? []))),
  );
  const isRequired = ({ core, looksAt = [] }: RuleHead): boolean =>
    core !== undefined || looksAt.some((aspect) => expects.has(aspect));
  for (const rule of (loadableRules as readonly RuleHead[]).filter(isRequired)) {
    const severity = severityOf(rule);
    const why =
      deselectedBy(rule) ?? (severity === undefined || severity === "error" ? undefined : saySeverity(severity));
    if (why !== undefined) throw new UsageError(`--gate requires ${rule.id} as an error: ${why}`);
  }
}

/** @throws UsageError if options of `--gate` are given without it */
export function checkWithoutGate(flags: object): void {
  if ("without" in flags && flags.without !== undefined) throw new UsageError("--without requires --gate");
}
