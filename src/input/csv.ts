/** One record of a CSV file. */
export interface CsvRecord {
  /** Number of the line that it starts on, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** The records of a CSV file, up to the first error. */
export interface CsvFile {
  readonly records: readonly CsvRecord[];
  /** The error at which reading stopped; undefined if the whole file was read. */
  readonly fault: string | undefined;
}

/**
 * Reads CSV (RFC 4180). Fields in quotes may contain commas, line breaks and doubled quotes. Lines end with CRLF or LF.
 * Every record must have as many fields as the first. Linear in the size of the text.
 */
export function readCsv(text: string): CsvFile {
  const reader = new CsvReader(text);
  const records: CsvRecord[] = [];
  while (!reader.atEnd) {
    const { line } = reader;
    const fields = reader.readRecord();
    if (typeof fields === "string") return { records, fault: fields };
    const wanted = records[0]?.fields.length ?? fields.length;
    if (fields.length !== wanted) {
      // The file ends with an extra line break.
      if (reader.atEnd && fields.length === 1 && fields[0] === "") break;
      return { records, fault: `line ${line} has ${fields.length} fields, the first line ${wanted}` };
    }
    records.push({ line, fields });
  }
  return { records, fault: undefined };
}

class CsvReader {
  line = 1;
  readonly #text: string;
  #at: number;

  constructor(text: string) {
    this.#text = text;
    // Skips the byte order mark that spreadsheets write.
    this.#at = text.startsWith("\u{feff}") ? 1 : 0;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Returns the fields of a record, or the error in it. */
  readRecord(): readonly string[] | string {
    const { line } = this;
    const fields: string[] = [];
    for (;;) {
      const field = this.#text[this.#at] === '"' ? this.#readQuoted() : this.#readPlain();
      if (field === undefined) return `a quoted field that starts on line ${line} or below it has no end`;
      fields.push(field);
      const next = this.#text[this.#at];
      if (next === ",") {
        this.#at += 1;
        continue;
      }
      if (next === "\r") this.#at += 1;
      if (this.#text[this.#at] === "\n") this.#at += 1;
      else if (!this.atEnd) return `line ${this.line} has text after a quoted field, or a quote inside a plain one`;
      this.line += 1;
      return fields;
    }
  }

  /** Reads a field up to a comma, a line break or a quote, none of which it may contain. */
  #readPlain(): string {
    const end = /[,\r\n"]/gu;
    end.lastIndex = this.#at;
    const found = end.exec(this.#text)?.index ?? this.#text.length;
    const field = this.#text.slice(this.#at, found);
    this.#at = found;
    return field;
  }

  /** Reads a field in quotes; undefined if the closing quote is missing. */
  #readQuoted(): string | undefined {
    let field = "";
    let from = this.#at + 1;
    for (;;) {
      const quote = this.#text.indexOf('"', from);
      if (quote < 0) return undefined;
      const part = this.#text.slice(from, quote);
      for (let at = part.indexOf("\n"); at >= 0; at = part.indexOf("\n", at + 1)) this.line += 1;
      field += part;
      if (this.#text[quote + 1] !== '"') {
        this.#at = quote + 1;
        return field;
      }
      field += '"';
      from = quote + 2;
    }
  }
}
