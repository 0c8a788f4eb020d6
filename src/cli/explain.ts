import type { AnyRule, Requirement } from "../lint/rule.ts";
import { rules } from "../rules/index.ts";
import { findDocument } from "../sources/documents.ts";
import { sources } from "../sources/profiles.ts";
import { escapePath } from "./escape-path.ts";
import { type ExitCode, type Io, UsageError } from "./io.ts";
import { findNearest } from "./nearest.ts";

/**
 * Prints what a rule says, who demands it, why it matters and what to do, in Markdown.
 *
 * @throws UsageError where there is no such rule
 */
export async function explain(id: string, io: Io): Promise<ExitCode> {
  const rule = rules.find((each) => each.id === id || each.formerly?.includes(id) === true);
  if (rule === undefined) {
    const nearest = findNearest(
      id,
      rules.map((each) => each.id),
    );
    throw new UsageError(`no such rule: ${escapePath(id)}${nearest === undefined ? "" : `; did you mean ${nearest}?`}`);
  }
  await io.write(pageOf(rule));
  return 0;
}

function pageOf(rule: AnyRule): string {
  const { id, title, why, fix, requirements, examples } = rule;
  return `${[
    `# ${id}`,
    `${title}.`,
    ...requirements.map(describeRequirement),
    why,
    `To mend it: ${fix}.`,
    `Trips it:\n\n${examples.bad.map((example) => `- ${example.title}`).join("\n")}`,
    `Passes:\n\n${examples.good.map((example) => `- ${example.title}`).join("\n")}`,
  ].join("\n\n")}\n`;
}

function describeRequirement(requirement: Requirement): string {
  const { source, section, severity, quote, from, to } = requirement;
  const document = findDocument(requirement.document ?? sources[source]);
  const dates = [from === undefined ? "" : `from ${from}`, to === undefined ? "" : `to ${to}`].join(" ").trim();
  const where = section === "" ? document.name : `${document.name}, section ${section}`;
  const binds = `${severity} under source:${source}${dates === "" ? "" : `, ${dates}`}`;
  return `${quote === undefined ? "" : `> ${quote}\n>\n`}> -- ${where} (${binds})`;
}
