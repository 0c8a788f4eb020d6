import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Input } from "./inputs.ts";

/** Another program that reads CRLs. */
export interface Peer {
  readonly name: string;
  /** Work that it does for a CRL. */
  readonly does: string;
  /** Returns its version; undefined if it is not installed. */
  readonly version: () => string | undefined;
  /** Maximum number of entries for it. More would take minutes or all memory. */
  readonly mostEntries: number;
  readonly command: (input: Input) => readonly string[];
  /** Commands for a complete directory of CRLs, by name. Other programs read one CRL at a time. */
  readonly folder?: (input: Input) => Readonly<Record<string, readonly string[]>>;
}

/** Programs to compare with, if they are installed. */
export const peers: readonly Peer[] = [
  {
    name: "openssl",
    does: "signature only",
    version: () => versionOf("openssl", "version"),
    mostEntries: Number.POSITIVE_INFINITY,
    command: ({ crl, ca }) => ["openssl", "crl", "-in", crl, "-inform", "DER", "-noout", "-CAfile", ca],
  },
  {
    name: "go",
    does: "ParseRevocationList and CheckSignatureFrom",
    version: () => versionOf("go", "version"),
    mostEntries: 5_000_000,
    command: ({ crl, ca, folder }) => [buildGo(folder), ca, crl],
    folder: ({ crl, ca, folder }) => ({ go: [buildGo(folder), ca, crl] }),
  },
  {
    name: "node",
    does: "steps over each entry, and verifies",
    version: () => process.version,
    mostEntries: 5_000_000,
    command: ({ crl, ca }) => [process.execPath, `${sources}walk_crl.mjs`, ca, crl],
    folder: ({ crl, ca }) => ({ node: [process.execPath, `${sources}walk_crl.mjs`, ca, crl] }),
  },
  {
    name: "java",
    does: "X509CRL, parsed and verified",
    version: () => (versionOf("javac", "-version") === undefined ? undefined : versionOf("java", "-version")),
    mostEntries: 1_000_000,
    command: ({ crl, ca, folder }) => ["java", "-cp", buildJava(folder), "ReadCrl", ca, crl],
  },
  {
    name: "zlint",
    does: "lints, without the signature",
    version: () => versionOf("zlint", "-version"),
    mostEntries: 5_000_000,
    command: ({ crl }) => ["zlint", "-format", "der", crl],
    folder: ({ crl: crls }) => ({
      zlint: ["sh", "-c", 'exec zlint -format der "$1"/*.crl', "sh", crls],
      "zlint in a loop": ["sh", "-c", 'for crl in "$1"/*.crl; do zlint -format der "$crl"; done', "sh", crls],
    }),
  },
  {
    name: "pkilint",
    does: "lints, without the signature",
    version: () => versionOf("lint_crl", "--help")?.slice(0, 8),
    mostEntries: 10_000,
    command: ({ crl }) => ["lint_crl", "lint", "-t", "CRL", "-p", "BR", crl],
  },
  {
    name: "certtool",
    does: "signature",
    version: () => versionOf("certtool", "--version"),
    mostEntries: 10_000,
    command: ({ crl, ca }) => ["certtool", "--verify-crl", "--inder", "--load-ca-certificate", ca, "--infile", crl],
  },
];

/** Returns the first line of a program's version output; undefined if the program is not installed. */
function versionOf(program: string, argument: string): string | undefined {
  const { error, stdout, stderr } = spawnSync(program, [argument], { encoding: "utf8" });
  return error === undefined ? (stdout + stderr).trim().split("\n")[0] : undefined;
}

const sources = fileURLToPath(new URL("peers/", import.meta.url));

function buildJava(folder: string): string {
  const classes = `${folder}/java`;
  if (!existsSync(`${classes}/ReadCrl.class`)) {
    mkdirSync(classes, { recursive: true });
    execFileSync("javac", ["-d", classes, `${sources}ReadCrl.java`]);
  }
  return classes;
}

function buildGo(folder: string): string {
  const program = `${folder}/read-crl-go`;
  if (!existsSync(program)) execFileSync("go", ["build", "-o", program, `${sources}read_crl.go`]);
  return program;
}
