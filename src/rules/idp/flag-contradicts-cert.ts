import { isCa, isNotCa } from "../../cert/kind.ts";
import type { CrlCase, CrlKnobs, Kit } from "../../fixture/index.ts";
import { reportCertificates } from "../../checks/certificate-findings.ts";
import { findCovered } from "../../checks/covered.ts";
import { defineRule, type Requirement } from "../../rule/rule.ts";
import { countOf } from "../../rule/format-count.ts";

/** The step of RFC 5280 6.3.3 (b)(2) for each flag. */
const userCerts: Requirement = {
  source: "rfc5280",
  section: "6.3.3 (b)(2)(ii)",
  severity: "error",
  quote: "verify that the certificate does not include the basic constraints extension with the cA boolean asserted",
};
const caCerts: Requirement = {
  source: "rfc5280",
  section: "6.3.3 (b)(2)(iii)",
  severity: "error",
  quote: "verify that the certificate includes the basic constraints extension with the cA boolean asserted",
};
const attributeCerts: Requirement = {
  source: "rfc5280",
  section: "6.3.3 (b)(2)(iv)",
  severity: "error",
  quote: "Verify that the onlyContainsAttributeCerts boolean is not asserted.",
};

export default defineRule({
  id: "idp/flag-contradicts-cert",
  title: "issuingDistributionPoint excludes a certificate that the CRL covers",
  looksAt: ["issuingDistributionPoint", "certificates"],
  requirements: [userCerts, caCerts, attributeCerts],
  create(ctx) {
    const { path, onlyContainsUserCerts, onlyContainsCaCerts, onlyContainsAttributeCerts } =
      ctx.issuingDistributionPoint;
    const flags = [
      {
        name: "onlyContainsUserCerts",
        requirement: userCerts,
        flag: onlyContainsUserCerts,
        excludes: isCa,
        one: "CA certificate",
        many: "CA certificates",
      },
      {
        name: "onlyContainsCACerts",
        requirement: caCerts,
        flag: onlyContainsCaCerts,
        excludes: isNotCa,
        one: "certificate that is not a CA certificate",
        many: "certificates that are not CA certificates",
      },
      {
        name: "onlyContainsAttributeCerts",
        requirement: attributeCerts,
        flag: onlyContainsAttributeCerts,
        excludes: isAny,
        one: "public key certificate",
        many: "public key certificates",
      },
    ];
    for (const { name, requirement, flag, excludes, one, many } of flags) {
      if (flag?.value !== true) continue;
      // Certificates of versions 1 and 2 have no basicConstraints; idp/v1-certs checks them.
      const faulty = findCovered(ctx, (certificate) => certificate.version === 3 && excludes(certificate));
      reportCertificates(ctx, faulty, {
        at: flag,
        path: `${path}.${name}`,
        violates: ctx.requirements.filter((each) => each === requirement),
        message: `${name} is TRUE, but the CRL covers ${countOf(faulty.length, one, many)}`,
      });
    }
  },
  why: "A client never applies a CRL with onlyContainsUserCerts to a CA certificate, and applies a CRL with onlyContainsCACerts only to CA certificates. It ignores the other entries, so those certificates stay accepted.",
  fix: "list CA certificates and subscriber certificates in separate CRLs, or leave the flag out",
  examples: () => ({
    bad: [
      { title: "CA certificate, onlyContainsUserCerts", make: (kit) => listed(kit, true, { onlyUser: true }) },
      { title: "server certificate, onlyContainsCACerts", make: (kit) => listed(kit, false, { onlyCa: true }) },
      {
        title: "server certificate, not listed, that names the CRL",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/tls-ca-1.crl"], onlyCa: true },
            entries: [],
            certificates: [kit.certificate()],
          }),
      },
      {
        title: "two server certificates, onlyContainsCACerts",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyCa: true },
            entries: [
              { serial: 77, reason: 4 },
              { serial: 78, reason: 4 },
            ],
            certificates: [
              kit.certificate({ cA: false, serial: 77, crldp: ["http://crl.example.com/1.crl"] }),
              kit.certificate({ cA: false, serial: 78, crldp: ["http://crl.example.com/1.crl"] }),
            ],
          }),
      },
      {
        title: "server certificate, onlyContainsAttributeCerts",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], attr: true },
            entries: [{ serial: 77, reason: 4 }],
            certificates: [kit.certificate({ cA: false, serial: 77, crldp: ["http://crl.example.com/1.crl"] })],
          }),
        also: ["idp/attribute-certs"],
      },
    ],
    good: [
      { title: "CA certificate, onlyContainsCACerts", make: (kit) => listed(kit, true, { onlyCa: true }) },
      { title: "server certificate, onlyContainsUserCerts", make: (kit) => listed(kit, false, { onlyUser: true }) },
      {
        title: "CA certificate, not listed, that names another CRL",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            entries: [],
            certificates: [kit.certificate({ cA: true }), kit.certificate({ crldp: ["http://crl.example.com/1.crl"] })],
          }),
      },
      {
        title: "certificate of version 1, which has no basicConstraints",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyCa: true },
            entries: [{ serial: 77, reason: 4 }],
            certificates: [kit.certificate({ serial: 77, version: null, extensions: [] })],
          }),
        also: ["idp/v1-certs"],
      },
    ],
  }),
});

function isAny(): boolean {
  return true;
}

function listed(kit: Kit, cA: boolean, idp: NonNullable<CrlKnobs["idp"]>): CrlCase {
  return kit.crl({
    idp: { uris: ["http://crl.example.com/1.crl"], ...idp },
    entries: [{ serial: 77, reason: 4 }],
    certificates: [kit.certificate({ cA, serial: 77, crldp: ["http://crl.example.com/1.crl"] })],
  });
}
