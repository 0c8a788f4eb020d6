import { type FittingBaselines, type SourceId, sources, sourcesFor, sourcesOf } from "../sources/profiles.ts";
import { type Input, inputFor, isOccasion, type Occasion } from "../rule/aspects.ts";
import { type ExpectedInput, isExpectedInput, optionsFor } from "./input-names.ts";
import type { Patterns, Selection } from "./lint-input.ts";
import type { RuleOutcome, Severity } from "../rule/report.ts";
import type { AnyRule, CoreSubject, LoadableRule, Requirement, RuleHead } from "../rule/rule.ts";

/** A rule of a selection; it is loaded when it first runs. */
export class SelectedRule {
  readonly head: RuleHead;
  /** Inputs without which it cannot run. */
  readonly inputs: readonly Input[];
  /** Features that only some CRLs have, and that it looks at. */
  readonly occasions: readonly Occasion[];
  /** Its requirements whose sources are active. The rule itself has the same ones in full, in this order. */
  readonly active: RuleHead["requirements"];
  readonly #rule: LoadableRule;
  readonly #sources: ReadonlySet<SourceId>;
  #last: RuleOutcome | undefined;
  #loaded: { readonly rule: AnyRule; readonly active: readonly Requirement[] } | undefined;

  constructor(rule: LoadableRule, sources: ReadonlySet<SourceId>) {
    this.head = rule;
    this.#rule = rule;
    this.#sources = sources;
    const active: RuleHead["requirements"][number][] = [];
    const inputs: Input[] = [];
    const occasions: Occasion[] = [];
    // This runs at every start for every rule.
    for (const aspect of rule.looksAt ?? []) {
      const input = inputFor(aspect);
      if (input !== undefined && !inputs.includes(input)) inputs.push(input);
      if (isOccasion(aspect)) occasions.push(aspect);
    }
    this.inputs = inputs;
    this.occasions = occasions;
    for (const requirement of rule.requirements) if (sources.has(requirement.source)) active.push(requirement);
    this.active = active;
  }

  /** Returns the outcome of the rule if it finds nothing. Most CRLs of a call have the same one, and share it. */
  outcomeWithoutFinding(status: RuleOutcome["status"], why?: string): RuleOutcome {
    if (this.#last?.status !== status || this.#last.why !== why) {
      this.#last = { rule: this.head.id, status, ...(why === undefined ? {} : { why }), count: 0 };
    }
    return this.#last;
  }

  /** Returns the rule itself, and its active requirements. */
  get loaded(): { readonly rule: AnyRule; readonly active: readonly Requirement[] } {
    if (this.#loaded === undefined) {
      const rule = "load" in this.#rule ? this.#rule.load() : this.#rule;
      this.#loaded = { rule, active: rule.requirements.filter(({ source }) => this.#sources.has(source)) };
    }
    return this.#loaded;
  }
}

/** The rules of a profile after select and ignore. */
export interface Selected {
  readonly rules: readonly SelectedRule[];
  readonly sources: ReadonlySet<SourceId>;
  readonly severityOf: (rule: RuleHead) => Severity | undefined;
  /**
   * Rules of the profile that do not run, each with the option or place that leaves it out: `--ignore signature`,
   * `crllint.yaml:3`. Rules that `--select` of the call does not name are not among them.
   */
  readonly off: ReadonlyMap<RuleHead, string>;
  /** Returns the option or place that deselects a rule: `--ignore signature`. */
  readonly deselectedBy: (rule: RuleHead) => string | undefined;
  /** The core checks among all rules, and the index of each in `rules`; -1 if it is not selected. */
  readonly core: readonly { readonly rule: CoreRule; readonly index: number }[];
  /** The rules that check what a call may expect, and that are not selected. */
  readonly expectations: readonly DeselectedExpectation[];
  /** The rule that reports an input that was not read to its end, even if it is not selected. */
  readonly limitRule: LoadableRule | undefined;
}

/** A rule that does not check what the call expects, because it is not selected. */
export interface DeselectedExpectation {
  readonly rule: RuleHead;
  /** The input that states what is expected. */
  readonly input: ExpectedInput;
  /** The option or place that deselects it. */
  readonly by: string;
}

/** A rule that is a core check. */
export type CoreRule = RuleHead & { readonly core: CoreSubject };

/**
 * Whether a pattern matches a rule: its id, a former id, its part (`idp` or `idp/*`), a source of one of its
 * requirements (`source:mozilla`), or an input that it requires (`needs:certs`).
 */
export function matchesPattern(rule: RuleHead, pattern: string): boolean {
  if (pattern.startsWith("source:")) {
    return rule.requirements.some((requirement) => requirement.source === pattern.slice("source:".length));
  }
  if (pattern.startsWith("needs:")) {
    return (optionsFor(rule) as readonly string[]).includes(pattern.slice("needs:".length));
  }
  const part = pattern.endsWith("/*") ? pattern.slice(0, -2) : pattern;
  return [rule.id, ...(rule.formerly ?? [])].some((id) => id === pattern || id.startsWith(`${part}/`));
}

/** Returns the first pattern of a selection that matches no rule in some lists: it is usually mistyped. */
export function findUnmatched(
  { settings, ...own }: Selection,
  ...lists: readonly (readonly RuleHead[])[]
): string | undefined {
  const patterns = [own, settings].flatMap((each) =>
    each === undefined ? [] : [...each.select, ...each.ignore, ...each.severity.map(({ pattern }) => pattern)],
  );
  return patterns.find((pattern) => !lists.some((list) => list.some((rule) => matchesPattern(rule, pattern))));
}

/** The last selections. The CRLs of a call have only a few different ones. */
const last = new WeakMap<readonly LoadableRule[], Map<string, Selected>>();

/** Number of selections kept for one list of rules: a few profiles, with the Baseline Requirements of several CAs. */
const maximumKept = 16;

/** Selections as text. All CRLs of a call have the same object. */
const texts = new WeakMap<Selection, string>();

function textOf(selection: Selection): string {
  let text = texts.get(selection);
  if (text === undefined) texts.set(selection, (text = JSON.stringify(selection)));
  return text;
}

/**
 * Selects the rules of a list that run.
 *
 * @param baselines the Baseline Requirements that the profiles apply to the CA; by default all that they may apply to
 * any
 */
export function selectRules(
  all: readonly LoadableRule[],
  selection: Selection,
  baselines?: FittingBaselines,
): Selected {
  let known = last.get(all);
  if (known === undefined) last.set(all, (known = new Map()));
  const key = baselines === undefined ? textOf(selection) : `${baselines.sources.join()} ${textOf(selection)}`;
  let selected = known.get(key);
  if (selected === undefined) {
    if (known.size >= maximumKept) known.clear();
    const { profiles } = selection;
    const bound = baselines === undefined ? sourcesOf(profiles) : sourcesFor(profiles, baselines);
    known.set(key, (selected = settle(all, selection, bound)));
  }
  return selected;
}

function settle(all: readonly LoadableRule[], selection: Selection, bound: ReadonlySet<SourceId>): Selected {
  const { settings } = selection;
  const active = new Set(bound);
  // A source that is selected by name is active even if the profile does not include it.
  for (const pattern of [...selection.select, ...(settings?.select ?? [])]) {
    const source = pattern.startsWith("source:") ? pattern.slice("source:".length) : "";
    if (Object.hasOwn(sources, source)) active.add(source as SourceId);
  }
  // Settings do not switch off core checks, without which no CRL passes, nor checks of what the call expects.
  const isBound = (rule: RuleHead): boolean =>
    settings !== undefined &&
    rule.core === undefined &&
    rule.looksAt?.some((aspect) => settings.expects?.includes(aspect)) !== true;
  const ownObstacle = (rule: RuleHead): Obstacle | undefined => obstacleIn(rule, selection, sayOption);
  const obstacle = (rule: RuleHead): Obstacle | undefined =>
    ownObstacle(rule) ??
    (settings === undefined || !isBound(rule)
      ? undefined
      : obstacleIn(rule, settings, (option, pattern) => {
          const place = settings.places[`${option.slice(2)} ${pattern}`] ?? "";
          if (option === "--select") return `not selected: ${place}`;
          return pattern === rule.id ? place : `${pattern}: ${place}`;
        }));
  const severityOf = (rule: RuleHead): Severity | "off" | undefined =>
    lastSeverity(rule, selection) ?? (settings && isBound(rule) ? lastSeverity(rule, settings) : undefined);
  const rules: SelectedRule[] = [];
  const off = new Map<RuleHead, string>();
  const expectations: DeselectedExpectation[] = [];
  for (const rule of all) {
    const selected = new SelectedRule(rule, active);
    if (selected.active.length === 0) continue;
    const found = obstacle(rule);
    if (found === undefined) {
      rules.push(selected);
      continue;
    }
    if (ownObstacle(rule)?.option !== "--select") off.set(rule, found.said);
    for (const input of selected.inputs.filter(isExpectedInput)) expectations.push({ rule, input, by: found.said });
  }
  return {
    rules,
    sources: active,
    severityOf: (rule) => severityOf(rule) as Severity | undefined,
    off,
    deselectedBy: (rule) => obstacle(rule)?.said,
    core: (all as readonly RuleHead[])
      .filter(isCore)
      .map((rule) => ({ rule, index: rules.findIndex(({ head }) => head === rule) })),
    expectations,
    limitRule: all.find(({ reportsLimit }) => reportsLimit),
  };
}

function isCore(rule: RuleHead): rule is CoreRule {
  return rule.core !== undefined;
}

/** The option that keeps a rule from running. */
interface Obstacle {
  readonly option: "--select" | "--ignore" | "--severity";
  /** Text of the option for reports. */
  readonly said: string;
}

function sayOption(option: Obstacle["option"], pattern: string): string {
  return `${option} ${option === "--severity" ? `${pattern}=off` : pattern}`;
}

function obstacleIn(
  rule: RuleHead,
  { select, ignore, severity }: Patterns,
  say: (option: Obstacle["option"], pattern: string) => string,
): Obstacle | undefined {
  const matches = (pattern: string): boolean => matchesPattern(rule, pattern);
  const ignored = ignore.find(matches);
  if (ignored !== undefined) return { option: "--ignore", said: say("--ignore", ignored) };
  const last = severity.findLast(({ pattern }) => matches(pattern));
  if (last?.severity === "off") return { option: "--severity", said: say("--severity", last.pattern) };
  if (select.length === 0 || select.some(matches)) return undefined;
  return { option: "--select", said: say("--select", select.join(",")) };
}

/** Returns the note that the findings of a core check have another severity: only the command line can set it. */
export function saySeverity(severity: Severity): string {
  return `severity ${severity} (--severity)`;
}

function lastSeverity(rule: RuleHead, { severity }: Patterns): Severity | "off" | undefined {
  return severity.findLast(({ pattern }) => matchesPattern(rule, pattern))?.severity;
}
