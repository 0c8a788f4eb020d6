import { existsSync, readFileSync } from "node:fs";
import { isAtLeast, type Severity } from "../../src/rule/report.ts";
import { type LintCrlOptions, lintCrl } from "../../src/index.ts";

/** CRLs of other projects with the expectations of their own tests; a clone of this repository does not have them. */
const corpus = new URL("../../../shared/corpus/", import.meta.url);
const index = new URL("index.jsonl", corpus);

/** Whether the corpus exists. */
export const hasCorpus = existsSync(index);

/** The expectation of a peer's test for one CRL and one of its checks. */
export interface Expectation {
  /** Name of the peer's lint, validator or test. */
  readonly check: string;
  /** Name of the CRL's file. */
  readonly file: string;
  /** Severity of the peer's finding; a pass applies only to this check. */
  readonly verdict: Severity | "passes";
  readonly crl: string;
  readonly ca: string | undefined;
}

/** The rules and options of crllint that correspond to a check of a peer. */
export interface Counterpart {
  /** If the check fails, one of these rules fails; if it passes, none does. */
  readonly rules: readonly string[];
  readonly profile?: LintCrlOptions["profile"];
  /** Assumptions of the peer, or options of its test. */
  readonly options?: Partial<LintCrlOptions>;
}

/** Counterparts by check, or by check and file (`check file`) if one check covers several requirements. */
export type Counterparts = Readonly<Record<string, Counterpart>>;

interface Row {
  readonly crl: string;
  readonly ca?: string;
  readonly group: string;
  readonly stated_expectation?: string;
}

/** Reads the expectations of some groups of the corpus. */
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

/** Maps a verdict to crllint's severities. NA, NE and no finding are passes; an error of a client is a notice. */
function verdictOf(text: string): Expectation["verdict"] {
  if (/^err(?:or)?\b(?!::|\()/iu.test(text)) return "error";
  if (/^warn/iu.test(text)) return "warning";
  return /^(?:notice|Error::|Err\()/iu.test(text) ? "notice" : "passes";
}

/** Whether crllint agrees with a peer: one of the rules fails with the same severity, or none of them fails. */
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
