import type { Location, Run } from "../../src/index.ts";

/** Whether this run of the tests is the long one: `npm run hostile`. */
export const isFull = process.env["CRLLINT_HOSTILE"] === "full";

/**
 * What a run breaks of what holds whatever the bytes: no rule crashes, every place of every finding is inside its file,
 * and every text of a finding starts and ends with something that can be seen.
 *
 * @param sizes number of bytes of each file, by its name
 */
export function broken(run: Run, sizes: Readonly<Record<string, number>>): readonly string[] {
  const problems = run.rules.filter(({ status }) => status === "crashed").map(({ rule, why }) => `${rule}: ${why}`);
  for (const { rule, location, entries = [], related } of run.findings) {
    for (const place of [location, ...entries, ...related]) {
      if (!isInside(place, sizes)) problems.push(`${rule}: ${place.file} ${place.offset}+${place.length}`);
    }
  }
  return [...problems, ...blankTexts(run)];
}

/** The texts of findings that are empty, or start or end with whitespace or a separator: something in them was empty. */
export function blankTexts({ findings }: Run): readonly string[] {
  return findings.flatMap(({ rule, message, notes, help }) =>
    [message, ...notes, help]
      .filter((text) => /^[\s:;,.]|[\s:;,]$|^$/u.test(text))
      .map((text) => `${rule}: text "${text}"`),
  );
}

/** A place in PEM text outside the base64 has a line; all others are bytes of the DER. */
function isInside({ file, path, offset, length, pem }: Location, sizes: Readonly<Record<string, number>>): boolean {
  if (path === "PEM") return pem !== undefined;
  const size = sizes[file];
  return size !== undefined && offset >= 0 && length >= 0 && offset + length <= size;
}

/** What a run found, as it can be compared: rule, severity, ASN.1 path and place in the DER. */
export function foundIn(run: Run): readonly string[] {
  return run.findings.map(({ rule, severity, location: { path, offset, length } }) =>
    [severity, rule, path, `${offset}+${length}`].join(" "),
  );
}
