import type { AnyRule, Requirement } from "../rule/rule.ts";
import { type DocumentId, documentIds, findDocument } from "../sources/documents.ts";
import { sources } from "../sources/profiles.ts";
import { neededInputs } from "./rule-page.ts";

/** Returns the index of all rules by part of the CRL, in Markdown. */
export function partIndex(rules: readonly AnyRule[]): string {
  const lines = ["# Rules by part", "", `${rules.length} rules. By document: [sources.md](sources.md).`];
  let part = "";
  for (const rule of rules) {
    const own = rule.id.slice(0, rule.id.indexOf("/"));
    if (own !== part) {
      part = own;
      lines.push("", `## ${part}`, "", "| rule | finds | requirements | needs |", "| --- | --- | --- | --- |");
    }
    const who = [...new Set(rule.requirements.map((requirement) => findDocument(documentId(requirement)).name))];
    const needs = neededInputs(rule).join("; ");
    lines.push(`| [${rule.id}](${rule.id}.md) | ${cell(rule.title)} | ${who.join(", ")} | ${needs} |`);
  }
  return `${lines.join("\n")}\n`;
}

/** Returns a checklist in Markdown: every document with its sections in order, and the rules that enforce them. */
export function sourceIndex(rules: readonly AnyRule[]): string {
  const lines = [
    "# Rules by document",
    "",
    "Each document's sections in order, and the rules that enforce them. By part: [README.md](README.md).",
    "",
    "## Documents",
    "",
    "A requirement without dates of its own is in force from the date given here. If only the month of publication is",
    "known, that is the first day of the next month.",
    "",
    "| document | version | in force from | recent versions |",
    "| --- | --- | --- | --- |",
    ...documentIds.map(documentRow),
  ];
  for (const id of documentIds) {
    const found = rules.flatMap((rule) =>
      rule.requirements.filter((item) => documentId(item) === id).map((requirement) => ({ rule, requirement })),
    );
    if (found.length === 0) continue;
    const { name, title, version } = findDocument(id);
    lines.push("", `## ${name}`, "", `${title}${version === "" ? "" : `, ${version}`}.`, "");
    lines.push("| section | demands | rule | severity |", "| --- | --- | --- | --- |");
    found.sort(
      (a, b) => compareSections(a.requirement.section, b.requirement.section) || (a.rule.id < b.rule.id ? -1 : 1),
    );
    for (const { rule, requirement } of found) {
      const quote = requirement.quote === undefined ? cell(rule.title) : `"${cell(requirement.quote)}"`;
      lines.push(`| ${cell(requirement.section)} | ${quote} | [${rule.id}](${rule.id}.md) | ${requirement.severity} |`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function documentRow(id: DocumentId): string {
  const { name, version, from, undated, unverified, recent = "" } = findDocument(id);
  const read = unverified === undefined ? version : `${version}; **not verified**: ${unverified}`;
  const start = from ?? (undated === undefined ? "each requirement states it" : `always: ${undated}`);
  return `| ${[name, read, start, recent].map(cell).join(" | ")} |`;
}

function documentId({ document, source }: Requirement): DocumentId {
  return document ?? sources[source];
}

/** Compares section numbers by value: `5.2.3` comes before `5.10`. */
function compareSections(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
