import { afterAll, describe, expect, test } from "vitest";
import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import { lintCrl, type LintCrlOptions, type Run } from "../../src/index.ts";
import { crllint, now, Workbench } from "../cli/workbench.ts";
import { signedData } from "../input/containers.ts";

const bench = new Workbench();
afterAll(() => bench.clear());

type CaKnobs = Parameters<typeof kit.caWith>[0];

/** Returns a certificate with the key of the kit's CA. */
function withKey(knobs: CaKnobs): Uint8Array {
  return kit.caWith({ serial: 77, key: "rsa2048", ...knobs }).certificate;
}

const ca = kit.ca.certificate;
const reversed = kit.ca.subject.reversed();
const renamed = kit.caWith({ subject: "C=AT, O=Example Trust GmbH, CN=Example TLS CA 1 G2" });

/** The kit's CRLs have thisUpdate 2026-11-01T00:00:00Z. */
const expired = { notAfter: "2026-10-31T23:59:59Z" };

interface Case {
  readonly certificates: readonly Uint8Array[];
  readonly crl?: CrlKnobs;
  readonly at?: "thisUpdate";
  readonly findings: readonly string[];
  /** Index of the certificate that is the CA's. */
  readonly paired: number;
}

const wrongName = "error issuer/not-byte-identical";
const hasExpired = "error time/this-update-after-ca-not-after";

const cases: Readonly<Record<string, Case>> = {
  "the name is only in a certificate that is not a CA's": {
    certificates: [ca, kit.certificate({ key: "rsa2048", subject: reversed })],
    crl: { issuer: reversed },
    findings: [wrongName],
    paired: 0,
  },
  "the name is only in a CA certificate without cRLSign": {
    certificates: [ca, withKey({ subject: reversed, keyUsage: ["keyCertSign"] })],
    crl: { issuer: reversed },
    findings: [wrongName],
    paired: 0,
  },
  "the name is only in an expired CA certificate": {
    certificates: [ca, withKey({ subject: reversed, ...expired })],
    crl: { issuer: reversed },
    findings: [hasExpired],
    paired: 1,
  },
  "the name is only in a CA certificate that expires at thisUpdate": {
    certificates: [ca, withKey({ subject: reversed, notAfter: "2026-11-01T00:00:00Z" })],
    crl: { issuer: reversed },
    findings: ["notice time/next-update-after-ca-not-after"],
    paired: 1,
  },
  // RFC 5280 6.1.1 (d): the validity of a trust anchor is not checked.
  "the name is only in an expired root": {
    certificates: [ca, withKey({ subject: reversed, parent: "self", ...expired })],
    crl: { issuer: reversed },
    findings: ["warning time/this-update-after-ca-not-after"],
    paired: 1,
  },
  // RFC 5280 6.1.4 (k): other means may show that a certificate of version 1 is a CA's.
  "the name is only in a certificate of version 1": {
    certificates: [ca, withKey({ subject: reversed, version: null, extensions: [] })],
    crl: { issuer: reversed },
    findings: ["warning ca/not-a-ca", "error ca/key-usage-missing"],
    paired: 1,
  },
  "the name is only in a CA certificate without keyUsage": {
    certificates: [ca, withKey({ subject: reversed, keyUsage: null })],
    crl: { issuer: reversed },
    findings: ["error ca/key-usage-missing"],
    paired: 1,
  },
  "one certificate lacks cRLSign, and another with the same name is not a CA's": {
    certificates: [withKey({ keyUsage: ["keyCertSign"] }), withKey({ cA: false, pathLen: null })],
    findings: ["error ca/key-usage-without-crl-sign"],
    paired: 0,
  },
  "one certificate lacks keyUsage, and another with the same name has expired": {
    certificates: [withKey({ keyUsage: null }), withKey(expired)],
    findings: ["error ca/key-usage-missing"],
    paired: 0,
  },
  "all certificates have expired": {
    certificates: [withKey(expired), withKey({ serial: 78, notAfter: "2026-10-30T00:00:00Z" })],
    findings: [hasExpired],
    paired: 0,
  },

  "renewed CA certificate": { certificates: [withKey(expired), ca], findings: [], paired: 1 },
  "cross-certificate with another subject": { certificates: [renamed.certificate, ca], findings: [], paired: 1 },
  "expired cross-certificate with another subject": {
    certificates: [withKey({ subject: renamed.subject, ...expired }), ca],
    findings: [],
    paired: 1,
  },
  "CA with a new name and a CRL with the old one, both certificates valid": {
    certificates: [ca, renamed.certificate],
    crl: { ca: renamed },
    findings: [],
    paired: 1,
  },
  "change of key, with certificates of both keys": {
    certificates: [withKey({ key: "rsa2048c", ...expired }), ca],
    findings: ["notice issuer/name-collision"],
    paired: 1,
  },
  "indirect CRL of a separate issuer that is not a CA": {
    certificates: [ca, withKey({ subject: renamed.subject, cA: false, pathLen: null, keyUsage: ["cRLSign"] })],
    crl: {
      ca: renamed,
      idp: { uris: ["http://crl.example.com/all.crl"], indirect: true },
      entries: [{ extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] }],
    },
    findings: [],
    paired: 1,
  },
  "key that the CA uses only for CRLs": {
    certificates: [renamed.certificate, withKey({ noBasicConstraints: true, keyUsage: ["cRLSign"] })],
    findings: [],
    paired: 1,
  },
  "archived CRL, with the certificate of its time and the renewed one": {
    certificates: [withKey({ notBefore: "2025-12-01T00:00:00Z" }), withKey({ notAfter: "2025-12-31T00:00:00Z" })],
    crl: { thisUpdate: "2025-11-01T00:00:00Z", nextUpdate: "2025-11-07T00:00:00Z", entries: [] },
    at: "thisUpdate",
    findings: [],
    paired: 1,
  },
  "only one of several certificates with the name has keyUsage": {
    certificates: [withKey({ keyUsage: null }), ca],
    findings: [],
    paired: 0,
  },
  "root of version 1 and its renewal of version 3": {
    certificates: [ca, withKey({ version: null, extensions: [] })],
    findings: [],
    paired: 0,
  },
};

/** Returns the findings, each once, and the name of the certificate that the CRL was paired with. */
function summary(runs: readonly Pick<Run, "findings" | "pairing">[]) {
  const findings = runs.flatMap((run) => run.findings.map(({ severity, rule }) => `${severity} ${rule}`));
  return {
    findings: findings.sort(),
    certificate: runs.find(({ pairing }) => pairing !== undefined)?.pairing?.certificate,
  };
}

const profile = "rfc5280";
const time = { now: new Date(now * 1000) };

let count = 0;

/** Writes files to a directory; returns their paths in their order. */
function put(files: readonly Uint8Array[], suffix: string): readonly string[] {
  count += 1;
  return files.map((bytes, i) => bench.put(`${count}/${i}.${suffix}`, bytes));
}

async function lint(args: readonly string[], at: string | undefined) {
  const { out } = await crllint([
    "--profile",
    profile,
    ...(at === undefined ? [] : ["--now", at]),
    ...args,
    "-f",
    "json",
  ]);
  return (JSON.parse(out) as { runs: readonly Run[] }).runs;
}

describe.each(Object.entries(cases))("%s", (_, { certificates, crl: knobs, at, findings, paired }) => {
  const { crl } = kit.crl(knobs);
  const expected = [...findings].sort();
  const options: Partial<LintCrlOptions> = { profile, ...(at === undefined ? time : { now: at }) };

  test("lintCrl, in any order", () => {
    expect(summary([lintCrl({ crl, issuer: certificates, ...options })])).toEqual({
      findings: expected,
      certificate: `issuer[${paired}]`,
    });
    expect(summary([lintCrl({ crl, issuer: certificates.toReversed(), ...options })]).findings).toEqual(expected);
  });

  test("crllint: files", async () => {
    const paths = put(certificates, "der");
    const runs = await lint([...paths, bench.put(`${count}/a.crl`, crl)], at);
    expect(summary(runs)).toEqual({ findings: expected, certificate: paths[paired] });
  });

  test("crllint: a store of issuers", async () => {
    const paths = put(certificates, "der");
    const stores = paths.flatMap((path) => ["--issuers", path]);
    const runs = await lint([...stores, bench.put(`${count}/a.crl`, crl)], at);
    expect(summary(runs)).toEqual({ findings: expected, certificate: paths[paired] });
  });
});

describe("a certificate that the user did not give as that of a CA", () => {
  const crl = kit.crl({ issuer: reversed }).crl;

  test("does not show the name of the CA", async () => {
    const [path = "", container = ""] = put([ca, signedData([withKey({ subject: reversed })], [crl])], "der");
    expect(summary(await lint([path, container], undefined))).toEqual({ findings: [wrongName], certificate: path });
    expect(summary(await lint(["--issuers", path, container], undefined)).findings).toEqual([wrongName]);
  });

  test("may be the renewed one", async () => {
    const [old = "", renewed = "", valid = ""] = put([withKey(expired), ca, kit.crl().crl], "der");
    expect(summary(await lint(["--issuers", old, valid], undefined)).findings).toEqual([hasExpired]);
    expect(summary(await lint(["--issuers", old, renewed, valid], undefined)).findings).toEqual([]);
  });
});
