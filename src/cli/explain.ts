import { rulePage } from "../explain/rule-page.ts";
import { showExample } from "../explain/show-example.ts";
import { rules } from "../rules/index.ts";
import { escapePath } from "./escape-path.ts";
import { type ExitCode, type Io, UsageError } from "./io.ts";
import { findNearest } from "./nearest.ts";

/**
 * Prints the page of a rule: what it says, who demands it, why it matters, what to do, and what its examples look like.
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
  await io.write(await rulePage(rule, showExample));
  return 0;
}
