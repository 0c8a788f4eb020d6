import { type InputName, optionsFor } from "../lint/input-names.ts";
import { type Aspect, type Input, inputFor } from "../rule/aspects.ts";
import type { AnyRule, Example, Requirement } from "../rule/rule.ts";
import { type Document, findDocument } from "../sources/documents.ts";
import { firstDay } from "../sources/first-day.ts";
import { namedSection } from "../sources/named-section.ts";
import { sources } from "../sources/profiles.ts";
import { capitalize } from "./capitalize.ts";

/** Returns the output of crllint for a bad example. Passed in, so the page shows the same output that users see. */
export type ShowExample = (rule: AnyRule, example: Example) => Promise<string>;

/** Texts of the inputs that a user can give or omit. */
const given: Readonly<Record<InputName, string>> = {
  issuer: "the issuing CA's certificate",
  previous: "the previous CRL (`--previous`)",
  base: "the base CRL (`--base`)",
  certs: "certificates in scope (`--certs`)",
  expected: "certificates that are revoked or good (`--expect-revoked`, `--expect-good`)",
  shards: "all partitions of the CA (`--shards`)",
  ccadb: "the CCADB export (`--ccadb`)",
  url: "the URL that the CRL is served from (`--url`)",
  now: "the time to lint as of (`--now`, or the clock)",
};

/** Texts of other inputs that not every CRL has. Without one, a rule that needs it does not apply. */
const further: Partial<Readonly<Record<Input, string>>> = {
  verification: "an algorithm that can be checked",
  signed: "a signed CRL",
  signatureAlgorithm: "a signed CRL",
  signatureValue: "a signed CRL",
  minimumValidity: "a duration (`--valid-for`)",
  tbsWas: "what was linted before it was signed (`--tbs-was`)",
  manifest: "the RPKI manifest (`--manifest`)",
  transport: "the HTTP response (`crllint fetch`)",
  copies: "what the other URLs of the CRL return (`crllint monitor`)",
  together: "other CRLs, or certificates of CAs, in the same call",
};

/** Returns the names of the inputs that a rule needs in addition to the CRL. */
export function neededInputs(rule: AnyRule): readonly string[] {
  const aspects: readonly Aspect[] = rule.looksAt ?? [];
  const needed = aspects.flatMap((aspect) => {
    const input = inputFor(aspect);
    return (input && further[input]) ?? [];
  });
  return [...new Set([...optionsFor(rule).map((name) => given[name]), ...needed])];
}

/**
 * Returns the page of a rule in Markdown: requirements, reason and fix. With `show`, it includes the output for the
 * examples.
 */
export async function rulePage(rule: AnyRule, show?: ShowExample): Promise<string> {
  const needs = neededInputs(rule);
  const parts = [
    `# ${rule.id}`,
    `${capitalize(rule.title)}.`,
    `- Severity: ${severityText(rule.requirements)}`,
    ...(needs.length === 0 ? [] : [`- Needs: ${needs.join("; ")}`]),
    "",
    rule.why,
    `**Fix:** ${rule.fix}.`,
    "## Requirements",
    ...rule.requirements.map(requirementText),
    ...(show === undefined ? [] : await examplesOf(rule, show)),
  ];
  return `${parts
    .join("\n\n")
    .replace("\n\n- Needs", "\n- Needs")
    .replaceAll(/\n{3,}/gu, "\n\n")}\n`;
}

async function examplesOf(rule: AnyRule, show: ShowExample): Promise<readonly string[]> {
  const { bad, good } = rule.examples();
  const shown: string[] = [];
  for (const example of bad) shown.push(`${capitalize(example.title)}:`, fenced(await show(rule, example)));
  const passing = good.map(({ title }) => `- ${title}`).join("\n");
  return ["## Examples that fail", ...shown, "## Examples that pass", passing];
}

/** Returns `error`, or `error (TLS BR), warning (RFC 5280)` if the severities of documents differ. */
function severityText(requirements: readonly Requirement[]): string {
  const bySeverity = new Map<string, string[]>();
  for (const requirement of requirements) {
    const names = bySeverity.get(requirement.severity) ?? [];
    const name = documentOf(requirement).name;
    bySeverity.set(requirement.severity, names.includes(name) ? names : [...names, name]);
  }
  const [only] = bySeverity.keys();
  if (bySeverity.size === 1 && only !== undefined) return `**${only}**`;
  return [...bySeverity].map(([severity, names]) => `**${severity}** (${names.join(", ")})`).join(", ");
}

function documentOf(requirement: Requirement) {
  return findDocument(requirement.document ?? sources[requirement.source]);
}

/** Formats one requirement as Markdown: its quote, its place, and when it is in force. */
function requirementText(requirement: Requirement): string {
  const document = documentOf(requirement);
  const { section, quote, severity } = requirement;
  const url = document.url?.(section);
  const place = section === "" ? document.name : `${document.name}, ${namedSection(section)}`;
  const cite = url === undefined ? place : `[${place}](${url})`;
  const details = [`source \`${requirement.source}\``, severity, periodText(requirement), unverifiedText(document)];
  const tail = `${cite} (${details.filter((text) => text !== "").join(", ")})`;
  return quote === undefined ? `- ${tail}` : `> ${quote}\n>\n> -- ${tail}`;
}

function unverifiedText({ unverified }: Document): string {
  return unverified === undefined ? "" : `**not verified**: ${unverified}`;
}

/** Returns when a requirement is in force: "for CRLs whose thisUpdate is 2024-03-15 or later"; empty for always. */
function periodText(requirement: Requirement): string {
  const { to, datedBy = "thisUpdate" } = requirement;
  const from = firstDay(requirement);
  const what = {
    thisUpdate: "for CRLs whose thisUpdate is",
    revocationDate: "for entries whose revocationDate is",
    caNotBefore: "for CA certificates whose notBefore is",
  }[datedBy];
  if (from !== undefined && to !== undefined) return `${what} from ${from} to ${to}`;
  if (from !== undefined) return `${what} ${from} or later`;
  return to === undefined ? "" : `${what} ${to} or earlier`;
}

function fenced(text: string): string {
  return `\`\`\`text\n${text.trimEnd()}\n\`\`\``;
}
