import type { AnyRule } from "../rule/rule.ts";
import { documents, type DocumentId, findDocument } from "../sources/documents.ts";
import { profileNamed, type ProfileId, profiles, type SourceId, sources, sourcesOf } from "../sources/profiles.ts";
import { countRequirements, listRules, type ListedRule } from "./rule-list.ts";

/** Returns the page of a profile in Markdown: its sources, their documents, and its rules by part. */
export function profilePage(rules: readonly AnyRule[], id: ProfileId): string {
  const profile = profileNamed(id);
  const list = listRules(rules, { profiles: [id] });
  const lines = [`# profile ${id}`, "", `${profile.title}. ${countText(list)}.`, "", "Sources:", ""];
  for (const source of profile.sources) lines.push(`- \`${source}\`: ${documentsOf(rules, source).join(", ")}`);
  for (const source of profile.byCa ?? [])
    lines.push(`- \`${source}\`, if it fits the CA: ${documentsOf(rules, source).join(", ")}`);
  return `${[...lines, ...byPart(list)].join("\n")}\n`;
}

/** Returns the page of a source in Markdown: its documents, the profiles that include it, and its rules by part. */
export function sourcePage(rules: readonly AnyRule[], id: SourceId): string {
  const list = listRules(rules, { patterns: [`source:${id}`] }).map((rule) => ({
    ...rule,
    requirements: rule.requirements.filter(({ source }) => source === id),
  }));
  const users = (Object.keys(profiles) as ProfileId[]).filter((name) => sourcesOf([name]).has(id));
  const head = [`# source ${id}`, "", `${findDocument(sources[id]).title}. ${countText(list)}.`, ""];
  const detail = [`Documents: ${documentsOf(rules, id).join(", ")}.`, "", `In the profiles ${users.join(", ")}.`];
  return `${[...head, ...detail, ...byPart(list)].join("\n")}\n`;
}

/** Returns the page of a part in Markdown, with its rules. */
export function partPage(rules: readonly AnyRule[], part: string): string {
  const list = listRules(rules, { patterns: [`${part}/*`] });
  return `${[`# ${part}/`, "", `${countText(list)}.`, ...byPart(list)].join("\n")}\n`;
}

function countText(list: readonly ListedRule[]): string {
  return `${list.length} rules with ${countRequirements(list)} requirements`;
}

/** Returns the names of the documents that requirements of a source cite, in the order of the documents. */
function documentsOf(rules: readonly AnyRule[], source: SourceId): readonly string[] {
  const cited = new Set(
    rules.flatMap(({ requirements }) =>
      requirements.filter((item) => item.source === source).map((item) => item.document ?? sources[source]),
    ),
  );
  return (Object.keys(documents) as DocumentId[]).filter((id) => cited.has(id)).map((id) => findDocument(id).name);
}

function byPart(list: readonly ListedRule[]): readonly string[] {
  const lines: string[] = [];
  let part = "";
  for (const { id, severity, title } of list) {
    const own = id.slice(0, id.indexOf("/"));
    if (own !== part) lines.push("", `## ${own}`, "");
    part = own;
    lines.push(`- ${id} (${severity}): ${title}`);
  }
  return lines;
}
