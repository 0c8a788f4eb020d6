import { groupBy } from "../der/group-by.ts";
import type { HistoryDatabase } from "./database.ts";

/** The places in which a URL returned no CRL, when it returned none in one place. */
export interface Reach {
  readonly down: "everywhere" | "some" | "here";
  /** Other places in which the URL returned no CRL, and in which it returned one. */
  readonly failed: readonly string[];
  readonly fetched: readonly string[];
}

/** Maximum number of seconds between the beginnings of two rounds that are compared. */
const near = 24 * 3600;

/** A round in which a URL was watched. */
interface Watched {
  readonly place: string;
  readonly at: number;
  readonly isFailed: boolean;
}

/** Comparison of the failures of a URL in one place with the rounds of the other places at that time. */
export class Places {
  readonly #database: HistoryDatabase;
  /** Rounds of each place, the first one first, by URL. */
  readonly #watched = new Map<string, ReadonlyMap<string, readonly Watched[]>>();

  constructor(database: HistoryDatabase) {
    this.#database = database;
  }

  /** Returns where the URL returned no CRL at about this time; undefined if no other place watched it within a day. */
  reachOf(url: string, place: string, at: number): Reach | undefined {
    const failed: string[] = [];
    const fetched: string[] = [];
    for (const [other, rounds] of this.#roundsOf(url)) {
      const round = other === place ? undefined : nearest(rounds, at);
      if (round === undefined || Math.abs(round.at - at) > near) continue;
      (round.isFailed ? failed : fetched).push(other);
    }
    if (failed.length + fetched.length === 0) return undefined;
    const down = fetched.length === 0 ? "everywhere" : failed.length === 0 ? "here" : "some";
    return { down, failed, fetched };
  }

  #roundsOf(url: string): ReadonlyMap<string, readonly Watched[]> {
    const known = this.#watched.get(url);
    if (known !== undefined) return known;
    // A URL was watched from its first CRL or failure to the last round that its row names.
    const rows = this.#database.all(
      `SELECT subject.place, round.started, failure.round IS NOT NULL AS failed
      FROM subject JOIN round ON round.place = subject.place AND round.id <= subject.round
        LEFT JOIN failure ON failure.subject = subject.id AND failure.round = round.id
      WHERE subject.name = ?1 AND round.ended >= min(
        (SELECT coalesce(min(first_seen), 1e18) FROM crl WHERE crl.subject = subject.id),
        (SELECT coalesce(min(its.started), 1e18) FROM failure AS f JOIN round AS its ON its.id = f.round
          WHERE f.subject = subject.id))
      ORDER BY subject.place, round.started`,
      [url],
    );
    const watched = rows.map(({ place, started, failed }): Watched => {
      return { place: String(place), at: Number(started), isFailed: failed === 1 };
    });
    const rounds = groupBy(watched, ({ place }) => place);
    this.#watched.set(url, rounds);
    return rounds;
  }
}

/** Returns the round nearest to a time. Rounds are in the order of time. */
function nearest(rounds: readonly Watched[], at: number): Watched | undefined {
  let low = 0;
  let high = rounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rounds[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [rounds[low - 1], rounds[low]];
  if (before === undefined || after === undefined) return before ?? after;
  return at - before.at < after.at - at ? before : after;
}
