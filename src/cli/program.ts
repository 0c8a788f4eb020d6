import { Argument, Command, Option } from "commander";
import type { ExitCode, Io } from "./io.ts";
import {
  addOptions,
  baselineOptions,
  commonOptions,
  type LintFlags,
  lintOptions,
  mergeOptions,
  profileOption,
} from "./options.ts";
import { type FetchFlags, fetchOptions, monitorOptions } from "./fetch-options.ts";
import type { BaselineFlags } from "./baseline.ts";
import type { Shell } from "./completion.ts";
import type { Configured } from "../files/configure.ts";
import type { ReportFlags } from "./finish.ts";
import type { FixtureFlags } from "./fixture.ts";
import type { MonitorFlags } from "./monitor.ts";
import type { NamesFlags } from "./names.ts";
import type { RulesFlags } from "./rules.ts";
import type { SchemaName } from "./schema.ts";
import { type ServeFlags, serveOptions } from "./serve-options.ts";
import type { ShowFlags } from "./show.ts";

const description = `Lints X.509 certificate revocation lists, and compares them with the certificate of their CA.

Files are sorted by what they hold: certificates become candidate issuers, CRLs are linted.
Directories are walked, quoted patterns expanded, and - is standard input.`;

const afterHelp = `
Every option has a twin in the environment: CRLLINT_FORMAT, CRLLINT_FAIL_ON, ...

Exit codes: 0 nothing found that fails, 1 found something, 2 could not judge.

Examples:
  crllint ca.pem crl.der                          one CA certificate and its CRL
  crllint --tbs ca.pem next.tbs                   what is about to be signed
  crllint --profile tls-br,etsi --fail-on warning ca.pem crls/
  crllint -f json ca.pem crl.der > report.json
  crllint --shard 2/5 -f json ca.pem crls/        one of five parts; crllint merge joins their reports
  crllint fetch --issuer ca.pem http://crl.example.com/ca.crl
  crllint monitor --ccadb records.csv --out watch
  crllint serve --listen 127.0.0.1:8080           as a service: docs/service.md
  crllint init                                    a configuration to start with
  crllint baseline ca.pem crls/ > known.json      what exists, so that a gate can start: --baseline known.json
  crllint names ca.pem crl.der                    the two names alone, RDN by RDN
  crllint explain issuer/not-byte-identical       what a rule says, and who says so
`;

/**
 * The command tree. A command is loaded when it is called.
 *
 * @param done takes the exit code of the command that ran
 * @param whole whether all commands are wanted: those beside lint take as long to declare as a CRL to judge
 */
export function makeProgram(io: Io, done: (code: ExitCode) => void, whole = true): Command {
  const program = new Command("crllint")
    .description(description)
    .usage("[options] <file|dir|glob|->...")
    .argument("[files...]", "CRLs and certificates, in any order")
    .helpOption("-h, --help", "print this")
    .helpCommand(false)
    // What stands behind the name of a command is the command's own, also where lint has an option of that name.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput(outputOf(io))
    .addHelpText("after", afterHelp);
  addOptions(program, lintOptions());
  addOptions(program, commonOptions());
  program.addOption(new Option("-V, --version", "print the version; with --verbose also those of the documents"));
  program.action(async (files: readonly string[], flags: LintFlags & { readonly version?: true }) => {
    if (flags.version === true) {
      const { describeVersion } = await import("./version.ts");
      await io.write(await describeVersion(flags.verbose === true));
      return done(0);
    }
    const { lint } = await import("./lint.ts");
    done(await lint(files, await configured(program, flags), io));
  });
  if (!whole) return program;
  addFetch(program, io, done);
  addMonitor(program, io, done);
  addServe(program, io, done);
  addMerge(program, io, done);
  addNames(program, io, done);
  addShow(program, io, done);
  addRules(program, io, done);
  addExplain(program, io, done);
  addFixture(program, io, done);
  addBaseline(program, io, done);
  addInit(program, io, done);
  addSchema(program, io, done);
  addCompletion(program, io, done);
  return program;
}

/** The options of a command, with what a configuration says where they say nothing. */
async function configured<F extends LintFlags>(command: Command, flags: F): Promise<Configured<F>> {
  const { configure } = await import("../files/configure.ts");
  return configure(flags, (name) => ["cli", "env"].includes(command.getOptionValueSource(name) ?? ""));
}

function addFetch(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const command = program
    .command("fetch")
    .description("fetch CRLs over http, and judge them and how they are served")
    .argument("<url...>", "where CRLs are served")
    .action(async (urls: readonly string[], flags: FetchFlags) => {
      const { fetchCrls } = await import("./fetch.ts");
      done(await fetchCrls(urls, await configured(command, flags), io));
    });
  addOptions(command, [...fetchOptions(), ...commonOptions()]);
}

function addMonitor(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const command = program
    .command("monitor")
    .description("watch all CRLs that are disclosed in the CCADB: what is new since the last run first")
    .action(async (flags: MonitorFlags) => {
      const { monitor } = await import("./monitor.ts");
      done(await monitor(flags, io));
    });
  addOptions(command, [...monitorOptions(), ...commonOptions()]);
}

function addServe(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const command = program
    .command("serve")
    .description("answer requests over HTTP, for pipelines that lint often, and for people with a browser")
    .action(async (flags: ServeFlags) => {
      const { serve } = await import("./serve.ts");
      done(await serve(flags, io));
    });
  addOptions(command, serveOptions());
}

function addMerge(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const command = program
    .command("merge")
    .description("join the json reports of several calls into one: those of all parts that --shard made")
    .argument("<report...>", "json reports")
    .action(async (reports: readonly string[], flags: ReportFlags) => {
      const { merge } = await import("./merge.ts");
      done(await merge(reports, flags, io));
    });
  addOptions(command, [...mergeOptions(), ...commonOptions()]);
}

function addNames(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const command = program
    .command("names")
    .description("compare two names, RDN by RDN: exit 0 where their octets are the same, 1 where not")
    .addArgument(new Argument("<file>", "a CRL or a certificate"))
    .addArgument(new Argument("<other>", "a CRL or a certificate"))
    .addOption(
      nameOption("--left <name>", "name of the first file (default: issuer of a CRL, subject of a certificate)"),
    )
    .addOption(nameOption("--right <name>", "name of the second file"))
    .option("--hex", "print the octets of the CA's name, to be copied")
    .action(async (file: string, other: string, flags: NamesFlags) => {
      const { names } = await import("./names.ts");
      done(await names([file, other], flags, io));
    });
  addOptions(command, commonOptions());
}

function nameOption(flags: string, text: string): Option {
  return new Option(flags, text).choices(["issuer", "subject"]);
}

function addExplain(program: Command, io: Io, done: (code: ExitCode) => void): void {
  program
    .command("explain")
    .description("print what a rule, a part, a profile or a source says, who demands it, and what to do")
    .argument("<name>", "a rule's id as a finding names it, a part (idp), a profile (tls-br) or a source (source:x690)")
    .action(async (name: string) => {
      const { explain } = await import("./explain.ts");
      done(await explain(name, io));
    });
}

function addRules(program: Command, io: Io, done: (code: ExitCode) => void): void {
  program
    .command("rules")
    .description("list the rules: all, or those of profiles, of a part, of a source, or that need some input")
    .addOption(profileOption())
    .option("--part <name>", "rules of one part: idp, time, ...")
    .option("--source <name>", "rules that a source demands: x690, mozilla, ...")
    .option("--needs <text>", "rules that need an input: certificate, previous, ...")
    .addOption(
      new Option("-f, --format <format>", "how to list them").choices(["table", "json", "markdown"]).default("table"),
    )
    .action(async (flags: RulesFlags) => {
      const { listAll } = await import("./rules.ts");
      done(await listAll(flags, io));
    });
}

function addFixture(program: Command, io: Io, done: (code: ExitCode) => void): void {
  program
    .command("fixture")
    .description("write the bad and good examples of a rule with their CA, to try your own gate with")
    .argument("<rule>", "its id, as a finding names it")
    .option("--out <dir>", "folder to write to", ".")
    .action(async (rule: string, flags: FixtureFlags) => {
      const { writeFixture } = await import("./fixture.ts");
      done(await writeFixture(rule, flags, io));
    });
}

function addShow(program: Command, io: Io, done: (code: ExitCode) => void): void {
  program
    .command("show")
    .description("show what is in a CRL: header, extensions, entries by reason and year, offsets")
    .argument("<file>", "a CRL; - is standard input")
    .addOption(new Option("-f, --format <format>", "how to show it").choices(["text", "json"]).default("text"))
    .action(async (file: string, flags: ShowFlags) => {
      const { show } = await import("./show.ts");
      done(await show(file, flags, io));
    });
}

function addBaseline(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const command = program
    .command("baseline")
    .description("print what is found in CRLs today as a baseline, so that a gate can start with it")
    .argument("[files...]", "CRLs and certificates, in any order")
    .option("--prune", "instead take out of the baseline what is found no more; nothing is ever added")
    .action(async (files: readonly string[], flags: BaselineFlags) => {
      const { baseline } = await import("./baseline.ts");
      done(await baseline(files, await configured(command, flags), io));
    });
  addOptions(command, [...baselineOptions(), ...commonOptions()]);
}

function addInit(program: Command, io: Io, done: (code: ExitCode) => void): void {
  program
    .command("init")
    .description("write a commented crllint.yaml for this folder, with the pairs of CRLs and certificates in it")
    .action(async () => {
      const { init } = await import("./init.ts");
      done(await init(io));
    });
}

function addSchema(program: Command, io: Io, done: (code: ExitCode) => void): void {
  program
    .command("schema")
    .description("print the JSON Schema of what crllint writes or reads")
    .addArgument(
      new Argument("<name>", "what it describes").choices(["report", "config", "baseline"] satisfies SchemaName[]),
    )
    .action(async (name: SchemaName) => {
      const { schema } = await import("./schema.ts");
      done(await schema(name, io));
    });
}

function addCompletion(program: Command, io: Io, done: (code: ExitCode) => void): void {
  program
    .command("completion")
    .description("print the script that completes commands, options and rules in a shell")
    .addArgument(
      new Argument("<shell>", 'where it is read: eval "$(crllint completion bash)"').choices([
        "bash",
        "zsh",
        "fish",
        "powershell",
      ] satisfies Shell[]),
    )
    .action(async (shell: Shell) => {
      const { printCompletion } = await import("./completion.ts");
      done(await printCompletion(shell, io));
    });
  // What that script calls at every press of the key.
  program
    .command("complete", { hidden: true })
    .argument("[words...]")
    .action(async (words: readonly string[]) => {
      const { complete } = await import("./completion.ts");
      done(await complete(program, words, io));
    });
}

function outputOf(io: Io) {
  return {
    getOutHelpWidth: () => Math.min(Math.max(io.columns ?? 100, 60), 120),
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  };
}
