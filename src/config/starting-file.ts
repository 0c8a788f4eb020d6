import { countOf, formatCount } from "../rule/format-count.ts";
import { noIssuer } from "./schema.ts";

/** CRLs of a directory, and the certificate that issued them. */
export interface ProposedPair {
  /** Pattern or path, with `/` between its parts. */
  readonly crl: string;
  /** Paths of certificates: several if a file has CRLs of several CAs. */
  readonly issuers: readonly string[];
}

/** Contents of the directory for which a configuration is written. */
export interface FolderContents {
  /** Number of CRLs; `certificates` is the number of certificates. */
  readonly crls: number;
  readonly certificates: number;
  readonly pairs: readonly ProposedPair[];
  /** Number of further pairs. */
  readonly more: number;
  /** CRLs whose issuer is not among the certificates. */
  readonly unpairedCrls: readonly string[];
}

/** Name of the schema file next to the configuration. Editors use it to complete and check the configuration. */
export const schemaFile = "crllint.schema.json";

/**
 * Returns the text of a commented configuration. In force are only the profile, the lowest severity that fails the run,
 * and the proposed pairs; the rest are comments.
 */
export function startingFile(found: FolderContents): string {
  return `# yaml-language-server: $schema=${schemaFile}
# Settings of crllint. Options and the environment (CRLLINT_*) override these.
# Editors complete and check this file with that schema; crllint schema config prints it.

# Profiles, whose requirements are checked: crllint profiles lists them.
profile: tls-br

# Lowest severity that fails the run: error, warning, notice, never.
fail-on: error

# Fail the run if a rule could not be checked because an input is missing.
# fail-on-skipped: true

# Skip these rules: ids, parts (idp), sources (source:mozilla), or needs:INPUT.
# ignore: [needs:ccadb, needs:url]

# Levels of rules: error, warning, notice or off; crllint rules lists them.
# severity:
#   reason/unspecified: error

# Also write reports to files.
# reports:
#   sarif: crllint.sarif
#   junit: crllint.xml

${pairsOf(found)}
# What CRLs cover, if they do not state it.
# scopes:
#   - crl: "roots/*.crl"
#     scope: ca

# Findings that are accepted, with the reason; one that matches nothing is reported.
# suppress:
#   - rule: reason/unspecified
#     crl: "crls/legacy-*.crl"
#     reason: will be reissued in December
#     until: 2026-12-15

# Findings that existed when the gate was set up: crllint baseline FILES > crllint-baseline.json
# baseline: crllint-baseline.json
`;
}

function pairsOf({ crls, certificates, pairs, more, unpairedCrls }: FolderContents): string {
  const counts = `${countOf(crls, "CRL")}, ${countOf(certificates, "certificate")}`;
  const lines = [`# Which certificate issued which CRLs, if a directory holds many CAs. Found here: ${counts}.`];
  if (pairs.length === 0) lines.push("# pairs:", '#   - crl: "crls/ca1-*.crl"', "#     issuer: cas/ca1.pem");
  else
    lines.push(
      "pairs:",
      ...pairs.flatMap(({ crl, issuers }) => [`  - crl: ${quote(crl)}`, `    issuer: ${quoteIssuers(issuers)}`]),
    );
  if (more > 0) lines.push(`# and ${formatCount(more)} more`);
  if (unpairedCrls.length > 0)
    lines.push("# Not signed with the key of any certificate here:", ...unpairedCrls.map((name) => `#   ${name}`));
  return `${lines.join("\n")}\n`;
}

function quoteIssuers(paths: readonly string[]): string {
  // The keyword leaves out the core checks.
  const [first = "", ...others] = paths.map((path) => quote(path === noIssuer ? `./${path}` : path));
  return others.length === 0 ? first : `[${[first, ...others].join(", ")}]`;
}

/**
 * Returns a quoted text, as JSON, which is also YAML. Proposed paths contain no character that a terminal interprets.
 */
function quote(text: string): string {
  return JSON.stringify(text);
}
