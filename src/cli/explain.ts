import { partPage, profilePage, sourcePage } from "../explain/profile-page.ts";
import { rulePage } from "../explain/rule-page.ts";
import { ownFindings } from "../explain/own-findings.ts";
import { rules } from "../rules/index.ts";
import { isProfile, type ProfileId, profiles, type SourceId, sources } from "../sources/profiles.ts";
import { escapePath } from "../files/escape-path.ts";
import { suggestNearest } from "../options/nearest.ts";
import { UsageError } from "../options/usage-error.ts";
import type { Flags } from "../options/values.ts";
import type { ExitCode, Io } from "./io.ts";
import { toFit } from "./to-fit.ts";

/**
 * Prints the page of a rule, of a finding of crllint about its own work, of a part, of a profile, or of a source. The
 * page of a rule has its requirements, reason and fix, with --examples also its examples. A source is named
 * `source:mozilla`; the prefix is not needed if no profile has that name. Case does not matter.
 *
 * @throws UsageError if nothing has that name
 */
export async function explain(name: string, flags: Flags<"explain">, io: Io): Promise<ExitCode> {
  await io.write(toFit(await pageOf(name, flags.examples === true), io));
  return 0;
}

async function pageOf(written: string, hasExamples: boolean): Promise<string> {
  const name = written.toLowerCase();
  const rule = rules.find((each) => each.id === name || each.formerly?.includes(name) === true);
  if (rule !== undefined) {
    if (hasExamples) return rulePage(rule, (await import("../explain/show-example.ts")).showExample);
    return `${await rulePage(rule)}\nExamples: crllint explain --examples ${rule.id}\n`;
  }
  const ownId = name.replace(/^crllint\//u, "");
  const own = Object.hasOwn(ownFindings, ownId) ? ownFindings[ownId] : undefined;
  if (own !== undefined) return `# crllint/${ownId}\n\n${own.meaning}\n\n**Fix:** ${own.fix}.\n`;
  const part = name.replace(/\/\*?$/u, "");
  if (part === "crllint") return ownPage();
  if (rules.some(({ id }) => id.startsWith(`${part}/`))) return partPage(rules, part);
  if (isProfile(name)) return profilePage(rules, name);
  const source = name.replace(/^source:/u, "");
  if (Object.hasOwn(sources, source)) return sourcePage(rules, source as SourceId);
  const known = [
    ...rules.map(({ id }) => id),
    ...ownIds,
    ...(Object.keys(profiles) as ProfileId[]),
    ...Object.keys(sources),
  ];
  throw new UsageError(`no such rule, part, profile or source: ${escapePath(written)}${suggestNearest(name, known)}`);
}

const ownIds = Object.keys(ownFindings).map((id) => `crllint/${id}`);

/** Returns the page on findings of crllint about its own work, in Markdown. */
function ownPage(): string {
  const lines = Object.entries(ownFindings).map(([id, { meaning }]) => `- crllint/${id}: ${meaning}`);
  return ["# crllint/", "", "Findings of crllint about its own work and its inputs.", "", ...lines, ""].join("\n");
}
