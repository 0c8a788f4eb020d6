import { forms } from "../../src/clients/forms.ts";
import { cellOf, findingsIn, type Matrix } from "./trials.ts";
import { claims } from "./claims.ts";
import { namesRule, statements } from "./statements.ts";

/** Parts of docs/consumers.md that are generated from the matrix and the rules, by the name in their comments. */
const parts: Readonly<Record<string, (matrix: Matrix) => readonly string[]>> = {
  clients: ({ clients }) =>
    table(
      ["column", "client", "how it is called"],
      clients.map(({ id, name, version, mode }) => [id, `${name} ${version}`, `\`${mode}\``]),
    ),
  forms: ({ clients, forms: measured }) =>
    table(
      ["form", "", ...clients.map(({ id }) => id)],
      measured.map(({ id, title, isRevoked, answers }) => [
        `\`${id}\``,
        title,
        ...clients.map((client) => cellOf(answers[client.id]!, isRevoked)),
      ]),
    ),
  findings: () =>
    table(
      ["form", "what crllint finds in it"],
      forms.map((form) => [`\`${form.id}\``, findingsIn(form).map(linked).join(", ") || "nothing"]),
    ),
  statements: () => {
    const rows = statements().flatMap(({ of, software }) =>
      (claims[of] ?? [])
        .filter((claim) => claim.software.some((name) => software.includes(name)))
        .map((claim) => [
          ofText(of),
          claim.software.join(", "),
          claim.forms.map((form) => `\`${form}\``).join(", "),
          claim.cells.join(" or "),
        ]),
    );
    const distinct = [...new Map(rows.map((row) => [row.join("|"), row])).values()];
    return table(["statement of", "clients that it names", "forms", "what they do"], distinct);
  },
};

/** Replaces these parts of the page. */
export function fillPage(page: string, matrix: Matrix): string {
  return Object.entries(parts).reduce((text, [name, make]) => {
    const [begin, end] = [`<!-- begin: ${name} -->\n`, `<!-- end: ${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`docs/consumers.md has no place for ${name}`);
    return `${text.slice(0, from + begin.length)}\n${make(matrix).join("\n")}\n\n${text.slice(to)}`;
  }, page);
}

function linked(finding: string): string {
  const [severity = "", rule = ""] = finding.split(" ");
  return `${severity} [${rule}](rules/${rule}.md)`;
}

/** Returns a link to the rule of a text, or the id of a finding of crllint about its own work. */
function ofText(of: string): string {
  if (of.startsWith("crllint/")) return `\`${of}\``;
  const rule = of.includes("/") ? of : namesRule;
  return `[${rule}](rules/${rule}.md)${of === rule ? "" : `: ${of}`}`;
}

/** Returns a table with aligned columns, in the layout of the formatter. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((cell, i) => Math.max(3, cell.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}
