import { Argument, Command, type Help, Option } from "commander";
import { checkWithoutGate, gateFlags } from "./gate.ts";
import { configure, type Origin } from "../files/configure.ts";
import type { Flags } from "../options/values.ts";
import type { Shell } from "./completion.ts";
import type { ExitCode, Io } from "./io.ts";
import { addOptions } from "./options.ts";
import type { SchemaName } from "./schema.ts";
import { toFit } from "./to-fit.ts";

const description = `Lint X.509 certificate revocation lists (CRLs) and compare each with the certificate of its CA.

Files are recognized by content: certificates become candidate issuers, CRLs are linted. Directories are searched recursively, quoted patterns are expanded, and - reads standard input.`;

const afterHelp = `
An environment variable can set every option except --no-issuer,
--show-settings, --help and --version. CRLLINT_FORMAT sets --format, except in
commands where --format has another meaning, such as rules. --gate ignores
these variables.

Exit codes: 0 pass; 1 fail: a finding is at or above --fail-on; 2 undecided:
a core check was not made, an input cannot be read, a rule crashed, or a usage
error.

Examples:
  crllint ca.pem crl.der            one CA certificate and its CRL
  crllint --tbs ca.pem next.tbs     what is about to be signed
  crllint --profile tls-br,etsi --fail-on warning ca.pem crls/
  crllint -f json ca.pem crl.der > report.json
  crllint --shard 2/5 -f json ca.pem crls/
                                    one of five parts; merge joins the reports
  crllint fetch --issuer ca.pem http://crl.example.com/ca.crl
  crllint monitor --ccadb ccadb/ --out watch
  crllint serve --listen 127.0.0.1:8080
                                    as a service: docs/service.md
  crllint init                      a configuration to start with
  crllint baseline ca.pem crls/ > known.json
                                    accept what exists: --baseline known.json
  crllint status leaf.pem chain.pem crls/
                                    is it revoked, as a client sees it?
  crllint would-break ca.pem crl.der
                                    what clients on this machine do with it
  crllint names ca.pem crl.der      only the two names, RDN by RDN
  crllint explain issuer/not-byte-identical
                                    a rule and the sources that require it
`;

/** Functions that declare the commands other than lint, in the order of `--help`. */
const commands: Readonly<Record<string, (command: Command, call: Call) => Command>> = {
  fetch: (command, { io, done }) =>
    addOptions(command, "fetch")
      .description("fetch CRLs over HTTP, and lint them and how they are served")
      .argument("<url...>", "URLs of CRLs")
      .action(async (urls: readonly string[], flags: Flags<"fetch">) => {
        const { fetchCrls } = await import("./fetch.ts");
        done(await fetchCrls(urls, await configured(command, flags), io));
      }),
  monitor: (command, { io, done }) =>
    addOptions(command, "monitor")
      .description("lint all CRLs that the CCADB discloses; report first what is new since the last round")
      .action(async (flags: Flags<"monitor">) => {
        const { monitor } = await import("./monitor.ts");
        done(await monitor(await configured(command, flags), io));
      }),
  history: (command, { io, done }) =>
    addOptions(command, "history")
      .description("list what crllint monitor has seen: CRLs, findings that began and ended, failed fetches")
      .argument("[about]", "URL, or part of the name of a CA or its owner; merge joins the histories of several places")
      .argument("[places...]", "with merge, the --out of the monitor in each place: PLACE=DIR")
      .action(async (about: string | undefined, places: readonly string[], flags: Flags<"history">) => {
        const { history } = await import("./history.ts");
        done(await history(about, places, flags, io));
      }),
  serve: (command, { io, done }) =>
    addOptions(command, "serve")
      .description("answer requests over HTTP, for pipelines that lint often, and for browsers")
      .action(async (flags: Flags<"serve">) => {
        const { serve } = await import("./serve.ts");
        done(await serve(flags, io));
      }),
  pkimetal: (command, { io, done }) =>
    addOptions(command, "pkimetal")
      .description("answer requests of pkimetal as one of its external linters, over standard input and output")
      .action(async (flags: Flags<"pkimetal">) => {
        const { pkimetal } = await import("./pkimetal.ts");
        done(await pkimetal(flags, io));
      }),
  "verify-attestation": (command, { io, done }) =>
    addOptions(command, "verify-attestation")
      .description("verify that a statement of --report in-toto is about a CRL and its CA, and that the CRL passed")
      .argument("<statement>", "the statement; verify its signature first")
      .argument("<crl>", "the CRL")
      .argument("<ca>", "certificate of its CA")
      .action(async (statement: string, crl: string, ca: string, flags: Flags<"verify-attestation">) => {
        const { verifyAttestation } = await import("./verify-attestation.ts");
        done(await verifyAttestation({ statement, crl, ca }, flags, io));
      }),
  merge: (command, { io, done }) =>
    addOptions(command, "merge")
      .description("join the JSON reports of several calls into one, such as all parts that --shard made")
      .argument("<report...>", "JSON reports")
      .action(async (reports: readonly string[], flags: Flags<"merge">) => {
        const { merge } = await import("./merge.ts");
        const { core, ...given } = await configured(command, { ...flags, config: false });
        const isGiven = (name: string): boolean => originIn(command, name) === "command line";
        const own = { failOn: isGiven("failOn"), maxWarnings: isGiven("maxWarnings") };
        done(await merge(reports, { ...given.flags, ...core }, io, own));
      }),
  status: (command, { io, done }) =>
    addOptions(command, "status")
      .description("determine whether the given CRLs revoke a certificate, and which of them a client cannot use")
      .argument("<leaf>", "certificate; further ones in this file belong to its chain")
      .argument("[files...]", "CRLs and certificates of the chain, in any order")
      .action(async (leaf: string, files: readonly string[], flags: Flags<"status">) => {
        const { status } = await import("./status.ts");
        done(await status(leaf, files, flags, io));
      }),
  "would-break": (command, { io, done }) =>
    command
      .description("try which clients on this machine accept a certificate that a CRL revokes, or reject a good one")
      .argument("<ca>", "certificate of the CA")
      .argument("<crl>", "CRL")
      .action(async (ca: string, crl: string) => {
        const { wouldBreak } = await import("./would-break.ts");
        done(await wouldBreak([ca, crl], io));
      }),
  names: (command, { io, done }) =>
    addOptions(command, "names")
      .description("compare two names, RDN by RDN; exit 0 if their bytes are the same, 1 if not")
      .argument("<file>", "CRL or certificate")
      .argument("<other>", "CRL or certificate")
      .action(async (file: string, other: string, flags: Flags<"names">) => {
        const { names } = await import("./names.ts");
        done(await names([file, other], flags, io));
      }),
  show: (command, { io, done }) =>
    addOptions(command, "show")
      .description("show what is in a CRL: header, extensions, entries, offsets; exit 2 if a field cannot be read")
      .argument("<file>", "CRL; - reads standard input")
      .action(async (file: string, flags: Flags<"show">) => {
        const { show } = await import("./show.ts");
        done(await show(file, flags, io));
      }),
  rules: (command, { io, done }) =>
    addOptions(command, "rules")
      .description("list rules: all, or those of profiles, of a part, of a source, or that need an input")
      .action(async (flags: Flags<"rules">) => {
        const { listAll } = await import("./rules.ts");
        done(await listAll(flags, io));
      }),
  profiles: (command, { io, done }) =>
    command.description("list the profiles, and the sources of requirements that each includes").action(async () => {
      const { listProfiles } = await import("./profiles.ts");
      done(await listProfiles(io));
    }),
  explain: (command, { io, done }) =>
    addOptions(command, "explain")
      .description("explain a rule, part, profile or source: what it checks, what requires it, and the fix")
      .argument("<name>", "rule id, as a finding shows it, part (idp), profile (tls-br) or source (source:x690)")
      .action(async (name: string, flags: Flags<"explain">) => {
        const { explain } = await import("./explain.ts");
        done(await explain(name, flags, io));
      }),
  fixture: (command, { io, done }) =>
    addOptions(command, "fixture")
      .description("write the bad and good examples of a rule with their CA, to test a gate or a client with")
      .argument("[rule]", "rule id, as a finding shows it")
      .action(async (rule: string | undefined, flags: Flags<"fixture">) => {
        const { writeFixtures } = await import("./fixture.ts");
        done(await writeFixtures(rule, flags, io));
      }),
  baseline: (command, { io, done }) =>
    addOptions(command, "baseline")
      .description("print what is found in CRLs today as a baseline, so a gate can start with it")
      .argument("[files...]", "CRLs and certificates, in any order")
      .action(async (files: readonly string[], flags: Flags<"baseline">) => {
        const { baseline } = await import("./baseline.ts");
        done(await baseline(files, await configured(command, flags), io));
      }),
  init: (command, { io, done }) =>
    command
      .description("write a commented crllint.yaml for this directory, with its pairs of CRLs and certificates")
      .action(async () => {
        const { init } = await import("./init.ts");
        done(await init(io));
      }),
  schema: (command, { io, done }) =>
    command
      .description("print the JSON Schema of what crllint writes or reads")
      .addArgument(
        new Argument("<name>", "what it describes").choices([
          "report",
          "config",
          "baseline",
          "attestation",
        ] satisfies SchemaName[]),
      )
      .action(async (name: SchemaName) => {
        const { schema } = await import("./schema.ts");
        done(await schema(name, io));
      }),
  completion: (command, { io, done }) =>
    command
      .description("print the script that completes commands, options and rules in a shell")
      .addArgument(
        new Argument("<shell>", 'shell that reads it: eval "$(crllint completion bash)"').choices([
          "bash",
          "zsh",
          "fish",
          "powershell",
        ] satisfies Shell[]),
      )
      .action(async (shell: Shell) => {
        const { printCompletion } = await import("./completion.ts");
        done(await printCompletion(shell, io));
      }),
  // Called by the completion script each time the completion key is pressed.
  complete: (command, { program, io, done }) =>
    command.argument("[words...]").action(async (words: readonly string[]) => {
      const { complete } = await import("./completion.ts");
      done(await complete(program, words, io));
    }),
};

/** Commands that `--help` does not show. */
const hidden: ReadonlySet<string> = new Set(["complete"]);

/** Names of the commands other than lint. */
export const commandNames = Object.keys(commands);

interface Call {
  readonly program: Command;
  readonly io: Io;
  readonly done: (code: ExitCode) => void;
}

/**
 * Returns the command tree. The code of a command is loaded when the command is called.
 *
 * @param done receives the exit code of the command that ran
 * @param declared names of the commands other than lint to declare: declaring all takes as long as linting a CRL
 */
export function makeProgram(
  io: Io,
  done: (code: ExitCode) => void,
  declared: readonly string[] = commandNames,
): Command {
  const program = new Command("crllint")
    .description(description)
    .usage("[options] <file|dir|glob|->...")
    .argument("[files...]", "CRLs and certificates, in any order")
    .addHelpOption(new Option("-h, --help", "print this help").helpGroup("Output:"))
    .helpCommand(false)
    // Arguments of a command are in its own help: the longest line would set the width of all.
    .configureHelp({
      subcommandTerm: (command) => command.name(),
      ...(helpWidth(io) < twoColumns ? { formatItem } : {}),
    })
    // Options after the name of a command belong to that command, even if lint has an option of the same name.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput(outputOf(io))
    .addHelpText("after", afterHelp);
  addOptions(program, "lint");
  program.addOption(
    new Option("-V, --version", "print the version; with --verbose also those of the documents").helpGroup("Output:"),
  );
  program.action(async (files: readonly string[], flags: Flags<"lint"> & { readonly version?: true }) => {
    if (flags.version === true) {
      const { describeVersion } = await import("./version.ts");
      await io.write(toFit(await describeVersion(flags.verbose === true), io));
      return done(0);
    }
    const settings = await configured(program, flags);
    if (flags.showSettings === true) {
      const { describeSettings } = await import("./show-settings.ts");
      await io.write(
        toFit(
          describeSettings("lint", settings, (name) => originIn(program, name)),
          io,
        ),
      );
      return done(0);
    }
    const { lint } = await import("./lint.ts");
    done(await lint(files, settings, io));
  });
  for (const name of declared) {
    commands[name]?.(program.command(name, { hidden: hidden.has(name) }), { program, io, done });
  }
  return program;
}

/** Returns the options of a command, with the settings of a configuration for those that are not given. */
function configured<F extends { readonly config?: string | false; readonly gate?: boolean }>(
  command: Command,
  flags: F,
) {
  const originOf = (name: string): Origin => originIn(command, name);
  if (flags.gate !== true) {
    checkWithoutGate(flags);
    return configure(flags, originOf);
  }
  return { flags: gateFlags(flags, originOf), config: undefined, core: {} };
}

/** Returns where an option of a command was given. */
function originIn(command: Command, name: string): Origin {
  const source = command.getOptionValueSource(name);
  return source === "cli" ? "command line" : source === "env" ? "environment" : undefined;
}

/** Minimum width of help with descriptions next to options. */
const twoColumns = 60;

function helpWidth({ columns = 80 }: Io): number {
  return Math.min(Math.max(columns, 40), 80);
}

/** Formats an option or command with its description below. */
function formatItem(term: string, _: number, description: string, help: Help): string {
  const indent = 4;
  const text = help.boxWrap(description, (help.helpWidth ?? 80) - indent);
  return `  ${term}\n${" ".repeat(indent)}${text.replaceAll("\n", `\n${" ".repeat(indent)}`)}`;
}

function outputOf(io: Io) {
  return {
    getOutHelpWidth: () => helpWidth(io),
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  };
}
