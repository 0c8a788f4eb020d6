import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import { lintCrl, lintShards, type Run } from "../../src/index.ts";
import { CrlServer } from "../cli/crl-server.ts";
import { crllint, now, pem, Workbench } from "../cli/workbench.ts";
import { signedData } from "../input/containers.ts";
import { bodyOf, form, type LintAnswer, service } from "../serve/setting.ts";

const bench = new Workbench();
const server = new CrlServer();
beforeAll(() => server.start());
afterAll(async () => {
  await server.stop();
  bench.clear();
});

const delta = [kit.extension.deltaCrlIndicator(4710)];
const crldp = (n: number): readonly string[] => [`http://crl.example.com/${n}.crl`];
const shard = (n: number): CrlKnobs => ({ idp: { uris: crldp(n), onlyUser: true }, entries: [{ serial: n }] });
const indirect = { uris: crldp(1), indirect: true };
const ofOther = [kit.extension.certificateIssuer(kit.otherCa.subject)];

const leaf = kit.certificate({ serial: 77 });
const foreign = kit.certificate({ parent: kit.otherCa, serial: 78 });
const second = kit.certificate({ parent: kit.otherCa, serial: 79 });
const subCa = kit.certificate({ serial: 80, cA: true, crldp: null });
/** The bits of ReasonFlags, except keyCompromise. */
const otherReasons = [2, 3, 4, 5, 6, 7, 8];
const listsLeaf: CrlKnobs = { entries: [{ serial: 77, reason: 1 }] };
const listsForeign: CrlKnobs = { ca: kit.otherCa, entries: [{ serial: 78, reason: 1 }] };

const rule = "crllint/expectation-not-checked";
const noIssuer = "none of the CRLs given has the issuer of";
const noPoint = "none of the CRLs given is at a distribution point of";
const onlyDelta = "only a delta CRL was given for";
const isCas = "has onlyContainsUserCerts, and the certificate is a CA's";
const isNotCas = "has onlyContainsCACerts, and the certificate is not a CA's";

/** The certificates expected to be revoked or good, the CRLs, and the message about certificates not checked. */
interface Case {
  readonly revoked?: readonly Uint8Array[];
  readonly good?: readonly Uint8Array[];
  readonly crls: readonly CrlKnobs[];
  readonly unchecked?: string;
}

const cases: Readonly<Record<string, Case>> = {
  "revoked, listed": { revoked: [leaf], crls: [listsLeaf] },
  "revoked, not listed": { revoked: [leaf], crls: [{}] },
  "good, not listed": { good: [leaf], crls: [{}] },
  "revoked, of a CA without a CRL": {
    revoked: [leaf, foreign],
    crls: [listsLeaf],
    unchecked: `${noIssuer} 1 certificate expected to be revoked; it has serial 4e`,
  },
  "good, two of a CA without a CRL": {
    good: [leaf, foreign, second],
    crls: [{}],
    unchecked: `${noIssuer} 2 certificates expected to be good; the first has serial 4e`,
  },
  "revoked, of two CAs with a CRL each": { revoked: [leaf, foreign], crls: [listsLeaf, listsForeign] },
  "revoked, and the issuer of the CRL reversed": {
    revoked: [leaf],
    crls: [{ ...listsLeaf, issuer: kit.ca.subject.reversed() }],
    unchecked: `${noIssuer} 1 certificate expected to be revoked; it has serial 4d`,
  },
  "revoked, in a delta CRL that does not list it": {
    revoked: [leaf],
    crls: [{ extra: delta }],
    unchecked: `${onlyDelta} 1 certificate expected to be revoked; it has serial 4d`,
  },
  "good, in a delta CRL that does not list it": {
    good: [leaf],
    crls: [{ extra: delta }],
    unchecked: `${onlyDelta} 1 certificate expected to be good; it has serial 4d`,
  },
  "revoked, in a delta CRL that lists it": { revoked: [leaf], crls: [{ extra: delta, ...listsLeaf }] },
  "revoked, in a delta CRL with removeFromCRL": {
    revoked: [leaf],
    crls: [{ extra: delta, entries: [{ serial: 77, reason: 8 }] }],
    unchecked: `${onlyDelta} 1 certificate expected to be revoked; it has serial 4d`,
  },
  "good, in a delta CRL with removeFromCRL": {
    good: [leaf],
    crls: [{ extra: delta, entries: [{ serial: 77, reason: 8 }] }],
  },
  "revoked, in a delta CRL and a complete CRL": { revoked: [leaf], crls: [{ extra: delta }, listsLeaf] },
  "revoked, with a distribution point of another partition": {
    revoked: [kit.certificate({ serial: 77, crldp: crldp(2) })],
    crls: [shard(1)],
    unchecked: `CRL is not at a distribution point of 1 certificate expected to be revoked; it has serial 4d`,
  },
  "good, with a distribution point of another partition": {
    good: [kit.certificate({ serial: 77, crldp: crldp(3) })],
    crls: [shard(1), shard(2)],
    unchecked: `${noPoint} 1 certificate expected to be good; it has serial 4d`,
  },
  "good, with the distribution point of one of two partitions": {
    good: [kit.certificate({ serial: 77, crldp: crldp(2) })],
    crls: [shard(1), shard(2)],
  },
  "revoked, listed in the wrong partition": {
    revoked: [kit.certificate({ serial: 1, crldp: crldp(2) })],
    crls: [shard(1)],
  },
  "revoked, listed in an indirect CRL": {
    revoked: [foreign],
    crls: [{ idp: indirect, entries: [{ serial: 78, reason: 1, extensions: ofOther }] }],
  },
  "good, not a CA's, and a CRL with onlyContainsUserCerts": { good: [leaf], crls: [{ idp: { onlyUser: true } }] },
  "good, a CA's, and a CRL with onlyContainsUserCerts": {
    good: [subCa],
    crls: [{ idp: { onlyUser: true } }],
    unchecked: `CRL does not cover 1 certificate expected to be good; it has serial 50; the CRL ${isCas}`,
  },
  "revoked, a CA's, and a CRL with onlyContainsUserCerts": {
    revoked: [subCa],
    crls: [{ idp: { onlyUser: true } }],
    unchecked: `CRL does not cover 1 certificate expected to be revoked; it has serial 50; the CRL ${isCas}`,
  },
  "good, a CA's, and a CRL with onlyContainsCACerts": { good: [subCa], crls: [{ idp: { onlyCa: true } }] },
  "good, two that are not a CA's, and a CRL with onlyContainsCACerts": {
    good: [leaf, kit.certificate({ serial: 76 })],
    crls: [{ idp: { onlyCa: true } }],
    unchecked: `CRL does not cover 2 certificates expected to be good; the first has serial 4d; the CRL ${isNotCas}`,
  },
  "good, and a CRL with onlyContainsAttributeCerts": {
    good: [leaf],
    crls: [{ idp: { attr: true } }],
    unchecked:
      "CRL does not cover 1 certificate expected to be good; it has serial 4d; the CRL has onlyContainsAttributeCerts",
  },
  "good, not a CA's and a CA's, and a CRL for each": {
    good: [leaf, subCa],
    crls: [{ idp: { onlyUser: true } }, { idp: { onlyCa: true } }],
  },
  "revoked, a CA's, listed in the second of a CRL for each": {
    revoked: [subCa],
    crls: [{ idp: { onlyUser: true } }, { idp: { onlyCa: true }, entries: [{ serial: 80, reason: 5 }] }],
  },
  "good, and a CRL for all reasons but one": {
    good: [leaf],
    crls: [{ idp: { reasons: otherReasons } }],
    unchecked:
      "CRL does not cover all reasons for revocation of 1 certificate expected to be good; it has serial 4d; " +
      "missing are keyCompromise (1)",
  },
  "good, and two CRLs for all reasons but one": {
    good: [leaf],
    crls: [{ idp: { reasons: [2, 3, 4] } }, { idp: { reasons: [5, 6, 7, 8] } }],
    unchecked:
      "CRL and 1 other CRL do not cover all reasons for revocation of 1 certificate expected to be good; " +
      "it has serial 4d; missing are keyCompromise (1)",
  },
  "good, and two CRLs that together are for all reasons": {
    good: [leaf],
    crls: [{ idp: { reasons: otherReasons } }, { idp: { reasons: [1] } }],
  },
  "good, listed in a CRL for all reasons but one": {
    good: [leaf],
    crls: [{ idp: { reasons: otherReasons }, entries: [{ serial: 77, reason: 5 }] }],
  },
  "revoked, listed in a CRL for one reason": {
    revoked: [leaf],
    crls: [{ idp: { reasons: [1] }, ...listsLeaf }],
  },
  "revoked, not listed in an indirect CRL": {
    revoked: [foreign],
    crls: [{ idp: indirect, entries: [{ serial: 79, reason: 1, extensions: ofOther }] }],
    unchecked: `${noIssuer} 1 certificate expected to be revoked; it has serial 4e`,
  },
};

/** The rules that check the expectations. */
const expectationRules = new Set(["certs/revoked-not-listed", "certs/good-listed"]);

function uncheckedIn(runs: readonly Pick<Run, "findings" | "verdict">[]): string | undefined {
  const found = runs.flatMap(({ findings, verdict }) =>
    findings
      .filter((finding) => finding.rule === rule)
      .map(({ message, severity }) => ({ message, severity, verdict })),
  );
  const [first, ...others] = found;
  expect(others).toEqual([]);
  if (first === undefined) return undefined;
  expect([first.severity, first.verdict]).toEqual(["error", "undecided"]);
  // lintCrl names the CRL crl, and the command its file.
  return first.message.replace(/^not judged: /u, "").replace(/^\S*crl(?:\[0\])?(?= does| and| is)/u, "CRL");
}

const issuer = [kit.ca.certificate, kit.otherCa.certificate];
const at = new Date(now * 1000);

test.each(Object.entries(cases))("lintCrl: %s", (_, { revoked, good, crls, unchecked }) => {
  // lintCrl lints one CRL.
  if (crls.length > 1) return;
  const [crl = new Uint8Array(0)] = crls.map((knobs) => kit.crl(knobs).crl);
  const expected = { ...(revoked && { expectRevoked: revoked }), ...(good && { expectGood: good }) };
  expect(uncheckedIn([lintCrl({ crl, issuer, now: at, ...expected })])).toBe(unchecked);
});

let count = 0;

/** Writes the files of a case; returns the arguments that name them. */
function argsOf({ revoked = [], good = [], crls }: Case): readonly string[] {
  count += 1;
  const put = (name: string, bytes: Uint8Array): string => bench.put(`${count}/${name}`, bytes);
  return [
    ...revoked.flatMap((bytes, i) => ["--expect-revoked", put(`revoked-${i}.der`, bytes)]),
    ...good.flatMap((bytes, i) => ["--expect-good", put(`good-${i}.der`, bytes)]),
    ...issuer.map((bytes, i) => put(`ca-${i}.der`, bytes)),
    ...crls.map((knobs, i) => put(`${i}.crl`, kit.crl(knobs).crl)),
  ];
}

async function lint(args: readonly string[]) {
  const { code, out } = await crllint([...args, "-f", "json"]);
  return { code, runs: (JSON.parse(out) as { runs: readonly Run[] }).runs };
}

test.each(Object.entries(cases))("crllint: %s", async (_, each) => {
  const { code, runs } = await lint(["--profile", "rfc5280", ...argsOf(each)]);
  expect(uncheckedIn(runs)).toBe(each.unchecked);
  if (each.unchecked === undefined) expect(code).not.toBe(2);
  else expect(code).toBe(2);
  // The run of the CRL itself is complete.
  expect(runs.filter(({ core }) => core.length > 0).map(({ judged }) => judged)).toEqual(each.crls.map(() => true));
});

test("a revoked CA certificate is due in the CRL for CA certificates, and not in the one for user certificates", async () => {
  const each = { revoked: [subCa], crls: [{ idp: { onlyUser: true } }, { idp: { onlyCa: true }, entries: [] }] };
  const { code, runs } = await lint(["--profile", "rfc5280", ...argsOf(each)]);
  const found = runs.map(({ findings }) => findings.map((finding) => finding.rule));
  expect([code, found]).toEqual([1, [["set/ca-certificate-unused"], ["certs/revoked-not-listed"]]]);
});

describe("sets of partitions", () => {
  const elsewhere = kit.certificate({ serial: 77, crldp: crldp(3) });

  test("a revoked certificate whose partition is not given is checked against all given ones", async () => {
    const each = { revoked: [elsewhere], crls: [1, 2].map(shard) };
    const { runs } = await lint(["--shards", ...argsOf(each)]);
    expect(uncheckedIn(runs)).toBeUndefined();
    expect(runs.flatMap(({ findings }) => findings).some((finding) => expectationRules.has(finding.rule))).toBe(true);
    const crls = each.crls.map((knobs) => kit.crl(knobs).crl);
    expect(uncheckedIn(lintShards({ crls, issuer, now: at, expectRevoked: [elsewhere] }))).toBeUndefined();
    const [crl = new Uint8Array(0), ...shards] = crls;
    expect(uncheckedIn([lintCrl({ crl, shards, issuer, now: at, expectRevoked: [elsewhere] })])).toBeUndefined();
  });

  test.each([1, 2])("a good certificate whose partition is not given is not checked: %d partitions", async (most) => {
    const numbers = [1, 2].slice(0, most);
    const each = { good: [elsewhere], crls: numbers.map(shard) };
    const which = most === 1 ? "CRL is not at a distribution point of" : noPoint;
    const unchecked = `${which} 1 certificate expected to be good; it has serial 4d`;
    for (const profile of ["tls-br", "rfc5280"]) {
      const { code, runs } = await lint(["--profile", profile, "--shards", ...argsOf(each)]);
      expect([code, uncheckedIn(runs)]).toEqual([2, unchecked]);
    }
    const crls = each.crls.map((knobs) => kit.crl(knobs).crl);
    expect(uncheckedIn(lintShards({ crls, issuer, now: at, expectGood: [elsewhere] }))).toBe(unchecked);
    const [crl = new Uint8Array(0), ...shards] = crls;
    expect(uncheckedIn([lintCrl({ crl, shards, issuer, now: at, expectGood: [elsewhere] })])).toBe(unchecked);
  });

  test("a good certificate whose partition is given is checked", async () => {
    const each = { good: [kit.certificate({ serial: 9, crldp: crldp(2) }), leaf], crls: [1, 2].map(shard) };
    const full = { good: [elsewhere], crls: [shard(1), { entries: [{ serial: 1 }] }] };
    expect(uncheckedIn((await lint(["--shards", ...argsOf(each)])).runs)).toBe(
      `${noPoint} 1 certificate expected to be good; it has serial 4d`,
    );
    expect(uncheckedIn((await lint(["--shards", ...argsOf(full)])).runs)).toBeUndefined();
  });

  test("a certificate of another CA is not checked, and reported once", async () => {
    const each = { good: [foreign], crls: [1, 2].map(shard) };
    const unchecked = `${noIssuer} 1 certificate expected to be good; it has serial 4e`;
    expect(uncheckedIn((await lint(["--shards", ...argsOf(each)])).runs)).toBe(unchecked);
    const crls = each.crls.map((knobs) => kit.crl(knobs).crl);
    expect(uncheckedIn(lintShards({ crls, issuer, now: at, expectGood: [foreign] }))).toBe(unchecked);
  });

  test("the CRL in another part of the inputs is used", async () => {
    const args = argsOf({ revoked: [leaf, foreign], crls: [listsLeaf, listsForeign] });
    for (const part of ["1/3", "2/3", "3/3"]) {
      const { out } = await crllint([...args, "--shard", part, "-f", "json"]);
      expect(out).not.toContain(rule);
    }
  });
});

test("fetch reports a certificate of a CA without a CRL", async () => {
  const url = server.serve("/a.crl", kit.crl(listsLeaf).crl);
  const ca = bench.put("ca.pem", pem("CERTIFICATE", kit.ca.certificate));
  const args = ["fetch", "--allow-private", "--issuer", ca, "--expect-revoked"];
  expect((await lint([...args, bench.put("leaf.der", leaf), url])).code).toBe(0);
  const { code, runs } = await lint([...args, bench.put("foreign.der", foreign), url]);
  expect(code).toBe(2);
  expect(uncheckedIn(runs)).toBe(`${noIssuer} 1 certificate expected to be revoked; it has serial 4e`);
});

test("POST /v1/lint reports a certificate of a CA without a CRL", async () => {
  const request = form({ crl: kit.crl(listsLeaf).crl, issuer: kit.ca.certificate, expectRevoked: [leaf, foreign] });
  const answer = await bodyOf<LintAnswer>(await service().request("/v1/lint", request));
  expect(answer.verdict).toBe("undecided");
  expect(answer.report.runs[0]?.findings).toMatchObject([{ rule, severity: "error" }]);
});

test("of many certificates, the number and the first five are shown", () => {
  const expectGood = Array.from({ length: 12 }, (_, i) => kit.certificate({ parent: kit.otherCa, serial: i + 1 }));
  const run = lintCrl({ crl: kit.crl().crl, issuer: kit.ca.certificate, now: at, expectGood, name: "a.crl" });
  expect(run.findings.filter((finding) => finding.rule === rule)).toEqual([
    {
      rule,
      severity: "error",
      message: `not judged: ${noIssuer} 12 certificates expected to be good; the first has serial 01`,
      location: { file: "expectGood[0]", path: "tbsCertificate.serialNumber", offset: 13, length: 3 },
      related: [1, 2, 3, 4].map((i) => {
        return { file: `expectGood[${i}]`, path: "tbsCertificate.serialNumber", offset: 13, length: 3 };
      }),
      cites: [],
      notes: [],
      help: "give the CRL of its CA too, or leave out the certificate",
    },
  ]);
});

describe("a file of an option that has no readable certificate", () => {
  const ca = bench.put("option-ca.der", kit.ca.certificate);
  const crl = bench.put("option.crl", kit.crl().crl);
  const certificate = bench.put("option-leaf.der", leaf);

  test.each(["--certs", "--expect-revoked", "--expect-good"])("%s: missing, next to a valid one", async (option) => {
    const { code, runs } = await lint([option, certificate, option, "nowhere.pem", ca, crl]);
    expect(code).toBe(2);
    expect(runs.find((run) => run.crl === "nowhere.pem")).toMatchObject({
      verdict: "undecided",
      findings: [{ rule: "crllint/unreadable", severity: "error" }],
    });
  });

  test.each(["--certs", "--expect-revoked", "--expect-good", "--issuer"])("%s: a container of CRLs", async (option) => {
    const crls = bench.put("crls.p7b", signedData([], [kit.crl().crl]));
    const { code, runs } = await lint([option, crls, ca, crl]);
    expect(code).toBe(2);
    const message = `${option} names a CertificateList, not a${option === "--issuer" ? " CA" : ""} certificate`;
    expect(runs.find((run) => run.crl === crls)).toMatchObject({
      findings: [{ rule: "crllint/not-a-certificate", severity: "error", message }],
    });
  });

  test.each(["--certs", "--expect-revoked", "--expect-good"])("%s: missing, for fetch", async (option) => {
    const url = server.serve("/b.crl", kit.crl().crl);
    const { code, runs } = await lint(["fetch", "--allow-private", "--issuer", ca, option, "nowhere.pem", url]);
    expect(code).toBe(2);
    const passed = runs.flatMap(({ rules }) => rules.filter(({ status }) => status === "passed"));
    expect(passed.filter(({ rule: id }) => id.startsWith("certs/"))).toEqual([]);
  });
});
