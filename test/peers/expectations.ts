import { existsSync, readFileSync } from "node:fs";
import { isAtLeast, type Severity } from "../../src/rule/report.ts";
import { type LintCrlOptions, lintCrl } from "../../src/index.ts";

/** CRLs of other projects with what their own tests say of them; a fresh checkout does not have them. */
const corpus = new URL("../../../shared/corpus/", import.meta.url);
const index = new URL("index.jsonl", corpus);

/** Whether the corpus is there. */
export const hasCorpus = existsSync(index);

/** What the test of a peer says of one CRL, by one check of its own. */
export interface Expectation {
  /** Name of the peer's lint, validator or test. */
  readonly check: string;
  /** Name of the file that the CRL is in. */
  readonly file: string;
  /** How bad the peer's check finds the CRL; its silence is of this one check only. */
  readonly verdict: Severity | "passes";
  readonly crl: string;
  readonly ca: string | undefined;
}

/** By which rules, and how, crllint judges what a check of a peer judges. */
export interface Counterpart {
  /** Where the check fails, one of them does; where it passes, none. */
  readonly rules: readonly string[];
  readonly profile?: LintCrlOptions["profile"];
  /** What the peer takes for granted, or was told by its test. */
  readonly options?: Partial<LintCrlOptions>;
}

/** Counterparts by check, or by check and file (`check file`) where one check judges several things. */
export type Counterparts = Readonly<Record<string, Counterpart>>;

interface Row {
  readonly crl: string;
  readonly ca?: string;
  readonly group: string;
  readonly stated_expectation?: string;
}

/** Reads what the tests of some groups of the corpus say. */
export function readExpectations(groups: readonly string[]): readonly Expectation[] {
  if (!hasCorpus) return [];
  const rows = readFileSync(index, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
  return rows
    .filter(({ group }) => groups.includes(group))
    .flatMap(({ crl, ca, stated_expectation: stated = "" }) =>
      statementsOf(stated).map((statement) => ({ ...statement, crl, ca, file: crl.replace(/^.*\//u, "") })),
    );
}

function statementsOf(stated: string): readonly Pick<Expectation, "check" | "verdict">[] {
  const [head = "", ...lines] = stated.split("\n");
  if (head.startsWith("pkilint findings:")) {
    // node_path,validator,severity,code,message
    return lines.map((line) => {
      const [, , severity = "", check = ""] = line.split(",");
      return { check, verdict: verdictOf(severity) };
    });
  }
  return stated.split(/ \|\| | ; /u).flatMap((part) => {
    const { check, verdict } = /(?<check>\w+): (?<verdict>.*)$/u.exec(part)?.groups ?? {};
    return check === undefined || verdict === undefined ? [] : [{ check, verdict: verdictOf(verdict) }];
  });
}

/** A verdict in crllint's words. NA, NE and silence are passes; an error of a client, which knows one degree, is a notice. */
function verdictOf(text: string): Expectation["verdict"] {
  if (/^err(?:or)?\b(?!::|\()/iu.test(text)) return "error";
  if (/^warn/iu.test(text)) return "warning";
  return /^(?:notice|Error::|Err\()/iu.test(text) ? "notice" : "passes";
}

/** Whether crllint sees a CRL as its peer does: one of the rules fails as gravely, or none of them fails. */
export function isMet({ crl, ca, verdict }: Expectation, { rules, profile = "tls-br", options }: Counterpart): boolean {
  const run = lintCrl({
    crl: readFileSync(new URL(crl, corpus)),
    ...(ca === undefined ? {} : { issuer: readFileSync(new URL(ca, corpus)) }),
    profile,
    ...options,
  });
  const found = run.findings.filter(({ rule }) => rules.includes(rule));
  if (verdict === "passes") return found.length === 0;
  return found.some(({ severity }) => isAtLeast(severity, verdict));
}
