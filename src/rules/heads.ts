import type { LoadableRule } from "../rule/rule.ts";
import { rules } from "./index.ts";

/**
 * All rules, for whoever runs them. The bundle of the command line holds their heads in place of this, and reads the
 * rules of a part when one of them is to run: most have nothing to say of most CRLs.
 */
export const loadableRules: readonly LoadableRule[] = rules;
