import type { RuleOutcome, RuleStatus } from "../rule/report.ts";
import { countOf, formatCount } from "../rule/format-count.ts";
import { type Markup, markup, none } from "./markup.ts";
import { groupBy } from "../der/group-by.ts";

/** Statuses of rules, worst first, with the heading of each list. */
const endings: readonly (readonly [RuleStatus, string])[] = [
  ["crashed", "Rules that crashed"],
  ["failed", "Rules that failed"],
  ["skipped", "Rules that were skipped"],
  ["passed", "Rules that passed"],
  ["not-in-force", "Rules that are not in force on the date of the CRL"],
  ["not-applicable", "Rules that do not apply"],
  ["off", "Rules that are off"],
];

/** Rules with the same status and reason, in the section of a CRL. */
interface Listed {
  readonly ordinal: number;
  readonly crl: string;
  readonly ids: ReadonlySet<string>;
}

/** Maximum number of earlier lists that a list is compared with. */
const maximumCompared = 16;

/** Maximum number of rules of a list that is always written in full: a link would not be shorter. */
const maximumShort = 2;

/** Maximum share of the rules in which a list differs from another one, if only the difference is written. */
const maximumDifference = 1 / 3;

/**
 * The outcomes of rules. In a page about many CRLs, most lists resemble an earlier one: then only the difference is
 * written, with a link.
 */
export class OutcomeLists {
  /** Titles of the rules that were not listed yet. */
  readonly #titles: Map<string, string>;
  /** The section in which the rules are listed, and the name of its CRL, by all outcomes. */
  readonly #sections = new Map<string, { readonly ordinal: number; readonly crl: string }>();
  /** The last lists by status and reason. */
  readonly #lists = new Map<string, Listed[]>();

  /** @param titles of rules, by id */
  constructor(titles: ReadonlyMap<string, string>) {
    this.#titles = new Map(titles);
  }

  /** Returns the outcomes for one CRL. Rules that failed are folded as well, because their findings are shown. */
  of(rules: readonly RuleOutcome[], crl: string, ordinal: number): Markup {
    const key = rules.map(({ rule, status, count, why = "" }) => `${rule} ${status} ${count} ${why}`).join("\n");
    const known = this.#sections.get(key);
    if (known !== undefined) return markup`<p>Rules: ${linkTo(known)}</p>\n`;
    this.#sections.set(key, { ordinal, crl });
    const lists = endings.flatMap(([status, name]) => {
      const ended = rules.filter((outcome) => outcome.status === status);
      if (ended.length === 0) return [];
      const groups = [...groupBy(ended, reasonOf)].map(([why, outcomes]) => {
        const ids = new Set(outcomes.map(({ rule }) => rule));
        const lead = why === "" ? none : markup`${why} (${formatCount(outcomes.length)}): `;
        return this.#list(`${status} ${why}`, lead, { ordinal, crl, ids });
      });
      const isOpen = status === "crashed";
      return markup`<details${isOpen ? { markup: " open" } : none}><summary>${name} (${formatCount(ended.length)})</summary>
${groups}</details>
`;
    });
    return markup`${lists}`;
  }

  #list(key: string, lead: Markup, listed: Listed): Markup {
    const { ids } = listed;
    const known = this.#lists.get(key) ?? [];
    if (ids.size <= maximumShort) return markup`<p>${lead}${inLine([...ids])}</p>\n`;
    const [nearest] = known
      .map((other) => ({ other, ...differenceOf(ids, other.ids) }))
      .sort((a, b) => sizeOf(a) - sizeOf(b));
    if (nearest !== undefined && sizeOf(nearest) <= ids.size * maximumDifference) {
      const { other, without, also } = nearest;
      const removed = without.length === 0 ? none : markup`, without ${inLine(without)}`;
      const added = also.length === 0 ? none : markup`, and ${inLine(also)}`;
      return markup`<p>${lead}${linkTo(other)}${removed}${added}</p>\n`;
    }
    this.#lists.set(key, [...known.slice(1 - maximumCompared), listed]);
    const items = [...ids].map((id) => {
      const title = this.#titles.get(id);
      // Each title is written only once.
      this.#titles.delete(id);
      return markup`<li${title === undefined ? none : markup` title="${title}"`}><code>${id}</code></li>\n`;
    });
    return markup`${lead === none ? none : markup`<p>${lead}</p>\n`}<ul class="ids">${items}</ul>\n`;
  }
}

function linkTo({ ordinal, crl }: Pick<Listed, "ordinal" | "crl">): Markup {
  return markup`<a href="#crl-${String(ordinal)}">as for ${crl}</a>`;
}

function inLine(ids: readonly string[]): Markup {
  return markup`<code>${ids.join(", ")}</code>`;
}

interface Difference {
  readonly without: readonly string[];
  readonly also: readonly string[];
}

function differenceOf(ids: ReadonlySet<string>, others: ReadonlySet<string>): Difference {
  return { without: [...others].filter((id) => !ids.has(id)), also: [...ids].filter((id) => !others.has(id)) };
}

function sizeOf({ without, also }: Difference): number {
  return without.length + also.length;
}

/** Returns why a rule ended as it did, or the number of violations if it failed. */
function reasonOf({ why, count }: RuleOutcome): string {
  return why ?? (count > 0 ? countOf(count, "violation") : "");
}
