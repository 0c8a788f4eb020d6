import { describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { lintShards, rules } from "../../src/index.ts";
import { failedRules, lintCase, profileFor } from "../support/lint-case.ts";

/** Rules on certificates, which are the same for all CRLs of a set, so one run of a call reports them. */
const onCertificates = [
  "aki/differs-from-certificates",
  "ca/crl-signer-different-key",
  "certs/crl-issuer-needs-indirect",
  "certs/crldp-missing",
  "certs/crldp-not-http",
  "certs/issuer-differs",
  "certs/needs-all-reasons-dp",
  "certs/serial-twice",
];

const another = kit.crl({ idp: { uris: ["http://crl.example.com/another.crl"], onlyUser: true }, entries: [] }).crl;

describe("errors of certificates", () => {
  const examples = onCertificates.flatMap((id) => {
    const rule = rules.find((each) => each.id === id);
    if (rule === undefined) throw new Error(id);
    return rule.examples().bad.map((example) => ({ id, rule, example, title: example.title }));
  });

  test.each(examples)(
    "are reported by lintCrl with shards, which lints one CRL: $id, $title",
    ({ id, rule, example }) => {
      const run = lintCase(example.make(kit), { profile: profileFor(rule, example), select: [id], shards: [another] });
      expect(failedRules(run)).toEqual([id]);
    },
  );

  test("are reported once by lintShards, which lints all CRLs", () => {
    const certificates = [kit.certificate({ crldp: null })];
    const shard = kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true }, entries: [] }).crl;
    const runs = lintShards({
      crls: [shard, another],
      issuer: kit.ca.certificate,
      certificates,
      profile: "tls-br",
      select: ["certs/crldp-missing"],
    });
    expect(runs.map(({ findings }) => findings.length)).toEqual([1, 0]);
  });
});
