import { escapePath } from "../files/escape-path.ts";
import { UsageError } from "../options/usage-error.ts";
import { otherCrlRole } from "../rule/aspects.ts";
import { stablePath } from "../rule/location.ts";
import type { Finding, RunVerdict, Severity } from "../rule/report.ts";
import { loadableRules } from "../rules/heads.ts";
import { version } from "../version.ts";
import { HistoryDatabase, type Row, type Values } from "./database.ts";
import { hasPlaces } from "./join.ts";
import { countResults, type Counts, type Result } from "./results.ts";

/** A finding in the history. All text is escaped. */
export interface KeptFinding {
  /** The URL, or the name of the record. */
  readonly subject: string;
  readonly owner: string;
  readonly ca: string;
  readonly rule: string;
  readonly path: string;
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
  /** SHA-256 of the CRL in which it was first found; empty if there was none. */
  readonly sha256: string;
  /** Begin of the round in which it was first found, and of the round in which it was no longer found. */
  readonly began: number;
  readonly ended: number | undefined;
}

/**
 * A state begins and ends: a CRL is expired until it is replaced. An event happens once: a CRL number decreased. Events
 * are the findings that compare a CRL with the one that it replaced.
 */
export type FindingKind = "state" | "event";

/** A round that has ended. */
export interface FinishedRound {
  /** Identifies the round among all rounds of the directory. */
  readonly key: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly verdict: RunVerdict;
  readonly results: readonly Result[];
}

/** Changes in a round. */
export interface Changes {
  /** Begin of the round before; undefined if there was none. */
  readonly since: number | undefined;
  /** States that began, and events. */
  readonly appeared: readonly KeptFinding[];
  /** States that ended. */
  readonly ended: readonly KeptFinding[];
  /** States that began earlier and have not ended. */
  readonly stayed: readonly KeptFinding[];
  /** Number of events in earlier rounds. */
  readonly pastEvents: number;
}

/** A CRL that a URL returned. */
export interface SeenCrl {
  readonly sha256: string;
  readonly number: string | undefined;
  /** Seconds since 1970. */
  readonly thisUpdate: number | undefined;
  readonly nextUpdate: number | undefined;
  readonly size: number;
  readonly entries: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

/** A round whose changes were not announced yet. */
export interface UnannouncedRound {
  readonly id: number;
  readonly key: string;
  readonly startedAt: number;
  readonly verdict: RunVerdict;
  readonly counts: Counts;
  readonly appeared: readonly KeptFinding[];
  readonly ended: readonly KeptFinding[];
}

/**
 * Rules whose findings are events. Findings of transport rules are states, even if two CRLs are compared: a server
 * returns an older CRL until it returns another.
 */
const eventRules: ReadonlySet<string> = new Set(
  loadableRules
    .filter(
      ({ id, looksAt }) =>
        !id.startsWith("transport/") && looksAt?.some((aspect) => otherCrlRole(aspect) === "previous"),
    )
    .map(({ id }) => id),
);

/** Returns whether the findings of a rule are states or events. */
function kindOf(rule: string): FindingKind {
  return eventRules.has(rule) ? "event" : "state";
}

/**
 * Core rules. The message of their findings states the fault, without times or other parts that change from round to
 * round: after a reversed issuer, the issuer of another CA is a new fault.
 */
const coreRules: ReadonlySet<string> = new Set(
  loadableRules.flatMap(({ id, core }) => (core === undefined ? [] : [id])),
);

/** The properties that identify a finding in the history. */
type Identity = Pick<KeptFinding, "subject" | "rule" | "path" | "kind" | "severity" | "message" | "sha256">;

/** Returns the properties that identify a finding of a result in the history. */
export function identityOf(
  { run, crl }: Pick<Result, "run" | "crl">,
  { rule, severity, message, location }: Finding,
): Identity {
  const path = stablePath(location.path);
  return {
    subject: run.crl,
    rule,
    // An entry is identified by its serial, because its index changes.
    path: location.serial === undefined ? path : `${path} ${location.serial}`,
    kind: kindOf(rule),
    severity,
    message,
    sha256: crl?.sha256 ?? "",
  };
}

/**
 * Returns the key of a finding: a state is the same one from CRL to CRL, and an event is about one CRL. If the severity
 * or the fault of a state changes, it ends and another begins.
 */
export function keyOf({ subject, rule, path, kind, severity, message, sha256 }: Identity): string {
  const fault = coreRules.has(rule) ? message : "";
  return JSON.stringify([subject, rule, path, severity, fault, ...(kind === "event" ? [sha256] : [])]);
}

const findingColumns = `
  SELECT subject.name AS subject, subject.owner, subject.ca, rule, path, finding.kind, severity, message, help, sha256,
    b.started AS began, e.started AS ended
  FROM finding JOIN subject ON subject.id = finding.subject
    JOIN round AS b ON b.id = finding.began LEFT JOIN round AS e ON e.id = finding.ended`;

/** The results of all rounds of a monitor. */
export class History {
  readonly #database: HistoryDatabase;

  private constructor(database: HistoryDatabase) {
    this.#database = database;
  }

  /**
   * Opens the history for adding a round. The caller must hold the lease of its directory.
   *
   * @throws UsageError if the file is not a history
   */
  static async open(path: string): Promise<History> {
    const database = await HistoryDatabase.open(path);
    if (!hasPlaces(database, "main")) return new History(database);
    database.close();
    throw new UsageError(`${escapePath(path)} joins the histories of several places: give another --out`);
  }

  /** The first round, whose key is in no other history; undefined before its end. */
  get first(): Pick<FinishedRound, "key" | "startedAt"> | undefined {
    const row = this.#database.get("SELECT key, started FROM round ORDER BY id LIMIT 1");
    return row && { key: String(row["key"]), startedAt: Number(row["started"]) };
  }

  /** Closes the file. */
  close(): void {
    this.#database.close();
  }

  /**
   * Adds a round, all of it or nothing. Leaves a round that is already there unchanged. Returns the changes in the
   * round.
   */
  add(round: FinishedRound): Changes {
    const database = this.#database;
    const known = database.get("SELECT id FROM round WHERE key = ?", [round.key]);
    const id = known === undefined ? database.transaction(() => this.#insert(round)) : Number(known["id"]);
    const before = database.get("SELECT started FROM round WHERE id < ? ORDER BY id DESC LIMIT 1", [id]);
    const findings = (where: string): readonly KeptFinding[] => this.#findings(where, [id]);
    return {
      since: before === undefined ? undefined : Number(before["started"]),
      appeared: findings("finding.began = ?"),
      ended: findings("finding.ended = ?"),
      stayed: findings("finding.began < ? AND finding.ended IS NULL AND finding.kind = 'state'"),
      pastEvents: Number(
        database.get("SELECT count(*) AS n FROM finding WHERE kind = 'event' AND began < ?", [id])?.["n"],
      ),
    };
  }

  /** Returns the rounds that were not announced yet, the oldest first. */
  unannounced(): readonly UnannouncedRound[] {
    return this.#database.all("SELECT * FROM round WHERE announced IS NULL ORDER BY id").map((row) => {
      const id = Number(row["id"]);
      return {
        id,
        key: String(row["key"]),
        startedAt: Number(row["started"]),
        verdict: String(row["verdict"]) as RunVerdict,
        counts: {
          crls: Number(row["crls"]),
          linted: Number(row["linted"]),
          unchecked: Number(row["unchecked"]),
          notFetched: Number(row["not_fetched"]),
        },
        appeared: this.#findings("finding.began = ?", [id]),
        ended: this.#findings("finding.ended = ?", [id]),
      };
    });
  }

  /** Records that a round was announced. */
  markAnnounced(round: number, at: number): void {
    this.#database.run("UPDATE round SET announced = ? WHERE id = ?", [Math.floor(at), round]);
  }

  /** Returns the CRLs that a URL returned, the first one first. */
  seriesOf(subject: string): readonly SeenCrl[] {
    return this.#database
      .all(
        "SELECT crl.* FROM crl JOIN subject ON subject.id = crl.subject WHERE subject.name = ? " +
          "ORDER BY first_seen, crl.id",
        [subject],
      )
      .map((row) => {
        const { number, this_update: thisUpdate, next_update: nextUpdate } = row;
        return {
          sha256: String(row["sha256"]),
          number: number === null ? undefined : String(number),
          thisUpdate: thisUpdate === null ? undefined : Number(thisUpdate),
          nextUpdate: nextUpdate === null ? undefined : Number(nextUpdate),
          size: Number(row["size"]),
          entries: Number(row["entries"]),
          firstSeen: Number(row["first_seen"]),
          lastSeen: Number(row["last_seen"]),
        };
      });
  }

  /** Returns the findings that began last, the latest first: of all subjects, or of one URL or record. */
  latest(count: number, subject?: string): readonly KeptFinding[] {
    const where = subject === undefined ? "" : "WHERE finding.subject = (SELECT id FROM subject WHERE name = ?)";
    const values = subject === undefined ? [count] : [subject, count];
    return this.#database.all(`${findingColumns} ${where} ORDER BY finding.id DESC LIMIT ?`, values).map(readFinding);
  }

  #findings(where: string, values: readonly number[]): readonly KeptFinding[] {
    return this.#database.all(`${findingColumns} WHERE ${where} ORDER BY finding.id`, values).map(readFinding);
  }

  #insert({ key, startedAt, endedAt, verdict, results }: FinishedRound): number {
    const database = this.#database;
    const { crls, linted, unchecked, notFetched } = countResults(results);
    database.run(
      "INSERT INTO round (key, started, ended, verdict, crllint, crls, linted, unchecked, not_fetched) " +
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      [key, startedAt, Math.floor(endedAt), verdict, version, crls, linted, unchecked, notFetched],
    );
    const round = Number(database.get("SELECT max(id) AS id FROM round")?.["id"]);
    database.withStatements(statements, (prepared) => {
      for (const result of results) {
        const { run, kind, owner, ca, crl, at } = result;
        const [row] = prepared.addSubject([run.crl, kind, owner, ca, round]);
        const subject = Number(row?.["id"]);
        if (crl !== undefined) {
          const { sha256, number = null, thisUpdate = null, nextUpdate = null, size, entries } = crl;
          const seen = Math.floor(at);
          prepared.addCrl([subject, sha256, number, thisUpdate, nextUpdate, size, entries, seen, seen]);
        } else if (kind === "crl") {
          prepared.addFailure([subject, round, run.findings.map(({ message }) => message).join("; ")]);
        }
        keepFindings(result, subject, round, prepared);
      }
    });
    // A URL or record that is no longer watched has no state.
    database.run(
      "UPDATE finding SET ended = ? WHERE ended IS NULL AND kind = 'state' " +
        "AND subject IN (SELECT id FROM subject WHERE round < ?)",
      [round, round],
    );
    return round;
  }
}

/** Statements that are run for each result of a round, or for each of its findings. */
const statements = {
  addSubject:
    "INSERT INTO subject (name, kind, owner, ca, round) VALUES (?, ?, ?, ?, ?) ON CONFLICT (name, place) " +
    "DO UPDATE SET owner = excluded.owner, ca = excluded.ca, round = excluded.round RETURNING id",
  addCrl:
    "INSERT INTO crl (subject, sha256, number, this_update, next_update, size, entries, first_seen, last_seen) " +
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (subject, sha256) DO UPDATE SET last_seen = excluded.last_seen",
  addFailure: "INSERT INTO failure (subject, round, why) VALUES (?, ?, ?)",
  openFindings:
    "SELECT id, rule, path, kind, severity, message, sha256 FROM finding WHERE subject = ? " +
    "AND (kind = 'event' AND sha256 = ? OR kind = 'state' AND ended IS NULL)",
  addFinding:
    "INSERT INTO finding (subject, rule, path, kind, severity, message, help, sha256, began) " +
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
  endFinding: "UPDATE finding SET ended = ? WHERE id = ?",
} as const;

type Statements = Readonly<Record<keyof typeof statements, (values: Values) => readonly Row[]>>;

/** Adds the findings of a result that are new, and ends those that are gone. */
function keepFindings(result: Result, subject: number, round: number, prepared: Statements): void {
  const { run, crl, unchecked } = result;
  const open = prepared.openFindings([subject, crl?.sha256 ?? ""]);
  const known = new Map(open.map((row) => [keyOf(readIdentity(row, run.crl)), row]));
  const present = new Set<string>();
  for (const finding of run.findings) {
    if (finding.suppressed !== undefined) continue;
    const identity = identityOf(result, finding);
    const key = keyOf(identity);
    const isKnown = known.has(key) || present.has(key);
    present.add(key);
    if (isKnown) continue;
    const { rule, path, kind, severity, message, sha256 } = identity;
    prepared.addFinding([subject, rule, path, kind, severity, message, finding.help, sha256, round]);
  }
  // A finding whose rule could not be checked this time has not ended.
  if (unchecked === undefined) return;
  for (const [key, row] of known) {
    if (row["kind"] === "event" || present.has(key) || unchecked.includes(String(row["rule"]))) continue;
    prepared.endFinding([round, Number(row["id"])]);
  }
}

function readIdentity(row: Row, subject: string): Identity {
  const text = (name: string): string => String(row[name]);
  return {
    subject,
    rule: text("rule"),
    path: text("path"),
    kind: text("kind") as FindingKind,
    severity: text("severity") as Severity,
    message: text("message"),
    sha256: text("sha256"),
  };
}

/** Reads a row with the columns of a finding. */
function readFinding(row: Row): KeptFinding {
  const text = (name: string): string => String(row[name]);
  return {
    ...readIdentity(row, text("subject")),
    owner: text("owner"),
    ca: text("ca"),
    help: text("help"),
    began: Number(row["began"]),
    ended: row["ended"] === null ? undefined : Number(row["ended"]),
  };
}
