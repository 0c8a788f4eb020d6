import { randomUUID } from "node:crypto";
import { existsSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { keeping } from "../fetch/keeping.ts";
import { escapePath } from "../files/escape-path.ts";
import { UsageError } from "../options/usage-error.ts";
import { HistoryDatabase } from "./database.ts";

/** The history of one monitor, and the place that it ran in. */
export interface Place {
  /** Escaped. */
  readonly name: string;
  /** Path of its database. */
  readonly path: string;
}

/** Tables and, for each, the columns that refer to another table. */
const references = {
  round: {},
  subject: { round: "round" },
  crl: { subject: "subject" },
  finding: { subject: "subject", began: "round", ended: "round" },
  failure: { subject: "subject", round: "round" },
} as const;

/**
 * Joins the histories of monitors in several places into one that names the place of each round and each subject.
 * Replaces the file that an earlier call wrote.
 *
 * @throws UsageError if a file is not the history of a monitor, or two are the same history
 */
export async function joinHistories(target: string, places: readonly Place[]): Promise<void> {
  if (existsSync(target)) await checkJoined(target);
  const temporary = `${target}.${randomUUID()}`;
  try {
    const joined = await HistoryDatabase.open(temporary);
    try {
      for (const place of places) await joined.attached(place.path, () => joined.transaction(() => add(joined, place)));
      joined.moveLog();
    } finally {
      joined.close();
    }
    keeping(dirname(target), () => renameSync(temporary, target));
  } finally {
    for (const name of [temporary, `${temporary}-wal`]) rmSync(name, { force: true });
  }
}

/** Throws if the file is the history of a monitor, which must not be replaced. */
async function checkJoined(path: string): Promise<void> {
  const database = await HistoryDatabase.openCopy(path);
  const isJoined = hasPlaces(database, "main");
  database.close();
  if (!isJoined) throw new UsageError(`${escapePath(path)} is the history of a monitor: give another --out`);
}

/** Whether a history joins those of several places. */
export function hasPlaces(database: HistoryDatabase, schema: "main" | "other"): boolean {
  return database.get(`SELECT 1 FROM ${schema}.round WHERE place <> '' LIMIT 1`) !== undefined;
}

function add(joined: HistoryDatabase, { name, path }: Place): void {
  if (hasPlaces(joined, "other")) throw new UsageError(`${escapePath(path)} joins several places already`);
  const same = joined.get(
    "SELECT main.round.place FROM main.round JOIN other.round AS its ON its.key = main.round.key LIMIT 1",
  );
  if (same !== undefined) throw new UsageError(`${String(same["place"])} and ${name} are the same history`);
  // Rows keep their order. Their numbers continue those of the existing rows.
  const first = (table: string): number =>
    Number(joined.get(`SELECT coalesce(max(rowid), 0) AS id FROM main.${table}`)?.["id"]);
  const offsets = { round: first("round"), subject: first("subject"), crl: first("crl"), finding: first("finding") };
  for (const [table, columns] of Object.entries(references)) {
    const moved = Object.entries(columns).map(([column, to]) => [column, offsets[to]] as const);
    const own = table === "failure" ? [] : [["id", offsets[table as keyof typeof offsets]] as const];
    const shifts = new Map<string, number>([...moved, ...own]);
    const names = joined.all(`SELECT name FROM pragma_table_info('${table}')`).map((row) => String(row["name"]));
    const values = names.map((column) => {
      if (column === "place") return "?";
      const shift = shifts.get(column);
      return shift === undefined ? column : `${column} + ${shift}`;
    });
    const isPlaced = names.includes("place");
    joined.run(
      `INSERT INTO main.${table} (${names.join(", ")}) SELECT ${values.join(", ")} FROM other.${table} ORDER BY 1`,
      isPlaced ? [name] : [],
    );
  }
}
