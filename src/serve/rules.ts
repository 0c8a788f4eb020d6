import { countRequirements, listRules, patternsFor } from "../explain/rule-list.ts";
import { type InputName, optionalInputs } from "../lint/input-names.ts";
import { joinWords } from "../options/type.ts";
import { rules } from "../rules/index.ts";
import { isProfile, type ProfileId } from "../sources/profiles.ts";
import { type Answer, jsonAnswer } from "./answer.ts";
import { Problem } from "./problem.ts";

/** Query parameters: options of `crllint rules`. */
export const ruleParameters = ["profile", "part", "source", "needs"] as const;

/**
 * Returns the rules as `crllint rules --format json` lists them.
 *
 * @param query parameters as in a URL
 * @throws Problem if a parameter, a profile or an input is unknown
 */
export function answerRules(query: string): Answer {
  const given = new URLSearchParams(query);
  for (const name of given.keys()) {
    if (!(ruleParameters as readonly string[]).includes(name)) {
      throw new Problem("bad-request", `the parameters are ${ruleParameters.join(", ")}`);
    }
  }
  const profiles = given.getAll("profile").flatMap((names) => names.split(","));
  const unknown = profiles.some((name) => !isProfile(name));
  if (unknown)
    throw new Problem("bad-request", "profile must be one or several of those that GET /v1/openapi.json lists");
  const list = listRules(rules, {
    ...(profiles.length > 0 && { profiles: profiles as readonly ProfileId[] }),
    patterns: patternsFor({
      part: given.get("part") ?? undefined,
      source: given.get("source") ?? undefined,
      needs: needsIn(given),
    }),
  });
  const counts = { rules: list.length, requirements: countRequirements(list) };
  return jsonAnswer({ version: 1, counts, rules: list });
}

function needsIn(given: URLSearchParams): InputName | undefined {
  const name = given.get("needs");
  if (name === null || isInput(name)) return name ?? undefined;
  throw new Problem("bad-request", `needs must be ${joinWords(optionalInputs, "or")}`);
}

function isInput(name: string): name is InputName {
  return (optionalInputs as readonly string[]).includes(name);
}
