import type { LoadableRule } from "../rule/rule.ts";
import { rules } from "./index.ts";

/**
 * All rules, for the code that runs them. In the bundle of the command line, another file replaces this one. It
 * contains the heads of the rules, and loads the rules of a part when one of them must run. Most rules report nothing
 * about most CRLs.
 */
export const loadableRules: readonly LoadableRule[] = rules;
