import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ExitCode, Io } from "../../src/cli/io.ts";
import { run } from "../../src/cli/run.ts";
import { kit } from "../../src/fixture/index.ts";
import { builtMain } from "../support/built.ts";

/** Exit code and output of a command. */
export interface CommandResult {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** A directory with files to lint. */
export class Workbench {
  readonly folder = mkdtempSync(join(tmpdir(), "crllint-"));

  /** Writes a file; returns its path. */
  put(name: string, content: Uint8Array | string): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  /** Removes the directory. */
  clear(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The time to lint as of: three days after thisUpdate of the kit's CRLs. */
export const now = Date.parse("2026-11-04T00:00:00Z") / 1000;

/** Runs a command line in this process. */
export async function crllint(
  args: readonly string[],
  world: Partial<Io> & { stdin?: Uint8Array } = {},
): Promise<CommandResult> {
  let out = "";
  let err = "";
  const code = await run(args, {
    write: async (text) => {
      out += text;
      return true;
    },
    writeError: async (text) => {
      err += text;
      return true;
    },
    async *readStdin() {
      yield world.stdin ?? new Uint8Array(0);
    },
    env: {},
    isTty: false,
    columns: undefined,
    isErrorTty: false,
    get program() {
      return [builtMain()];
    },
    now: () => now,
    ...world,
  });
  return { code, out, err };
}

/** Encodes DER as PEM. */
export function pem(label: string, der: Uint8Array): string {
  const lines = Buffer.from(der).toString("base64").replaceAll(/.{64}/gu, "$&\n").trimEnd();
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}

/** Returns a CRL whose issuer has the CA's RDNs in reverse order. */
export function reversedCrl(): Uint8Array {
  return kit.crl({ issuer: kit.ca.subject.reversed() }).crl;
}

/** A PKCS#8 file that looks like a private key, with 32 bytes that no test may show. */
export const privateKey = pem(
  "PRIVATE KEY",
  Uint8Array.from([
    0x30,
    0x2e,
    0x02,
    0x01,
    0x00,
    0x30,
    0x05,
    0x06,
    0x03,
    0x2b,
    0x65,
    0x70,
    0x04,
    0x22,
    0x04,
    0x20,
    ...Array.from({ length: 32 }, (_, i) => i + 64),
  ]),
);
