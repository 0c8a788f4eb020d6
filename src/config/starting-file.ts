import { formatCount } from "../rule/format-count.ts";

/** CRLs of a folder and the certificate that issued them. */
export interface ProposedPair {
  /** Pattern or path, `/` between its parts. */
  readonly crl: string;
  readonly issuer: string;
}

/** What was found where a configuration shall stand. */
export interface Found {
  /** CRLs, and certificates. */
  readonly crls: number;
  readonly certificates: number;
  readonly pairs: readonly ProposedPair[];
  /** Pairs that there are beyond those. */
  readonly more: number;
  /** CRLs whose issuer is not among the certificates. */
  readonly orphans: readonly string[];
}

/** A commented configuration to start with: everything in it that is not a pair that was found is a comment. */
export function startingFile(found: Found): string {
  return `# yaml-language-server: $schema=config-1.json
# Settings of crllint. Options and the environment (CRLLINT_*) win over what stands here.
# crllint schema config > config-1.json writes the schema that editors use.

# Requirements to judge by: crllint rules lists them.
profile: tls-br

# Lowest severity that fails: error, warning, notice, never.
fail-on: error

# A rule that could not be judged, because an input is missing, fails too.
# fail-on-skipped: true

# Without these rules: ids, parts (idp), sources (source:mozilla), or needs:INPUT.
# ignore: [needs:ccadb, needs:url]

# Another severity for rules.
# severity:
#   reason/unspecified: error

# Reports into files, besides what goes to standard output.
# reports:
#   sarif: crllint.sarif
#   junit: crllint.xml

${pairsOf(found)}
# What CRLs cover that do not say so themselves.
# scopes:
#   - crl: "roots/*.crl"
#     scope: ca

# Findings that are accepted, with the reason; one that matches nothing is reported.
# suppress:
#   - rule: reason/unspecified
#     crl: "crls/legacy-*.crl"
#     reason: to be issued anew in December
#     until: 2026-12-15

# Findings that existed when the gate was set up: crllint baseline FILES > crllint-baseline.json
# baseline: crllint-baseline.json
`;
}

function pairsOf({ crls, certificates, pairs, more, orphans }: Found): string {
  const counts = `${formatCount(crls)} CRLs and ${formatCount(certificates)} certificates were found here`;
  const lines = [`# Which certificate has issued which CRLs, where a folder holds many CAs; ${counts}.`];
  if (pairs.length === 0) lines.push("# pairs:", '#   - crl: "crls/ca1-*.crl"', "#     issuer: cas/ca1.pem");
  else
    lines.push(
      "pairs:",
      ...pairs.flatMap(({ crl, issuer }) => [`  - crl: ${quote(crl)}`, `    issuer: ${quote(issuer)}`]),
    );
  if (more > 0) lines.push(`# and ${formatCount(more)} more`);
  if (orphans.length > 0)
    lines.push("# The key of no certificate here has signed:", ...orphans.map((name) => `#   ${name}`));
  return `${lines.join("\n")}\n`;
}

/** JSON is YAML; what it leaves as it is and a terminal does not, is in no path that is proposed. */
function quote(text: string): string {
  return JSON.stringify(text);
}
