import { isoTime } from "../der/time.ts";
import { escapeCommand, escapePath } from "../files/escape-path.ts";
import { escapeLine } from "../report/escape-line.ts";
import { countOf } from "../rule/format-count.ts";
import { HistoryDatabase, type Row } from "./database.ts";
import { Places, type Reach } from "./reach.ts";

/** Filter of the list. */
export interface HistoryQuery {
  /** A URL, or part of the name of a CA or of its owner. */
  readonly about: string | undefined;
  /** Seconds since 1970. */
  readonly since: number | undefined;
}

/** Kind of an item of the list. */
type Happening = "crl" | "began" | "ended" | "event" | "not-fetched";

/** One line of the list. All text is escaped. */
interface HistoryItem {
  readonly time: string;
  readonly what: Happening;
  readonly subject: string;
  readonly owner: string;
  readonly ca: string;
  /** Place of the item, in a history that joins several places; else empty. */
  readonly place: string;
  /**
   * For a failed fetch: whether the URL returned no CRL everywhere, or only in some places; empty if that is not known.
   */
  readonly down: Reach["down"] | "";
  readonly severity: string;
  readonly rule: string;
  readonly text: string;
  readonly sha256: string;
}

const columns = [
  "time",
  "what",
  "subject",
  "owner",
  "ca",
  "place",
  "down",
  "severity",
  "rule",
  "text",
  "sha256",
] as const;

/** All items in one shape. */
const happenings = `
  SELECT first_seen AS at, 'crl' AS what, subject, '' AS severity, '' AS rule,
    'cRLNumber ' || coalesce(number, 'none') || ', ' || entries || iif(entries = 1, ' entry, ', ' entries, ') || size ||
    ' bytes' AS text, sha256
  FROM crl
  UNION ALL
  SELECT round.started, CASE finding.kind WHEN 'event' THEN 'event' ELSE 'began' END, subject, severity, rule, message,
    sha256
  FROM finding JOIN round ON round.id = began
  UNION ALL
  SELECT round.started, 'ended', subject, severity, rule, message, sha256
  FROM finding JOIN round ON round.id = finding.ended
  UNION ALL
  SELECT round.started, 'not-fetched', subject, '', '', why, ''
  FROM failure JOIN round ON round.id = failure.round`;

/**
 * Lists the items of a history, the latest first. It may cover years, so it is not held in memory.
 *
 * @throws UsageError if there is no history
 */
export async function* queryHistory(
  path: string,
  query: HistoryQuery,
  format: "table" | "json" | "csv",
): AsyncGenerator<string> {
  const database = await HistoryDatabase.openCopy(path);
  try {
    yield* renderers[format](itemsOf(database, query));
  } finally {
    database.close();
  }
}

function* itemsOf(database: HistoryDatabase, { about, since }: HistoryQuery): Generator<HistoryItem> {
  const places = new Places(database);
  const rows = database.each(
    `SELECT at, what, subject.name AS subject, owner, ca, place, '' AS down, severity, rule, text, sha256
    FROM (${happenings}) AS happening JOIN subject ON subject.id = happening.subject
    WHERE (?1 IS NULL OR subject.name = ?1 OR instr(lower(owner || ', ' || ca), lower(?1)) > 0)
      AND (?2 IS NULL OR at >= ?2)
    ORDER BY at DESC, subject.name, place, what, rule`,
    [about === undefined ? null : escapePath(about), since === undefined ? null : Math.floor(since)],
  );
  for (const { at, ...fields } of rows) {
    const item = { time: isoTime(Number(at)), ...escaped(fields) } as unknown as HistoryItem;
    const [subject, place] = [String(fields["subject"]), String(fields["place"])];
    const isFailure = item.what === "not-fetched" && place !== "";
    const reach = isFailure ? places.reachOf(subject, place, Number(at)) : undefined;
    if (reach === undefined) yield item;
    else yield { ...item, down: reach.down, text: `${item.text}; ${describeReach(reach, place)}` };
  }
}

/**
 * Returns the columns of a row as text for one line. The monitor stores escaped text, which is not changed; the file may
 * be from another machine, or written by other software.
 */
function escaped(row: Row): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, escapeLine(String(value))]));
}

/** Describes the URLs that returned no CRL in the last round of each place. Those that failed everywhere come first. */
export async function describePlaces(path: string): Promise<string> {
  const database = await HistoryDatabase.openCopy(path);
  try {
    const rounds = database.all("SELECT place, count(*) AS count FROM round GROUP BY place ORDER BY place");
    const failures = database.all(
      `SELECT subject.name, subject.place, started, why
      FROM failure JOIN subject ON subject.id = failure.subject JOIN round ON round.id = failure.round
      WHERE round.id IN (SELECT max(id) FROM round GROUP BY place)
      ORDER BY subject.name, subject.place`,
    );
    const places = new Places(database);
    const known = failures.map((row) => {
      const [url, place] = [String(row["name"]), String(row["place"])];
      return { url, place, why: String(row["why"]), reach: places.reachOf(url, place, Number(row["started"])) };
    });
    const listed = (title: string, downs: readonly (Reach["down"] | undefined)[]): string => {
      const own = known.filter(({ reach }) => downs.includes(reach?.down));
      const urls = [...new Set(own.map(({ url }) => url))].map((url) => {
        const failed = own.filter((each) => each.url === url);
        const [fetched = []] = failed.map(({ reach }) => reach?.fetched);
        const lines = failed.map(({ place, why }) => `    ${escapeLine(`${place}: ${why}`)}\n`).join("");
        const others = fetched.length === 0 ? "" : `    ${escapeLine(`fetched from ${fetched.join(", ")}`)}\n`;
        return `  ${escapeCommand(escapeLine(url))}\n${lines}${others}`;
      });
      return urls.length === 0 ? "" : `\n${title}:\n${urls.join("")}`;
    };
    const names = rounds.map(({ place, count }) => `${String(place)} (${countOf(Number(count), "round")})`);
    return (
      `${countOf(rounds.length, "place")}: ${escapeLine(names.join(", "))}\n` +
      listed("Down from everywhere", ["everywhere"]) +
      listed("Down from some places", ["some", "here"]) +
      listed("Not watched from another place", [undefined])
    );
  } finally {
    database.close();
  }
}

function describeReach({ down, failed, fetched }: Reach, place: string): string {
  if (down === "everywhere") return "down from everywhere";
  const where = down === "here" ? "here" : [place, ...failed].sort().join(", ");
  return escapeLine(`down from ${where}, fetched from ${fetched.join(", ")}`);
}

const renderers: Readonly<Record<"table" | "json" | "csv", (items: Iterable<HistoryItem>) => Iterable<string>>> = {
  *table(items) {
    for (const { time, what, place, subject, severity, rule, text } of items) {
      const found = rule === "" ? text : `${severity}[${rule}]: ${text}`;
      const where = place === "" ? "" : `${place}  `;
      yield `${time}  ${what.padEnd(11)}  ${where}${subject}  ${found}\n`;
    }
  },
  *json(items) {
    yield '{ "version": 1, "items": [';
    let separator = "\n";
    for (const item of items) {
      yield `${separator}${JSON.stringify(item)}`;
      separator = ",\n";
    }
    yield "\n] }\n";
  },
  *csv(items) {
    yield `${columns.join(",")}\r\n`;
    for (const item of items) yield `${columns.map((name) => csvField(item[name])).join(",")}\r\n`;
  },
};

/** Returns a field of CSV (RFC 4180). Text that a spreadsheet would treat as a formula gets an apostrophe before it. */
function csvField(text: string): string {
  const safe = /^[=+\-@\t]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
