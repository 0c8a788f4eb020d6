import type { Location, Run } from "../../src/index.ts";

/** Whether this is the long test run, `npm run hostile`. */
export const isFull = process.env["CRLLINT_HOSTILE"] === "full";

/**
 * Returns violations of what every run must satisfy, for any bytes: no rule crashes, each place in a finding is inside its
 * file, and each text of a finding starts and ends with a visible character.
 *
 * @param sizes number of bytes of each file, by its name
 */
export function broken(run: Run, sizes: Readonly<Record<string, number>>): readonly string[] {
  const violations = run.rules.filter(({ status }) => status === "crashed").map(({ rule, why }) => `${rule}: ${why}`);
  for (const { rule, location, entries = [], related } of run.findings) {
    for (const place of [location, ...entries, ...related]) {
      if (!isInside(place, sizes)) violations.push(`${rule}: ${place.file} ${place.offset}+${place.length}`);
    }
  }
  return [...violations, ...blankTexts(run)];
}

/** Returns texts of findings that are empty, or start or end with whitespace or a separator because a part is empty. */
export function blankTexts({ findings }: Run): readonly string[] {
  return findings.flatMap(({ rule, message, notes, help }) =>
    [message, ...notes, help]
      .filter((text) => /^[\s:;,.]|[\s:;,]$|^$/u.test(text))
      .map((text) => `${rule}: text "${text}"`),
  );
}

/** Whether a location is inside its file. One in PEM text outside the base64 has a line; all others are bytes of DER. */
function isInside({ file, path, offset, length, pem }: Location, sizes: Readonly<Record<string, number>>): boolean {
  if (path === "PEM") return pem !== undefined;
  const size = sizes[file];
  return size !== undefined && offset >= 0 && length >= 0 && offset + length <= size;
}

/** Returns the findings of a run in comparable form: severity, rule, ASN.1 path, and place in the DER. */
export function findingsIn(run: Run): readonly string[] {
  return run.findings.map(({ rule, severity, location: { path, offset, length } }) =>
    [severity, rule, path, `${offset}+${length}`].join(" "),
  );
}
