// Coverage-guided fuzzing of the library: changes CRLs and CA certificates, keeps inputs that reach new code, and
// reports crashes. V8 counts the blocks that run, so the code is not instrumented and no native module is needed.
//
//   npm run fuzz -- [--seconds 60] [--seed 1] [--input FILE]
//
// Inputs that crash are written to coverage/fuzz/, and `--input` runs one of these files again. Exits with 1 on a
// crash.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { parseArgs } from "node:util";
import { kit } from "../src/fixture/index.ts";
import { lintCrl, reportOf, rules, type Run } from "../src/index.ts";
import { renderHuman } from "../src/report/human.ts";
import { renderAll } from "../src/report/renderer.ts";
import { renderJson } from "../src/report/json.ts";
import { broken } from "../test/hostile/inside.ts";
import { mutate, Random } from "../test/hostile/mutate.ts";
import { readCorpus, readCorpusFile } from "./corpus.ts";

/** A CRL and the CA certificate for it. */
interface Pair {
  readonly crl: Uint8Array;
  readonly ca: Uint8Array;
}

/** Number of executions between two readings of the counters. A reading takes as long as several executions. */
const batchSize = 256;

/** Size of the groups in which a batch is searched for inputs that reached new code. */
const groupSize = 8;

/** Maximum size of a CRL or certificate, in bytes. The hostile suite has larger ones. */
const maximumSize = 16_384;

/** Maximum processor time of one execution, in milliseconds. Wall time would report a busy machine as a crash. */
const timeLimit = 3000;

const now = new Date("2026-11-04T00:00:00Z");

/** Text that no report may contain: control, bidirectional and invisible characters, commands of CI runners. */
const raw =
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  /[\u{0}-\u{8}\u{b}-\u{1f}\u{7f}-\u{9f}\u{ad}\u{61c}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{fff9}-\u{fffb}\u{e0000}-\u{e0fff}]|##\[|##vso\[|^[ \t]*::[A-Za-z][\w-]*(?: [^\n]*?)?::/mu;

const profiles = [
  "rfc5280",
  "tls-br",
  "smime-br",
  "cs-br",
  "mozilla",
  "microsoft",
  "etsi",
  "fpki",
  "rpki",
  "icao",
] as const;

/** One in this number of pairs is also written as JSON, which takes as long as linting it. */
const jsonOneIn = 16;

let executed = 0;

/** Lints a pair and returns the problem; undefined if there is none. */
function execute({ crl, ca }: Pair): string | undefined {
  executed += 1;
  const start = process.cpuUsage();
  let run: Run;
  try {
    run = lintCrl({ crl, issuer: ca, profile: profiles, now });
  } catch (error) {
    // The library rejects an unreadable certificate like any other wrong option.
    if (error instanceof TypeError && /^issuer(?: holds no certificate| holds a CRL|: )/u.test(error.message))
      return undefined;
    return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
  // The contents of PEM have fewer bytes than its text.
  const problems = [...broken(run, { crl: crl.length, issuer: ca.length })];
  const report = reportOf([run]);
  const text = [...renderAll(renderHuman, report, { verbose: true })].join("");
  const character = raw.exec(text);
  if (character !== null) problems.push(`raw ${JSON.stringify(character[0])} in the report`);
  if (executed % jsonOneIn === 0) JSON.parse([...renderAll(renderJson, report, {})].join(""));
  const took = process.cpuUsage(start).user / 1000;
  if (took > timeLimit) problems.push(`took ${Math.round(took)} ms`);
  return problems.length === 0 ? undefined : problems.join("; ");
}

/** Counter of the blocks of crllint's code that have run. */
class Coverage {
  readonly #session = new Session();
  readonly #covered = new Set<string>();
  readonly #known = new Set<string>();

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post("Profiler.enable");
    await this.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  /** Returns the blocks that have run since the last reading for the first time. */
  async look(): Promise<ReadonlySet<string>> {
    const fresh = new Set<string>();
    for (const block of await this.#take()) {
      if (!this.#covered.has(block)) fresh.add(block);
      this.#covered.add(block);
    }
    return fresh;
  }

  /** Returns the given blocks that have run since the last reading. */
  async among(blocks: ReadonlySet<string>): Promise<readonly string[]> {
    return (await this.#take()).filter((block) => blocks.has(block));
  }

  async #take(): Promise<readonly string[]> {
    const { result } = await this.#session.post("Profiler.takePreciseCoverage");
    const blocks: string[] = [];
    for (const { url, functions } of result) {
      const path = /\/src\/(?!fixture|explain|cli)(?<path>.*)$/u.exec(url)?.groups?.["path"];
      if (path === undefined) continue;
      for (const { startOffset, endOffset, count } of functions.flatMap(({ ranges }) => ranges)) {
        const block = `${path}:${startOffset}-${endOffset}`;
        this.#known.add(block);
        if (count > 0) blocks.push(block);
      }
    }
    return blocks;
  }

  get text(): string {
    return `${this.#covered.size} of ${this.#known.size} blocks`;
  }
}

/** Returns all examples of all rules, and the small CRLs of the corpus with their certificates. */
function seeds(): readonly Pair[] {
  const examples = rules.flatMap((rule) => {
    const { bad, good } = rule.examples();
    return [...bad, ...good].map(({ make }) => make(kit));
  });
  const made = examples.flatMap(({ crl, ca }) => (ca instanceof Uint8Array ? [{ crl, ca }] : []));
  const found = (readCorpus() ?? []).flatMap(({ crl, ca }) => {
    return ca === undefined ? [] : [{ crl: readCorpusFile(crl), ca: readCorpusFile(ca) }];
  });
  const fits = ({ crl, ca }: Pair): boolean => crl.length <= maximumSize && ca.length <= maximumSize;
  return [...made, ...found.map(({ crl, ca }) => ({ crl: Uint8Array.from(crl), ca: Uint8Array.from(ca) }))].filter(
    fits,
  );
}

class Fuzzer {
  executions = 0;
  crashes = 0;
  readonly kept: Pair[] = [];
  readonly #random: Random;
  readonly #coverage: Coverage;
  readonly #reasons = new Set<string>();

  constructor(random: Random, coverage: Coverage) {
    this.#random = random;
    this.#coverage = coverage;
  }

  /** Adds initial pairs. */
  async seed(pairs: readonly Pair[]): Promise<void> {
    for (const pair of pairs) this.#execute(pair);
    await this.#coverage.look();
    this.kept.push(...pairs);
  }

  /** Runs changed pairs and keeps those that reach new code. To find them, it runs the pairs again in groups. */
  async run(batch: readonly Pair[]): Promise<void> {
    for (const pair of batch) this.#execute(pair);
    const fresh = new Set(await this.#coverage.look());
    for (let i = 0; i < batch.length && fresh.size > 0; i += groupSize) {
      const group = batch.slice(i, i + groupSize);
      for (const pair of group) execute(pair);
      const reached = await this.#coverage.among(fresh);
      if (reached.length > 0) this.kept.push(...group);
      for (const block of reached) fresh.delete(block);
    }
  }

  /** Returns a batch of changed pairs. */
  next(): readonly Pair[] {
    return Array.from({ length: batchSize }, () => {
      const random = this.#random;
      const { crl, ca } = random.pick(this.kept);
      const other = random.pick(this.kept);
      // In some pairs, the certificate is also changed. In some, only the certificate is changed, so the names can
      // still match.
      const part = random.below(8);
      const changed = {
        crl: part === 0 ? crl : mutate(crl, [other.crl], random),
        ca: part < 2 ? mutate(ca, [other.ca], random) : ca,
      };
      return changed.crl.length <= maximumSize && changed.ca.length <= maximumSize ? changed : { crl, ca };
    });
  }

  #execute(pair: Pair): void {
    this.executions += 1;
    const problem = execute(pair);
    if (problem === undefined) return;
    // Each place is reported once.
    const reason = problem.replaceAll(/\d+/gu, "N").slice(0, 300);
    if (this.#reasons.has(reason)) return;
    this.#reasons.add(reason);
    this.crashes += 1;
    const folder = new URL("../coverage/fuzz/", import.meta.url);
    mkdirSync(folder, { recursive: true });
    const file = new URL(`crash-${this.crashes}.json`, folder);
    writeFileSync(file, JSON.stringify({ problem, crl: encode(pair.crl), ca: encode(pair.ca) }, undefined, 2));
    console.log(`crash ${this.crashes}: ${problem.slice(0, 400)}\n  ${file.pathname}`);
  }
}

function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seconds: { type: "string", default: "60" },
      seed: { type: "string", default: "1" },
      input: { type: "string" },
    },
  });
  if (values.input !== undefined) {
    const { crl, ca } = JSON.parse(readFileSync(values.input, "utf8")) as { readonly crl: string; readonly ca: string };
    const problem = execute({
      crl: new Uint8Array(Buffer.from(crl, "base64")),
      ca: new Uint8Array(Buffer.from(ca, "base64")),
    });
    console.log(problem ?? "no problem found");
    return problem === undefined ? 0 : 1;
  }
  const coverage = new Coverage();
  await coverage.start();
  const fuzzer = new Fuzzer(new Random(Number(values.seed)), coverage);
  const started = performance.now();
  const elapsed = (): number => (performance.now() - started) / 1000;
  await fuzzer.seed(seeds());
  const status = (): string =>
    `${fuzzer.executions} executions in ${Math.round(elapsed())} s, ${coverage.text}, ${fuzzer.kept.length} inputs kept, ${fuzzer.crashes} crashes, seed ${values.seed}`;
  console.log(`seeds: ${status()}`);
  let told = elapsed();
  while (elapsed() < Number(values.seconds)) {
    await fuzzer.run(fuzzer.next());
    if (elapsed() < told + 60) continue;
    told = elapsed();
    console.log(status());
  }
  console.log(status());
  return fuzzer.crashes === 0 ? 0 : 1;
}

process.exitCode = await main();
