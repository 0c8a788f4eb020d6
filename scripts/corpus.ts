// Lints every CRL of an independent corpus and compares the result with the index of the corpus: whether the issuer is
// byte-for-byte the CA's subject, and whether the signature verifies. Exits with 1 on any disagreement that is not
// explained below.
import { existsSync, readFileSync } from "node:fs";
import { lintCrl, type Run } from "../src/index.ts";
import { isMain } from "./is-main.ts";

/** Directory of the corpus, next to the project. */
const folder = new URL("../../shared/corpus/", import.meta.url);

/** One line of the corpus index. */
export interface CorpusItem {
  readonly crl: string;
  readonly ca?: string;
  readonly issuer_bytes_equal?: boolean;
  readonly signature_verifies?: boolean;
  readonly name_difference?: string;
  readonly real_or_synthetic: string;
  readonly group: string;
  readonly features?: readonly string[];
  readonly stated_expectation?: string;
}

/** Reasons for correct disagreements with the index, by the CRL's path. */
const explained: ReadonlyMap<string, string> = new Map();

/** Maximum time for one CRL of the corpus, in milliseconds. */
const limit = 5000;

/** Returns the lines of the corpus index; undefined if there is no corpus. */
export function readCorpus(): readonly CorpusItem[] | undefined {
  const index = new URL("index.jsonl", folder);
  if (!existsSync(index)) return undefined;
  return readFileSync(index, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as CorpusItem);
}

/** Returns the bytes of a file of the corpus. */
export function readCorpusFile(path: string): Uint8Array {
  return readFileSync(new URL(path, folder));
}

/** Returns the disagreements between crllint and the index for one CRL. */
export function disagreements(item: CorpusItem, run: Run): readonly string[] {
  const found: string[] = [];
  const crashed = run.rules.filter(({ status }) => status === "crashed").map(({ rule }) => rule);
  if (crashed.length > 0) found.push(`crashed: ${crashed.join(", ")}`);
  if (item.ca === undefined) return found;
  const rule = run.rules.find((outcome) => outcome.rule === "issuer/not-byte-identical");
  const accused = rule?.status === "failed";
  if (item.issuer_bytes_equal === true && accused) found.push("reported another issuer, but the bytes are the same");
  if (item.issuer_bytes_equal === false && !accused)
    found.push(`other issuer not found: the rule ${rule?.status ?? "did not run"}`);
  const names = run.findings.find((finding) => finding.rule === "issuer/not-byte-identical")?.names;
  if (item.name_difference === "string types only" && names?.difference !== "string-type") {
    found.push(`only string types differ, reported as ${names?.difference ?? "nothing"}`);
  }
  const { verdict } = run.signature;
  if (
    item.signature_verifies !== undefined &&
    verdict !== "not-checked" &&
    (verdict === "valid") !== item.signature_verifies
  ) {
    found.push(`signature ${verdict}, the index has ${item.signature_verifies ? "valid" : "invalid"}`);
  }
  return found;
}

function main(): number {
  const corpus = readCorpus();
  if (corpus === undefined) {
    console.log("no corpus next to the project (../shared/corpus): nothing to run");
    return 0;
  }
  const tally = new Map<string, number>();
  const count = (key: string): void => void tally.set(key, (tally.get(key) ?? 0) + 1);
  const problems: string[] = [];
  const rules = new Map<string, { crls: number; real: number }>();
  const kinds: string[] = [];
  let slowest = { ms: 0, crl: "" };
  for (const item of corpus) {
    const started = performance.now();
    const run = lintCrl({
      crl: readCorpusFile(item.crl),
      ...(item.ca === undefined ? {} : { issuer: readCorpusFile(item.ca) }),
      name: item.crl,
    });
    const ms = performance.now() - started;
    if (ms > slowest.ms) slowest = { ms, crl: item.crl };
    if (ms > limit) problems.push(`${item.crl}: ${Math.round(ms)} ms`);
    count(`checked: ${run.judged ? "yes" : "no"}`);
    count(item.ca === undefined ? "issuer: no CA" : `issuer bytes equal, by the index: ${item.issuer_bytes_equal}`);
    if (item.ca !== undefined) {
      count(`signature ${run.signature.verdict}, index: ${item.signature_verifies ?? "unknown algorithm"}`);
      if (run.signature.verdict === "not-checked") count(`not checked: ${run.signature.why ?? ""}`);
    }
    for (const id of new Set(run.findings.map(({ rule, severity }) => `${severity} ${rule}`))) {
      const seen = rules.get(id) ?? { crls: 0, real: 0 };
      rules.set(id, { crls: seen.crls + 1, real: seen.real + (item.real_or_synthetic.startsWith("real") ? 1 : 0) });
    }
    const names = run.findings.find(({ rule }) => rule === "issuer/not-byte-identical")?.names;
    if (names !== undefined) kinds.push(`${item.crl}: ${names.summary}`);
    for (const what of disagreements(item, run)) {
      const why = explained.get(item.crl);
      if (why === undefined) problems.push(`${item.crl}: ${what}`);
      else count(`explained: ${why}`);
    }
  }
  console.log(`${corpus.length} CRLs, profile tls-br; slowest ${slowest.ms.toFixed(0)} ms (${slowest.crl})\n`);
  for (const [key, number] of [...tally].sort(([a], [b]) => (a < b ? -1 : 1)))
    console.log(`${String(number).padStart(6)}  ${key}`);
  console.log("\ndifferent issuers, by kind of difference:");
  for (const line of kinds) console.log(`        ${line}`);
  console.log("\nfindings, by number of all CRLs and of real CRLs:");
  for (const [id, { crls, real }] of [...rules].sort(([, a], [, b]) => b.crls - a.crls)) {
    console.log(`${String(crls).padStart(6)} ${String(real).padStart(5)}  ${id}`);
  }
  console.log(`\n${problems.length} disagreements`);
  for (const problem of problems) console.log(`        ${problem}`);
  return problems.length === 0 ? 0 : 1;
}

if (isMain(import.meta.url)) process.exitCode = main();
