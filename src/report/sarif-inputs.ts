import { groupBy } from "../der/group-by.ts";
import type { CoreCheck, RuleOutcome, Run } from "../rule/report.ts";
import { exitCodes } from "../rule/verdict.ts";
import { Totals } from "./counts.ts";
import { fileUri } from "./file-uri.ts";
import type { RenderOptions, ReportHead } from "./renderer.ts";
import type { RuleTable } from "./sarif-rules.ts";
import type { Json } from "./serialize.ts";
import { countOf } from "../rule/format-count.ts";

/** Maximum number of inputs that a notification names; the rest are counted. */
const maximumNamed = 20;

/** Maximum number of different notifications. */
const maximumNotifications = 1000;

/** A notification about one or more inputs. */
interface Notice {
  readonly rule: string;
  readonly level: "error" | "note";
  readonly text: string;
  readonly inputs: Set<string>;
  more: number;
}

function coreOf({ rule, status, why }: CoreCheck): Json {
  return { rule, status, why };
}

/**
 * Collects the part of a log that is about inputs and comes after the results: the inputs, the outcomes of all rules,
 * and the causes of undecided runs. Data that many inputs share is kept once.
 */
export class SarifInputs {
  readonly #rules: RuleTable;
  readonly #escape: (text: string) => string;
  readonly #names = new Set<string>();
  readonly #inputs: Json[] = [];
  readonly #outcomes = new Map<string, Json>();
  readonly #notices = new Map<string, Notice>();
  readonly #totals: Totals;
  #unnamed = 0;

  /** @param escape escapes a message for the reader of the log */
  constructor(rules: RuleTable, escape: (text: string) => string, options: RenderOptions, head: ReportHead) {
    this.#totals = new Totals(options, head);
    this.#rules = rules;
    this.#escape = escape;
  }

  /** Adds a run. */
  add(run: Run): void {
    const { crl, form, sha256, verdict, judged, core, entries, pairing, rules, findings } = run;
    this.#names.add(crl);
    this.#totals.add(run);
    const issuer = pairing && { file: pairing.certificate, sha256: pairing.sha256, why: pairing.why };
    this.#inputs.push({
      crl,
      form,
      sha256,
      verdict,
      judged,
      core: core.map(coreOf),
      entries,
      issuer,
      outcomes: this.#share(rules),
    });
    const [cause] = judged ? [] : findings.filter(({ severity }) => severity === "error");
    if (cause !== undefined) this.#notify(crl, cause.rule, "error", `undecided: ${cause.message}.`);
    for (const { rule, status, why } of rules) {
      if (status !== "crashed" && status !== "skipped") continue;
      const text = `${rule} ${status === "crashed" ? status : "was skipped"}${why === undefined ? "" : `: ${why}`}.`;
      this.#notify(crl, rule, status === "crashed" ? "error" : "note", text);
    }
  }

  /** Returns the fields of a SARIF run that are about its inputs. */
  fields() {
    const { verdict, cause } = this.#totals;
    return {
      invocations: [
        {
          executionSuccessful: verdict !== "undecided",
          exitCode: exitCodes[verdict],
          exitCodeDescription: cause,
          toolExecutionNotifications: this.#notifications(),
          properties: { verdict },
        },
      ],
      artifacts: Array.from(this.#names, (name) => ({ location: { uri: fileUri(name) }, roles: ["analysisTarget"] })),
      properties: { inputs: this.#inputs },
    };
  }

  /**
   * Returns the outcomes of all rules, which auditors need and for which SARIF has no property. Most inputs share one
   * object.
   */
  #share(rules: readonly RuleOutcome[]): Json {
    const byStatus = groupBy(rules, ({ status }) => status);
    const fields = Object.fromEntries(Array.from(byStatus, ([status, own]) => [status, own.map(({ rule }) => rule)]));
    const key = JSON.stringify(fields);
    const known = this.#outcomes.get(key);
    if (known !== undefined) return known;
    this.#outcomes.set(key, fields);
    return fields;
  }

  #notify(crl: string, rule: string, level: Notice["level"], text: string): void {
    const key = `${rule}\n${text}`;
    const known = this.#notices.get(key);
    if (known === undefined) {
      if (this.#notices.size < maximumNotifications) {
        this.#notices.set(key, { rule, level, text, inputs: new Set([crl]), more: 0 });
      } else this.#unnamed += 1;
    } else if (known.inputs.size < maximumNamed) known.inputs.add(crl);
    else known.more += 1;
  }

  *#notifications(): Iterable<Json> {
    const { verdict, cause } = this.#totals;
    if (cause !== undefined) yield { level: "error", message: { text: this.#escape(`${verdict}: ${cause}.`) } };
    for (const { rule, level, text, inputs, more } of this.#notices.values()) {
      yield {
        level,
        message: {
          text: this.#escape(more === 0 ? text : `${text} The same applies to ${countOf(more, "more input")}.`),
        },
        locations: Array.from(inputs, (name) => ({ physicalLocation: { artifactLocation: { uri: fileUri(name) } } })),
        associatedRule: { id: rule, index: this.#rules.indexOf(rule) },
      };
    }
    if (this.#unnamed === 0) return;
    yield { level: "note", message: { text: `... and ${countOf(this.#unnamed, "more notification")}.` } };
  }
}
