import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CrlKnobs, type KitCa, kit } from "../../src/fixture/index.ts";
import { CrlServer } from "../cli/crl-server.ts";
import { crllint, now, pem, Workbench } from "../cli/workbench.ts";

/** A finding of report.json. */
export interface Reported {
  readonly subject: string;
  readonly rule: string;
  readonly kind: string;
  readonly began: string;
}

/** The part of report.json that the tests read. */
export interface LabReport {
  readonly verdict: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly new: readonly Reported[];
  readonly ended: readonly Reported[];
  readonly still: readonly Reported[];
}

/** Keys of neighboring CAs differ. */
const keys = ["rsa2048", "rsa2048b", "rsa2048c"] as const;

/** Some columns of the report of certificate records, version 5. */
const columns = [
  "CA Owner",
  "Certificate Name",
  "Revocation Status",
  "SHA-256 Fingerprint",
  "Valid To (GMT)",
  "Subject Key Identifier",
  "JSON Array of All Full CRL URLs",
  "JSON Array of Partitioned CRLs",
];

function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map((field) => `"${field.replaceAll('"', '""')}"`).join(",")}\r\n`).join("");
}

function fingerprint(ca: KitCa): string {
  return createHash("sha256").update(ca.certificate).digest("hex").toUpperCase();
}

/**
 * CAs of the kit, whose CRLs are served on loopback, and the two CCADB reports about them. All times are fixed.
 */
export class Lab {
  readonly bench = new Workbench();
  readonly server = new CrlServer();
  readonly cas: readonly KitCa[];
  readonly out = join(this.bench.folder, "out");
  readonly ccadb = join(this.bench.folder, "ccadb");
  /** URLs, or the text of the field, that CAs disclose instead of their own; used when the reports are written. */
  readonly disclosed = new Map<
    number,
    { readonly full?: readonly string[] | string; readonly partitioned?: readonly string[] }
  >();

  /** @param count number of CAs */
  constructor(count: number) {
    this.cas = Array.from({ length: count }, (_, i) =>
      kit.caWith({
        subject: `C=AT, O=Example Trust GmbH, CN=Example CA ${i}`,
        key: keys[i % keys.length] ?? "rsa2048",
        ski: new Uint8Array(20).fill(i + 1),
      }),
    );
  }

  /** Starts the server, and writes both reports; certificates of some CAs may be missing. */
  async start({ without = [] }: { readonly without?: readonly number[] } = {}): Promise<void> {
    await this.server.start();
    this.writeReports(without);
    for (const i of this.cas.keys()) this.serve(i);
  }

  /** Stops the server and removes all files. */
  async stop(): Promise<void> {
    await this.server.stop();
    this.bench.clear();
  }

  /**
   * Writes both reports.
   *
   * @param without CAs whose certificates are missing
   * @param count number of CAs that have a record
   */
  writeReports(without: readonly number[] = [], count = this.cas.length): void {
    const records = this.cas.slice(0, count).map((ca, i) => {
      const key = Buffer.from(ca.ski ?? []).toString("base64");
      const date = i % 2 === 0 ? "2034.01.01" : "2034-01-01";
      const { full = [], partitioned = [] } = this.disclosed.get(i) ?? { full: [this.url(i)] };
      const urls = [full, partitioned].map((list) =>
        typeof list === "string" || list.length === 0 ? String(list) : JSON.stringify(list),
      );
      return [`Owner ${i % 5}`, `CA ${i}`, "Not Revoked", fingerprint(ca), date, key, ...urls];
    });
    this.bench.put("ccadb/AllCertificateRecordsCSVFormatV5", csv([columns, ...records]));
    const pems = this.cas.flatMap((ca, i) => {
      const text = pem("CERTIFICATE", ca.certificate).trim();
      // Older downloads have an apostrophe before and after the PEM text.
      return without.includes(i) ? [] : [[fingerprint(ca), i % 2 === 0 ? text : `'${text}'`]];
    });
    this.bench.put("ccadb/pems/2025.csv", csv([["SHA-256 Fingerprint", "X.509 Certificate (PEM)"], ...pems]));
    this.bench.put("ccadb/README.md", "Reports of the CCADB.\n");
  }

  url(i: number): string {
    return this.server.url(`/${i}.crl`);
  }

  serve(i: number, knobs: CrlKnobs = {}): void {
    this.server.serve(`/${i}.crl`, this.crl(i, knobs));
  }

  crl(i: number, knobs: CrlKnobs = {}): Uint8Array {
    return kit.crl({ ca: this.ca(i), ...knobs }).crl;
  }

  ca(i: number): KitCa {
    return this.cas[i] ?? kit.ca;
  }

  args(...more: readonly string[]): readonly string[] {
    const options = ["--profile", "rfc5280", "--timeout", "600", "--allow-private", "--per-host", "16", "--no-config"];
    return ["monitor", "--ccadb", this.ccadb, "--out", this.out, ...options, ...more];
  }

  /** Runs a round some seconds after the first. */
  async round(seconds: number, ...more: readonly string[]) {
    const ended = await crllint(this.args(...more), { now: () => now + seconds, sleep: () => Promise.resolve() });
    const report: LabReport = JSON.parse(readFileSync(join(this.out, "report.json"), "utf8"));
    return { ...ended, report };
  }
}

/** Findings as "path: rule", sorted. */
export function pathsAndRules(list: readonly Reported[]): readonly string[] {
  return list.map(({ subject, rule }) => `${subject.replace(/^.*\//u, "")}: ${rule}`).sort();
}
