import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import type { LintCrlOptions } from "../../src/index.ts";
import { lintCase } from "../support/lint-case.ts";

const src = new URL("../../src/", import.meta.url);

// A rule leaves a finding to a rule of another source with `ctx.hasInForce`: the source alone does not show that the
// other rule is in force for the CRL.
test("no rule asks whether the profile has a source", () => {
  const files = ["rules", "checks"].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, src), { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
  );
  const asking = files
    .filter((name) => name.endsWith(".ts") && /\bsources\??\.has\(/u.test(readFileSync(new URL(name, src), "utf8")))
    .map((name) => name.replaceAll("\\", "/"));
  // Its functions are about what no date decides.
  expect(asking).toEqual(["checks/profile-sources.ts"]);
});

type Profile = NonNullable<LintCrlOptions["profile"]>;

/** Returns the findings on a CRL of a CA of 2001 that is valid for 5 days, each as its severity and rule. */
function findings(day: string, profile: Profile, knobs: CrlKnobs, options: Partial<LintCrlOptions> = {}) {
  const thisUpdate = `${day}T00:00:00Z`;
  const nextUpdate = new Date(Date.parse(thisUpdate) + 5 * 86_400_000).toISOString().replace(".000", "");
  const subject = profile === "rpki" ? { subject: kit.name("CN=rpki-ca-1", { stringType: "printable" }) } : {};
  const ca = kit.caWith({ notBefore: "2001-01-01T00:00:00Z", ...subject });
  const made = kit.crl({ ca, thisUpdate, nextUpdate, entries: [], ...knobs });
  const run = lintCase(made, { profile, ...options });
  return run.findings
    .filter(({ rule }) => !rule.startsWith("crllint/"))
    .map(({ rule, severity }) => `${severity} ${rule}`)
    .sort();
}

const { der, extension } = kit;
const directoryName = der.explicit(4, kit.ca.subject.der());
const byDirectory = { names: der.explicit(0, directoryName), onlyUser: true };
const freshest = extension.extension("2.5.29.46", der.seq(der.seq(der.explicit(0, der.explicit(0, directoryName)))));
const indirect: CrlKnobs = { idp: { uris: ["http://crl.example.com/tls-ca-1.crl"], indirect: true } };
const leaf = kit.certificate({
  parent: kit.caWith({ notBefore: "2001-01-01T00:00:00Z" }),
  serial: 77,
  notBefore: "2001-01-01T00:00:00Z",
});
const unknown = (critical: boolean) => extension.extension("1.2.3.4", der.nul(), critical);
const withoutReasons = (count: number, date: string) => Array.from({ length: count }, () => ({ date }));

const adCs = extension.extension("1.3.6.1.4.1.311.21.1", der.int(0));
const onP384: CrlKnobs = {
  ca: kit.caWith({ notBefore: "2001-01-01T00:00:00Z", key: "p384" }),
  algorithm: "ecdsa-with-SHA256",
};
const lasting = (until: string): CrlKnobs => ({ nextUpdate: `${until}T00:00:01Z` });
const caEntry = (reason: number): CrlKnobs => ({
  idp: { uris: ["http://crl.example.com/1.crl"], onlyCa: true },
  entries: [{ date: "2019-01-01T00:00:00Z", reason }],
});

test.each<readonly [string, string, Profile, CrlKnobs, readonly string[]]>([
  // TLS BR 7.2.2.1 is in force since 2024-03-15.
  ["directoryName alone", "2024-03-14", "tls-br", { idp: byDirectory }, ["warning general-name/dp-no-http-or-ldap"]],
  ["directoryName alone", "2024-03-15", "tls-br", { idp: byDirectory }, ["error idp/non-uri"]],
  [
    "directoryName alone, full CRL",
    "2024-03-15",
    "tls-br",
    { idp: byDirectory, options: { completeness: "full" } },
    ["warning general-name/dp-no-http-or-ldap", "warning idp/on-full-crl"],
  ],
  [
    "directoryName alone in freshestCRL",
    "2024-03-15",
    "tls-br",
    { extra: [freshest] },
    ["warning extension/not-recommended", "warning general-name/dp-no-http-or-ldap"],
  ],
  [
    "indirect CRL without foreign certificates",
    "2024-03-14",
    "tls-br",
    { ...indirect, certificates: [leaf] },
    ["warning idp/indirect-flag-wrong"],
  ],
  [
    "indirect CRL without foreign certificates",
    "2024-03-15",
    "tls-br",
    { ...indirect, certificates: [leaf] },
    ["error idp/indirect-crl"],
  ],
  [
    "indirect CRL without foreign certificates",
    "2021-08-31",
    "fpki",
    { ...indirect, certificates: [leaf] },
    ["warning idp/indirect-flag-wrong"],
  ],
  [
    "indirect CRL without foreign certificates",
    "2021-09-01",
    "fpki",
    { ...indirect, certificates: [leaf] },
    ["warning idp/indirect-crl"],
  ],
  [
    "indirect CRL without certificateIssuer",
    "2024-03-14",
    "tls-br",
    { ...indirect, entries: [{ date: "2024-01-01T00:00:00Z", reason: 1 }] },
    ["notice idp/indirect-without-entries"],
  ],
  [
    "indirect CRL without certificateIssuer",
    "2024-03-15",
    "tls-br",
    { ...indirect, entries: [{ date: "2024-01-01T00:00:00Z", reason: 1 }] },
    ["error idp/indirect-crl"],
  ],
  // RFC 6487 is of February 2012.
  ["critical extension", "2012-02-29", "rpki", { extra: [unknown(true)] }, ["error extension/unknown-critical"]],
  ["critical extension", "2012-03-01", "rpki", { extra: [unknown(true)] }, ["error extension/rpki-not-allowed"]],
  ["private extension", "2012-02-29", "rpki", { extra: [unknown(false)] }, ["notice extension/unknown"]],
  ["private extension", "2012-03-01", "rpki", { extra: [unknown(false)] }, ["error extension/rpki-not-allowed"]],
  [
    "extension of entries",
    "2012-02-29",
    "rpki",
    { extra: [extension.reasonCode(1)] },
    ["warning extension/belongs-to-certificate"],
  ],
  [
    "extension of entries",
    "2012-03-01",
    "rpki",
    { extra: [extension.reasonCode(1)] },
    ["error extension/rpki-not-allowed"],
  ],
  [
    "critical expiredCertsOnCRL",
    "2012-02-29",
    "rpki",
    { extra: [{ ...extension.expiredCertsOnCrl("2010-01-01T00:00:00Z"), critical: true }] },
    ["error expired-certs/critical"],
  ],
  // It forbids issuingDistributionPoint, so advice on a flag of it would contradict this.
  [
    "issuingDistributionPoint",
    "2012-02-29",
    "rpki",
    { idp: { uris: ["http://crl.example.com/1.crl"] } },
    ["notice idp/only-contains-user-certs-required"],
  ],
  [
    "issuingDistributionPoint",
    "2012-03-01",
    "rpki",
    { idp: { uris: ["http://crl.example.com/1.crl"] } },
    ["error extension/rpki-not-allowed"],
  ],
  ["issuingDistributionPoint", "2012-03-01", "rpki", { idp: byDirectory }, ["error extension/rpki-not-allowed"]],
  [
    "issuingDistributionPoint",
    "2022-01-01",
    "icao",
    { idp: { uris: ["http://crl.example.com/1.crl"] } },
    ["error extension/icao-not-allowed"],
  ],
  // TLS BR 7.2.2 exempts entries of subscriber certificates that were revoked before 2023-07-15.
  [
    "120 entries without reason",
    "2022-01-01",
    "tls-br",
    { entries: withoutReasons(120, "2021-06-01T00:00:00Z") },
    ["notice reason/missing"],
  ],
  [
    "120 entries without reason",
    "2024-03-15",
    "tls-br",
    { entries: withoutReasons(120, "2023-07-14T23:59:59Z") },
    ["notice reason/missing"],
  ],
  [
    "120 entries without reason",
    "2024-03-15",
    "tls-br",
    { entries: withoutReasons(120, "2023-07-15T00:00:00Z") },
    ["notice reason/missing-on-subscriber-entry"],
  ],
  ["data of AD CS", "2024-03-14", "microsoft", { extra: [adCs] }, ["notice other-extension/ca-version"]],
  ["data of AD CS", "2024-03-15", "microsoft", { extra: [adCs] }, ["warning extension/not-recommended"]],
  // TLS BR 7.2.2 of 2020-09-30 requires a reason in entries of CA certificates.
  ["unspecified for CA certificates", "2020-09-29", "tls-br", caEntry(0), ["warning reason/unspecified"]],
  ["unspecified for CA certificates", "2020-09-30", "tls-br", caEntry(0), ["error reason/unspecified-on-ca-entry"]],
  // The TLS BR list the reasons since 2023-07-15, without cACompromise.
  ["keyCompromise for CA certificates", "2023-07-14", "tls-br", caEntry(1), ["notice reason/key-compromise-on-ca"]],
  ["keyCompromise for CA certificates", "2023-07-15", "tls-br", caEntry(1), []],
  // RFC 8603 is of May 2019.
  ["SHA-256 with a key on P-384", "2019-05-31", "cnsa", onP384, ["warning algorithm/ecdsa-curve-hash-mismatch"]],
  ["SHA-256 with a key on P-384", "2019-06-01", "cnsa", onP384, ["error algorithm/not-permitted"]],
  // The S/MIME BR and the profile of the Federal PKI limit the validity since 2023-09-01 and 2021-09-01.
  ["validity of 2 years", "2023-08-31", "smime-br", lasting("2025-08-31"), ["notice time/validity-very-long"]],
  [
    "validity of 2 years",
    "2023-09-01",
    "smime-br",
    lasting("2025-09-01"),
    ["error time/subscriber-next-update-beyond-10-days"],
  ],
  ["validity of 2 years", "2021-08-31", "fpki", lasting("2023-08-31"), ["notice time/validity-very-long"]],
  ["validity of 2 years", "2021-09-01", "fpki", lasting("2023-09-01"), ["warning time/fpki-next-update-limit"]],
])("%s on %s under %s", (_, day, profile, knobs, expected) => {
  expect(findings(day, profile, knobs)).toEqual(expected);
});
