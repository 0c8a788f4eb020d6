import type { Location, Run } from "../../src/index.ts";

/** Whether this is the long run of the tests: `npm run hostile`. */
export const isFull = process.env["CRLLINT_HOSTILE"] === "full";

/**
 * Returns violations of properties that every run has: no rule crashes, and every place of every finding is inside its
 * file.
 *
 * @param sizes size of each file in bytes, by its name
 */
export function broken(run: Run, sizes: Readonly<Record<string, number>>): readonly string[] {
  const problems = run.rules.filter(({ status }) => status === "crashed").map(({ rule, why }) => `${rule}: ${why}`);
  for (const { rule, location, entries = [], related } of run.findings) {
    for (const place of [location, ...entries, ...related]) {
      if (!isInside(place, sizes)) problems.push(`${rule}: ${place.file} ${place.offset}+${place.length}`);
    }
  }
  return problems;
}

/** A place in PEM text outside the base64 has a line; all others are offsets in the DER. */
function isInside({ file, path, offset, length, pem }: Location, sizes: Readonly<Record<string, number>>): boolean {
  if (path === "PEM") return pem !== undefined;
  const size = sizes[file];
  return size !== undefined && offset >= 0 && length >= 0 && offset + length <= size;
}

/** Returns the findings of a run in comparable form: rule, severity, ASN.1 path and place in the DER. */
export function foundIn(run: Run): readonly string[] {
  return run.findings.map(({ rule, severity, location: { path, offset, length } }) =>
    [severity, rule, path, `${offset}+${length}`].join(" "),
  );
}
