import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database, SQLiteValue, Statement } from "node-sqlite3-wasm";
import { cannotRead } from "../files/cannot-read.ts";
import { escapePath } from "../files/escape-path.ts";
import { UsageError } from "../options/usage-error.ts";

/** One row of a table or of a query result. */
export type Row = Readonly<Record<string, SQLiteValue>>;

/** Values for the `?` in a statement. */
export type Values = readonly SQLiteValue[];

/** SQLite's application id of crllint's files: "CRLh". */
const applicationId = 0x43524c68;

/** Version of the tables below. */
const schemaVersion = 1;

/**
 * The tables. Times are in seconds since 1970, digests in lower-case hexadecimal. `place` is empty in the history of
 * one monitor, and names the monitor in a history that joins several.
 */
const schema = `
CREATE TABLE round (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  place TEXT NOT NULL DEFAULT '',
  started INTEGER NOT NULL,
  ended INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  crllint TEXT NOT NULL,
  crls INTEGER NOT NULL,
  linted INTEGER NOT NULL,
  unchecked INTEGER NOT NULL,
  not_fetched INTEGER NOT NULL,
  announced INTEGER
) STRICT;
CREATE TABLE subject (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  place TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL,
  owner TEXT NOT NULL,
  ca TEXT NOT NULL,
  round INTEGER NOT NULL REFERENCES round,
  UNIQUE (name, place)
) STRICT;
CREATE TABLE crl (
  id INTEGER PRIMARY KEY,
  subject INTEGER NOT NULL REFERENCES subject,
  sha256 TEXT NOT NULL,
  number TEXT,
  this_update INTEGER,
  next_update INTEGER,
  size INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  UNIQUE (subject, sha256)
) STRICT;
CREATE TABLE finding (
  id INTEGER PRIMARY KEY,
  subject INTEGER NOT NULL REFERENCES subject,
  rule TEXT NOT NULL,
  path TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('state', 'event')),
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  help TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  began INTEGER NOT NULL REFERENCES round,
  ended INTEGER REFERENCES round
) STRICT;
CREATE INDEX finding_of_subject ON finding (subject, rule, path);
CREATE INDEX finding_began ON finding (began);
CREATE INDEX finding_ended ON finding (ended);
CREATE TABLE failure (
  subject INTEGER NOT NULL REFERENCES subject,
  round INTEGER NOT NULL REFERENCES round,
  why TEXT NOT NULL,
  PRIMARY KEY (subject, round)
) STRICT, WITHOUT ROWID;
CREATE INDEX failure_of_round ON failure (round);
`;

/**
 * An SQLite file with the history of a monitor. This is the only file that loads the driver. A process that is killed
 * leaves either the last commit or the one before it: the driver recovers a write-ahead log, but not a rollback
 * journal, so no other mode may be used. Its locks are directories, which also remain after a killed process. The lease
 * of the monitor's directory keeps two processes apart.
 */
export class HistoryDatabase {
  readonly #database: Database;
  readonly #path: string;
  readonly #close: () => void;

  /** @param path of the file, for error messages */
  private constructor(database: Database, path: string, close: () => void) {
    this.#database = database;
    this.#path = path;
    this.#close = close;
  }

  /**
   * Opens the file for writing, and creates it if there is none. The caller must hold the lease of its directory.
   *
   * @throws UsageError if the file is not a history
   */
  static async open(path: string): Promise<HistoryDatabase> {
    rmSync(`${path}.lock`, { recursive: true, force: true });
    if (!existsSync(path)) await HistoryDatabase.#create(path);
    return HistoryDatabase.#opened(path, path, () => {});
  }

  /**
   * Creates the file with its tables, in one step: a process that is killed before leaves none, so an empty file was
   * damaged later.
   *
   * @throws UsageError if it cannot be written
   */
  static async #create(path: string): Promise<void> {
    const temporary = `${path}.new`;
    const remove = (): void => {
      for (const end of ["", "-wal", ".lock"]) rmSync(`${temporary}${end}`, { recursive: true, force: true });
    };
    remove();
    try {
      const database = await openFile(temporary, path);
      const created = new HistoryDatabase(database, path, () => database.close());
      try {
        created.transaction(() => {
          database.exec(`${schema}PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion};`);
        });
        created.moveLog();
      } finally {
        created.close();
      }
      // The log of a file that was moved away would be replayed into this one.
      rmSync(`${path}-wal`, { force: true });
      renameSync(temporary, path);
    } catch (error) {
      throw explained(error, path);
    } finally {
      remove();
    }
  }

  /**
   * Opens a copy of the file for reading, so a running monitor is not disturbed.
   *
   * @throws UsageError if there is no such file, or it changes too often to copy it
   */
  static async openCopy(path: string): Promise<HistoryDatabase> {
    const { copy, remove } = await copyOf(path);
    try {
      return await HistoryDatabase.#opened(copy, path, remove);
    } catch (error) {
      remove();
      throw error;
    }
  }

  /**
   * Opens a file, and checks that it is a history.
   *
   * @param name path in messages, if the file is a copy
   * @param after called when the file was closed
   */
  static async #opened(path: string, name: string, after: () => void): Promise<HistoryDatabase> {
    // SQLite treats an empty file as a new database.
    if (statSync(path).size === 0) throw new UsageError(`${escapePath(name)}: the file is empty; ${restore}`);
    const database = await openFile(path, name);
    const opened = new HistoryDatabase(database, name, () => {
      database.close();
      after();
    });
    try {
      opened.#check(name, "main");
      return opened;
    } catch (error) {
      database.close();
      throw error;
    }
  }

  #check(path: string, schema: "main" | "other"): void {
    const version = this.#pragma(`${schema}.user_version`);
    if (this.#pragma(`${schema}.application_id`) !== applicationId) {
      throw new UsageError(`${escapePath(path)} is not a history of crllint`);
    }
    if (version !== schemaVersion) {
      throw new UsageError(`${escapePath(path)} has version ${version} of the tables, not ${schemaVersion}`);
    }
  }

  #pragma(name: string): number {
    return Number(Object.values(this.get(`PRAGMA ${name}`) ?? {})[0]);
  }

  /**
   * Does some work while the tables of a copy of another file are available as `other.round`, `other.subject` and so
   * on.
   *
   * @throws UsageError as `openCopy`
   */
  async attached(path: string, work: () => void): Promise<void> {
    const { copy, remove } = await copyOf(path);
    try {
      this.run("ATTACH ? AS other", [copy]);
      try {
        this.#check(path, "other");
        work();
      } finally {
        this.#database.exec("DETACH other");
      }
    } catch (error) {
      throw explained(error, path);
    } finally {
      remove();
    }
  }

  /**
   * Does all of some work, or none of it if it fails.
   *
   * @throws UsageError if the file cannot be written
   */
  transaction<T>(work: () => T): T {
    return this.#explaining(() => {
      this.#database.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        this.#database.exec("COMMIT");
        return result;
      } catch (error) {
        if (this.#database.inTransaction) this.#database.exec("ROLLBACK");
        throw error;
      }
    });
  }

  /**
   * Prepares statements that are run many times, by name. They may be run only within `work`, and each returns all rows
   * of its result.
   */
  withStatements<Name extends string>(
    sql: Readonly<Record<Name, string>>,
    work: (run: Readonly<Record<Name, (values: Values) => readonly Row[]>>) => void,
  ): void {
    const statements: Statement[] = [];
    try {
      const runs = Object.entries<string>(sql).map(([name, text]) => {
        const statement = this.#database.prepare(text);
        statements.push(statement);
        return [name, (values: Values) => statement.all([...values]) as readonly Row[]];
      });
      work(Object.fromEntries(runs));
    } finally {
      for (const statement of statements) statement.finalize();
    }
  }

  /**
   * Runs a statement.
   *
   * @throws UsageError if the file cannot be written
   */
  run(sql: string, values: Values = []): void {
    this.#explaining(() => this.#database.run(sql, [...values]));
  }

  /**
   * Returns the first row of a query result.
   *
   * @throws UsageError if the file is damaged
   */
  get(sql: string, values: Values = []): Row | undefined {
    return this.#explaining(() => (this.#database.get(sql, [...values]) as Row | null) ?? undefined);
  }

  /**
   * Returns all rows of a query result.
   *
   * @throws UsageError if the file is damaged
   */
  all(sql: string, values: Values = []): readonly Row[] {
    return this.#explaining(() => this.#database.all(sql, [...values]) as readonly Row[]);
  }

  /**
   * Yields the rows of a query result, one at a time.
   *
   * @throws UsageError if the file is damaged
   */
  *each(sql: string, values: Values = []): Generator<Row> {
    const statement = this.#explaining(() => this.#database.prepare(sql));
    try {
      const rows = statement.iterate([...values]);
      for (;;) {
        const next = this.#explaining(() => rows.next());
        if (next.done === true) return;
        yield next.value as Row;
      }
    } finally {
      // After an error, this throws the same one again.
      this.#explaining(() => statement.finalize());
    }
  }

  /** Does some work with the file. If it fails, the error names the file. */
  #explaining<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw explained(error, this.#path);
    }
  }

  /**
   * Moves the log into the file, which can then be renamed. When a file is closed, SQLite does not report that the disk
   * is full.
   *
   * @throws UsageError if the file cannot be written
   */
  moveLog(): void {
    this.run("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  /** Closes the file. No other method may be called after that. */
  close(): void {
    this.#close();
  }
}

/** @param name path in messages, if the file is a copy */
async function openFile(path: string, name = path): Promise<Database> {
  const { default: sqlite } = await import("node-sqlite3-wasm");
  const database = new sqlite.Database(path);
  try {
    // Without shared memory, only an exclusive lock lets SQLite keep a write-ahead log.
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    database.exec("PRAGMA foreign_keys = ON;");
    return database;
  } catch (error) {
    database.close();
    throw explained(error, name);
  }
}

/**
 * Copies the file into a temporary directory of its own.
 *
 * @throws UsageError as `openCopy`
 */
async function copyOf(path: string): Promise<{ readonly copy: string; readonly remove: () => void }> {
  if (!existsSync(path)) throw cannotRead(escapePath(path), "no such file; crllint monitor writes it");
  const folder = mkdtempSync(join(tmpdir(), "crllint-history-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const copy = join(folder, "history.db");
  try {
    await copyStable(path, copy);
    return { copy, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Copies the file and its write-ahead log at a time when neither changes. */
async function copyStable(path: string, copy: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const before = describe(path);
    copyFileSync(path, copy);
    rmSync(`${copy}-wal`, { force: true });
    if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`);
    if (describe(path) === before) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new UsageError(`${escapePath(path)} is being written; try again`);
}

function describe(path: string): string {
  const states = [path, `${path}-wal`].map((file) => statSync(file, { throwIfNoEntry: false, bigint: true }));
  return states.map((state) => (state === undefined ? "" : `${state.size} ${state.mtimeNs} ${state.ino}`)).join(" ");
}

/** Advice for a file that is damaged. */
const restore = "restore it from a backup, or move it away so the next round begins a new history";

/** Advice for errors of SQLite, by their messages. The driver does not report why the system could not write. */
const hints: ReadonlyMap<string, string> = new Map([
  ["disk I/O error", "the disk may be full"],
  ["database disk image is malformed", restore],
  ["file is not a database", restore],
]);

/** Adds the name of the file, and what to do, to an error. */
function explained(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof UsageError) return error;
  const hint = hints.get(error.message);
  const advice = hint === undefined ? "" : `; ${hint}`;
  return new UsageError(`${escapePath(path)}: ${escapePath(error.message)}${advice}`, { cause: error });
}
