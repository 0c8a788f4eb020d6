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

/** The rounds of a place in the order of their beginnings. */
interface Rounds {
  readonly ids: readonly number[];
  readonly begins: readonly number[];
  readonly ends: readonly number[];
}

/** The time in which a place watched a URL. */
interface Watched {
  readonly place: string;
  /** Time of its first CRL or failure. */
  readonly from: number;
  /** The last round. */
  readonly last: number;
  /** Rounds without a CRL, in ascending order. */
  readonly failed: Float64Array;
}

/**
 * Comparison of the failures of a URL in one place with the rounds of the other places at that time. A history of years
 * has thousands of URLs and of rounds, so nothing is held for each URL in each round.
 */
export class Places {
  readonly #database: HistoryDatabase;
  #rounds: ReadonlyMap<string, Rounds> | undefined;
  /** Places by URL. */
  readonly #watched = new Map<string, readonly Watched[]>();

  constructor(database: HistoryDatabase) {
    this.#database = database;
  }

  /** Returns where the URL returned no CRL at about this time; undefined if no other place watched it within a day. */
  reachOf(url: string, place: string, at: number): Reach | undefined {
    const failed: string[] = [];
    const fetched: string[] = [];
    this.#rounds ??= this.#readRounds();
    for (const watched of this.#watchedIn(url)) {
      const rounds = this.#rounds.get(watched.place);
      const round = watched.place === place || rounds === undefined ? undefined : nearest(rounds, watched, at);
      if (round !== undefined) (isFailed(watched, round) ? failed : fetched).push(watched.place);
    }
    if (failed.length + fetched.length === 0) return undefined;
    const down = fetched.length === 0 ? "everywhere" : failed.length === 0 ? "here" : "some";
    return { down, failed, fetched };
  }

  #readRounds(): ReadonlyMap<string, Rounds> {
    const rows = this.#database.all("SELECT id, place, started, ended FROM round ORDER BY place, started, id");
    const groups = [...groupBy(rows, ({ place }) => String(place))];
    return new Map(
      groups.map(([place, own]): [string, Rounds] => [
        place,
        {
          ids: own.map(({ id }) => Number(id)),
          begins: own.map(({ started }) => Number(started)),
          ends: own.map(({ ended }) => Number(ended)),
        },
      ]),
    );
  }

  #watchedIn(url: string): readonly Watched[] {
    const known = this.#watched.get(url);
    if (known !== undefined) return known;
    // A URL was watched from its first CRL or failure to the last round that its row names.
    const rows = this.#database.all(
      `SELECT id, place, round, min(
        (SELECT coalesce(min(first_seen), 1e18) FROM crl WHERE crl.subject = subject.id),
        (SELECT coalesce(min(its.started), 1e18) FROM failure AS f JOIN round AS its ON its.id = f.round
          WHERE f.subject = subject.id)) AS since
      FROM subject WHERE name = ? ORDER BY place`,
      [url],
    );
    const watched = rows.map(({ id, place, round, since }): Watched => {
      const failures = this.#database.all("SELECT round FROM failure WHERE subject = ? ORDER BY round", [Number(id)]);
      return {
        place: String(place),
        from: Number(since),
        last: Number(round),
        failed: Float64Array.from(failures, (each) => Number(each["round"])),
      };
    });
    this.#watched.set(url, watched);
    return watched;
  }
}

/** Returns the round nearest to a time in which the URL was watched; undefined if there is none within a day. */
function nearest({ ids, begins, ends }: Rounds, { from, last }: Watched, at: number): number | undefined {
  const isWatched = (i: number): boolean => (ids[i] ?? 0) <= last && (ends[i] ?? 0) >= from;
  const isNear = (i: number): boolean => Math.abs((begins[i] ?? Infinity) - at) <= near;
  let after = firstNotBelow(begins, at);
  let before = after - 1;
  // Clocks jump: the rounds in which the URL was watched may not be next to each other.
  while (isNear(before) && !isWatched(before)) before -= 1;
  while (isNear(after) && !isWatched(after)) after += 1;
  if (!isNear(before)) return isNear(after) ? ids[after] : undefined;
  if (!isNear(after)) return ids[before];
  return at - (begins[before] ?? 0) < (begins[after] ?? 0) - at ? ids[before] : ids[after];
}

function isFailed({ failed }: Watched, round: number): boolean {
  return failed[firstNotBelow(failed, round)] === round;
}

/** Returns the index of the first value that is not less than another one. Values are in ascending order. */
function firstNotBelow(values: ArrayLike<number>, least: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
