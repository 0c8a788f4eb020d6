import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { afterAll, describe, expect, test, vi } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import veryLarge from "../../src/rules/input/very-large.ts";
import { crllint, pem, Workbench } from "./workbench.ts";
import { builtMain } from "../support/built.ts";

const main = builtMain();
const bench = new Workbench();
const harnesses: Pkimetal[] = [];
afterAll(() => {
  for (const harness of harnesses) harness.kill();
  bench.clear();
});

/** One finding, as pkimetal reads it from a line of a linter. */
interface Result {
  readonly severity: string;
  readonly finding: string;
  readonly code?: string;
  readonly field?: string;
}

const severities: Readonly<Record<string, string>> = {
  D: "debug",
  I: "info",
  N: "notice",
  W: "warning",
  E: "error",
  B: "bug",
  F: "fatal",
};

/** Reads a line of a linter as pkimetal does: it must be JSON with results, or a severity and text. */
function parse(line: string): readonly Result[] {
  // The scanner of pkimetal does not read longer lines.
  expect(Buffer.byteLength(line)).toBeLessThan(65_536);
  if (line[1] === ":") {
    const severity = severities[line.charAt(0)];
    if (severity === undefined || line.length < 4) throw new Error(`unexpected line: ${line}`);
    return [{ severity, finding: line.slice(3) }];
  }
  const { results } = JSON.parse(line) as {
    readonly results: readonly {
      readonly node_path: string;
      readonly finding_descriptions: readonly { readonly severity: string; readonly code: string }[];
    }[];
  };
  return results.flatMap(({ node_path, finding_descriptions }) =>
    finding_descriptions.map(({ severity, code }) => ({ severity, finding: code, code, field: node_path })),
  );
}

/** A module that writes the number of bytes of all objects in use to standard error when it gets a signal. */
const reportsHeap = `data:text/javascript,${encodeURIComponent(`process.on("SIGUSR2", () => {
  gc();
  const { heapUsed, external } = process.memoryUsage();
  process.stderr.write(heapUsed + external + "\\n");
})`)}`;

/** Acts as pkimetal: starts the linter, waits until it is ready, and writes one request at a time. */
class Pkimetal {
  readonly child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  errors = "";

  constructor(args: readonly string[] = [], ofNode: readonly string[] = []) {
    const command = [...ofNode, main, "pkimetal", "--now", "2026-11-04T00:00:00Z", ...args];
    this.child = spawn(process.execPath, command);
    this.child.stderr.on("data", (piece) => (this.errors += String(piece)));
    this.#lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    harnesses.push(this);
  }

  async line(): Promise<string | undefined> {
    const { done, value } = await this.#lines.next();
    return done === true ? undefined : value;
  }

  async ready(): Promise<this> {
    const line = await this.line();
    if (line !== "[Ready]") throw new Error(`instead of [Ready]: ${line}`);
    return this;
  }

  async ask(profile: number | string, text: string): Promise<readonly Result[]> {
    this.child.stdin.write(`${profile}\n${text.trim()}\n`);
    return this.answer();
  }

  async answer(): Promise<readonly Result[]> {
    const results: Result[] = [];
    for (;;) {
      const line = await this.line();
      if (line === undefined) throw new Error(`the linter ended: ${this.errors}`);
      if (line === "[EndOfResults]") return results;
      results.push(...parse(line));
    }
  }

  /** Returns the number of bytes of all objects in use; the process must import `reportsHeap`. */
  async heap(): Promise<number> {
    const start = this.errors.length;
    this.child.kill("SIGUSR2");
    await vi.waitUntil(() => this.errors.endsWith("\n") && this.errors.length > start);
    return Number(this.errors.slice(start));
  }

  /** Ends standard input, and returns the exit code. */
  stop(): Promise<number | null> {
    this.child.stdin.end();
    return new Promise((resolve) => this.child.on("close", resolve));
  }

  kill(): void {
    this.child.kill("SIGKILL");
  }
}

async function start(...args: readonly string[]): Promise<Pkimetal> {
  return new Pkimetal(args).ready();
}

const crlPem = (bytes: Uint8Array): string => pem("X509 CRL", bytes);
const store = bench.put("store/ca.der", kit.ca.certificate);
const withIssuers = ["--issuers", store];
const good = crlPem(kit.crl().crl);
const reversed = crlPem(kit.crl({ issuer: kit.ca.subject.reversed() }).crl);
const notIdentical = {
  severity: "error",
  finding: "issuer/not-byte-identical",
  code: "issuer/not-byte-identical",
  field: "tbsCertList.issuer",
};

const unended = "standard input ends before the END line of the request";
const notComplete = { severity: "fatal", finding: unended, code: unended, field: "" };

describe("a session", () => {
  test("2,300 requests: equal requests have equal responses, and each leaves less than 1,500 bytes", async () => {
    const linter = await new Pkimetal(withIssuers, ["--expose-gc", "--import", reportsHeap]).ready();
    const first = [await linter.ask(30, good), await linter.ask(30, reversed)];
    expect(first).toEqual([[], [notIdentical]]);
    // The first requests compile code.
    for (let i = 0; i < 300; i += 1) await linter.ask(30, i % 2 === 0 ? good : reversed);
    const before = await linter.heap();
    for (let i = 0; i < 1000; i += 1)
      expect([await linter.ask(30, good), await linter.ask(30, reversed)]).toEqual(first);
    const after = await linter.heap();
    // V8 keeps up to 1.5 MB of code that it compiles meanwhile.
    expect((after - before) / 2000).toBeLessThan(1500);
    expect(await linter.stop()).toBe(0);
  });

  test("a CRL of 10 MB is linted", async () => {
    const [large] = veryLarge.examples().bad.map(({ make }) => make(kit).crl);
    if (large === undefined) throw new Error("input/very-large has no example");
    const linter = await start(...withIssuers);
    const answered = await linter.ask(30, crlPem(large));
    expect(answered.filter(({ severity }) => severity !== "notice")).toEqual([]);
    expect(answered.map(({ code }) => code)).toContain("input/very-large");
    expect(await linter.ask(30, reversed)).toEqual([notIdentical]);
    expect(await linter.stop()).toBe(0);
  });

  test("a malformed request has a response, and the next request is still read", async () => {
    const linter = await start(...withIssuers);
    const fatals = async (profile: string, text: string) => {
      const answered = await linter.ask(profile, text);
      expect(answered.map(({ severity }) => severity)).toEqual(["fatal"]);
      return answered[0]?.finding;
    };
    const wrongProfile = "the first line of a request must be the number of a profile";
    expect(await fatals("not a number", good)).toBe(wrongProfile);
    expect(await fatals("", good)).toBe(wrongProfile);
    expect(await fatals("30", "no PEM at all\n-----END X509 CRL-----")).toBe("input/not-a-crl");
    expect(await fatals("30", pem("CERTIFICATE", kit.ca.certificate))).toBe("input/not-a-crl");
    const binary = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7919) % 251)).toString("latin1");
    expect(await fatals("30", `${binary}\n-----END X509 CRL-----`)).toBe("input/not-a-crl");
    const truncated = await linter.ask(30, crlPem(kit.crl().crl.subarray(0, 100)));
    expect(truncated.map(({ severity }) => severity)).toContain("error");
    // Lines may end in CRLF.
    expect(await linter.ask(30, reversed.replaceAll("\n", "\r\n"))).toEqual([notIdentical]);
    expect(await linter.ask(30, good)).toEqual([]);
    expect(await linter.stop()).toBe(0);
    expect(linter.errors).toBe("");
  });

  test("a request may arrive in pieces, and two may arrive at once", async () => {
    const linter = await start(...withIssuers);
    for (const piece of `30\n${reversed}`.match(/[\s\S]{1,7}/gu) ?? []) linter.child.stdin.write(piece);
    linter.child.stdin.write("\n");
    expect(await linter.answer()).toEqual([notIdentical]);
    linter.child.stdin.write(`30\n${good.trim()}\n30\n${reversed.trim()}\n`);
    expect([await linter.answer(), await linter.answer()]).toEqual([[], [notIdentical]]);
    expect(await linter.stop()).toBe(0);
  });

  test("after a process is killed during a request, a new process works", async () => {
    const linter = await start(...withIssuers);
    linter.child.stdin.write(`30\n${good.slice(0, 300)}`);
    linter.kill();
    expect(await linter.line()).toBeUndefined();
    const next = await start(...withIssuers);
    expect(await next.ask(30, reversed)).toEqual([notIdentical]);
    expect(await next.stop()).toBe(0);
  });

  test.each([
    ["without the last line feed", `30\n${reversed.trim()}`, [notIdentical], 0],
    ["without the END line", "30\n-----BEGIN X509 CRL-----\nMIIB\n", [notComplete], 2],
    ["within a line of PEM", "30\n-----BEGIN X509 CRL-----\nMIIB", [notComplete], 2],
    ["within the END line", `30\n${reversed.trim().slice(0, -1)}`, [notComplete], 2],
    ["after the profile", "30", [notComplete], 2],
    ["within a long line", "x".repeat(2000), [notComplete], 2],
  ])("input that ends %s has a response", async (_, text, expected, code) => {
    const linter = await start(...withIssuers);
    linter.child.stdin.write(text);
    const stopped = linter.stop();
    expect(await linter.answer()).toEqual(expected);
    expect([await stopped, await linter.line()]).toEqual([code, undefined]);
  });

  test("blank lines at the end of input have no response", async () => {
    const linter = await start(...withIssuers);
    linter.child.stdin.write(`30\n${good.trim()}\n \r\n\n `);
    const stopped = linter.stop();
    expect(await linter.answer()).toEqual([]);
    expect([await stopped, await linter.line()]).toEqual([0, undefined]);
  });

  test("a first line that is too long is not a profile", async () => {
    const linter = await start(...withIssuers);
    const [answered] = await linter.ask("3".repeat(1001), `30\n${good}`);
    expect(answered?.finding).toBe("the first line of a request must be the number of a profile");
  });
});

describe("options", () => {
  test("without the CA, the core checks are reported as not made", async () => {
    const linter = await start();
    const answered = await linter.ask(30, good);
    expect(answered).toEqual([
      {
        severity: "fatal",
        finding: "crllint/no-issuer",
        code: "crllint/no-issuer",
        field: expect.any(String) as string,
      },
    ]);
  });

  test("--profile-id maps the numbers of pkimetal to profiles", async () => {
    const entries = [{ serial: "01", reason: 0 }];
    const linter = await start(...withIssuers, "--profile-id", "30=tls-br,11=rfc5280", "--profile", "rfc5280");
    const crl = crlPem(kit.crl({ entries }).crl);
    const [tls, rfc, other] = [await linter.ask(30, crl), await linter.ask(11, crl), await linter.ask(5, crl)];
    const severityOf = (answered: readonly Result[]) =>
      answered.find(({ code }) => code === "reason/unspecified")?.severity;
    expect([tls, rfc, other].map(severityOf)).toEqual(["error", "warning", "warning"]);
  });

  test("--profile-id with an invalid number is a usage error", async () => {
    const { code, err } = await crllint(["pkimetal", "--profile-id", "tbr=tls-br"]);
    expect([code, err.split("\n")[0]]).toEqual([2, "error: --profile-id tbr: a number must be before ="]);
  });

  test("--format text returns messages instead of ids", async () => {
    const linter = await start(...withIssuers, "--format", "text");
    expect(await linter.ask(30, reversed)).toEqual([
      {
        severity: "error",
        finding:
          "tbsCertList.issuer: CRL issuer is not byte-for-byte the CA's subject: same RDNs, reversed order (CABF TLS BR 2.2.6 7.2) [issuer/not-byte-identical]",
      },
    ]);
  });

  test("--tbs lints a CRL with pkimetal's placeholder signature as a TBSCertList, and other CRLs as CRLs", async () => {
    const number = "0123456789abcdef".repeat(4) + "01";
    const ecdsa = Buffer.from(`30460221${number}0221${number}`, "hex");
    const made = [new Uint8Array(0), ecdsa].map((signatureValue) => crlPem(kit.crl({ signatureValue }).crl));
    const [strict, lenient] = [await start(...withIssuers), await start(...withIssuers, "--tbs")];
    const notice = "linted as a TBSCertList: the signature is the placeholder of pkimetal";
    for (const crl of made) {
      expect((await strict.ask(30, crl)).map(({ severity }) => severity)).toContain("error");
      expect(await lenient.ask(30, crl)).toEqual([
        { severity: "notice", finding: notice, code: notice, field: "signatureValue" },
      ]);
    }
    expect(await lenient.ask(30, good)).toEqual([]);
    expect(await lenient.ask(30, reversed)).toEqual([notIdentical]);
  });
});
