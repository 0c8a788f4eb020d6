import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { lintFiles } from "../../src/files/index.ts";
import { lintCrl, lintShards, passes, rules } from "../../src/index.ts";
import { detached } from "../support/detached.ts";

const { crl } = kit.crl();

/** Calls `lintCrl` without type checks. */
function call(options: unknown): unknown {
  return lintCrl(options as Parameters<typeof lintCrl>[0]);
}

/** Returns the error of `lintCrl({ crl, ...options })`. */
function messageOf(options: Readonly<Record<string, unknown>>): string {
  try {
    call({ crl, ...options });
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return (error as Error).message;
  }
  return "";
}

describe("misuse throws a TypeError that names the option", () => {
  test.each([
    [{ crl: undefined }, "lintCrl: crl is missing"],
    [{ crl: "crl.der" }, 'lintCrl: crl must be a Uint8Array, not "crl.der"'],
    [{ crl: new ArrayBuffer(4) }, "lintCrl: crl must be a Uint8Array, not an object (ArrayBuffer)"],
    [{ crl: detached(crl) }, "lintCrl: crl must be a Uint8Array, not one whose ArrayBuffer is detached"],
    [{ previous: detached(crl) }, "lintCrl: previous must be a Uint8Array, not one whose ArrayBuffer is detached"],
    [{ issuer: detached(crl) }, "or none, not one whose ArrayBuffer is detached"],
    [
      { certificates: [crl, detached(crl)] },
      "lintCrl: certificates must be an array of Uint8Array, not an array with one whose ArrayBuffer is detached",
    ],
    [{ form: "pem" }, 'lintCrl: form must be crl or tbs, not "pem"'],
    [{ issuer: "ca.pem" }, 'lintCrl: issuer must be a Uint8Array, an array of them, or none, not "ca.pem"'],
    [{ issuer: [null] }, "lintCrl: issuer must be a Uint8Array, an array of them, or none, not such an array"],
    [{ isuer: crl }, 'lintCrl has no option "isuer"'],
    [{ crls: [crl] }, 'lintCrl has no option "crls"'],
    [{ toString: 1 }, 'lintCrl has no option "toString"'],
    [{ previous: [crl] }, "lintCrl: previous must be a Uint8Array, not such an array"],
    [{ previous: Buffer.concat([crl, crl]) }, "previous holds 2 CRLs, and must hold one"],
    [{ base: 1 }, "lintCrl: base must be a Uint8Array, not 1"],
    [{ certificates: crl }, "lintCrl: certificates must be an array of Uint8Array, not an object (Uint8Array)"],
    [{ expectRevoked: {} }, "lintCrl: expectRevoked must be an array of Uint8Array, not an object (Object)"],
    [{ expectGood: "" }, 'lintCrl: expectGood must be an array of Uint8Array, not ""'],
    [{ shards: null }, "lintCrl: shards must be an array of Uint8Array, not null"],
    [{ disclosedUrls: "http://crl.example.com" }, "lintCrl: disclosedUrls must be an array of strings, not"],
    [{ ccadb: "records.csv" }, 'lintCrl: ccadb must be a Uint8Array, not "records.csv"'],
    [{ url: "crl.example.com/ca.crl" }, 'lintCrl: url must be an absolute URL, not "crl.example.com/ca.crl"'],
    [{ transport: [] }, "lintCrl: transport must be an object, not an empty array"],
    [{ copies: crl }, "lintCrl: copies must be an array of Uint8Array, not an object (Uint8Array)"],
    [{ tbsWas: false }, "lintCrl: tbsWas must be a Uint8Array, not false"],
    [{ form: "tbs", tbsWas: crl }, 'lintCrl: tbsWas is compared with a signed CRL, and form is "tbs"'],
    [{ profile: "tls" }, 'lintCrl: profile must be a profile or several: see `profiles`, not "tls"'],
    [{ profile: [] }, "lintCrl: profile must be a profile or several: see `profiles`, not an empty array"],
    [{ profile: "constructor" }, 'lintCrl: profile must be a profile or several: see `profiles`, not "constructor"'],
    [{ select: "idp" }, 'lintCrl: select must be an array of strings, not "idp"'],
    [{ select: ["ipd"] }, 'no rule matches "ipd"'],
    [{ ignore: ["needs:cert"] }, 'no rule matches "needs:cert"'],
    [{ severity: { "time/no-such-rule": "off" } }, 'no rule matches "time/no-such-rule"'],
    [{ severity: { time: "warn" } }, "lintCrl: severity must be an object of rules and their levels: error,"],
    [{ now: "2026-11-23" }, 'lintCrl: now must be a valid Date or "thisUpdate", not "2026-11-23"'],
    [{ now: new Date("yesterday") }, 'lintCrl: now must be a valid Date or "thisUpdate", not an invalid Date'],
    [{ validFor: "24h" }, "validFor is given without now"],
    [
      { now: new Date(0), validFor: "1M" },
      'lintCrl: validFor must be a duration in weeks, days, hours, minutes or seconds, such as 7d, 24h, 90m or PT24H, not "1M"',
    ],
    [{ scope: "unknown" }, 'lintCrl: scope must be subscriber, ca or both, not "unknown"'],
    [{ completeness: true }, "lintCrl: completeness must be full or partitioned, not true"],
    [{ allDates: "yes" }, 'lintCrl: allDates must be true or false, not "yes"'],
    [{ signature: "skip" }, 'lintCrl: signature must be verify or ignore, not "skip"'],
    [{ failOnSkipped: 1 }, "lintCrl: failOnSkipped must be true or false, not 1"],
    [{ maxFindings: -1 }, "lintCrl: maxFindings must be a whole number, 0 or greater, not -1"],
    [{ maxFindings: Number.NaN }, "lintCrl: maxFindings must be a whole number, 0 or greater, not NaN"],
    [{ rules: [{}] }, "lintCrl: rules must be an array of rules, not such an array"],
    [{ verifier: { verify() {} } }, "lintCrl: verifier must be an object with verify, sha256 and sha1, not an object"],
    [{ name: 1 }, "lintCrl: name must be a string, not 1"],
    [{ issuer: crl }, "issuer holds a CRL, not a certificate: are crl and issuer swapped?"],
    [{ certificates: [new Uint8Array(3)] }, "certificates[0] holds no certificate that can be read"],
    [{ previous: kit.ca.certificate }, "previous holds no CRL"],
    [{ ccadb: new Uint8Array(3) }, "ccadb: "],
  ])("%#: %o", (options, message) => {
    expect(messageOf(options)).toContain(message);
  });

  test.each([undefined, null, "crl.der", 1, [crl]])("%o instead of options", (options) => {
    expect(() => call(options)).toThrow(new TypeError("lintCrl takes an object of options"));
  });

  test("the message of lintShards names lintShards", () => {
    const shards = (options: unknown) => () => lintShards(options as Parameters<typeof lintShards>[0]);
    expect(shards({})).toThrow(new TypeError("lintShards: crls is missing"));
    expect(shards({ crls: crl })).toThrow(/^lintShards: crls must be an array of Uint8Array/u);
    expect(shards({ crls: [crl], crl })).toThrow(new TypeError('lintShards has no option "crl"'));
  });

  test("a long text is shortened in a message", () => {
    expect(messageOf({ url: "x".repeat(1e6) }).length).toBeLessThan(120);
  });
});

describe("correct use", () => {
  test("options that are undefined are ignored", () => {
    const given = Object.fromEntries(
      ["issuer", "previous", "now", "profile", "select"].map((name) => [name, undefined]),
    );
    expect(call({ crl, ...given })).toEqual(lintCrl({ crl }));
  });

  test("bytes and dates of another realm are accepted", () => {
    const foreign = runInNewContext("Uint8Array.from(bytes)", { bytes: [...crl] }) as Uint8Array;
    const now = runInNewContext("new Date(0)") as Date;
    expect(foreign).not.toBeInstanceOf(Uint8Array);
    expect(lintCrl({ crl: foreign, now })).toEqual(lintCrl({ crl, now: new Date(0) }));
  });

  test("a view of a part of a Buffer is accepted", () => {
    const inside = Buffer.concat([Buffer.from("before"), crl, Buffer.from("behind")]).subarray(6, 6 + crl.length);
    expect(lintCrl({ crl: inside })).toEqual(lintCrl({ crl }));
  });

  test("a pattern for a built-in rule is accepted with other rules", () => {
    const own = rules.filter(({ id }) => id.startsWith("time/"));
    expect(() => lintCrl({ crl, rules: own, ignore: ["idp", "needs:shards"] })).not.toThrow();
  });
});

test.each([undefined, null, "pass", {}, [null], [{ verdict: "pass", judged: true }], lintFiles("a.crl")])(
  "passes rejects what is not a run: %#",
  (runs) => {
    expect(() => passes(runs as never)).toThrow("passes: runs must be a run or an array of runs");
  },
);
