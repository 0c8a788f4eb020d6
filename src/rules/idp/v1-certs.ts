import type { CrlCase, Kit } from "../../fixture/index.ts";
import { reportCertificates } from "../../checks/certificate-findings.ts";
import { findCovered } from "../../checks/covered.ts";
import { defineRule } from "../../rule/rule.ts";
import { countOf } from "../../rule/format-count.ts";

export default defineRule({
  id: "idp/v1-certs",
  title: "CRL with onlyContainsUserCerts or onlyContainsCACerts covers a version 1 or 2 certificate",
  looksAt: ["issuingDistributionPoint", "certificates"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.5",
      severity: "error",
      quote: "the scope of the CRL MUST NOT include any version 1 or version 2 certificates",
    },
  ],
  create(ctx) {
    const { path, onlyContainsUserCerts, onlyContainsCaCerts } = ctx.issuingDistributionPoint;
    const flag = [onlyContainsUserCerts, onlyContainsCaCerts].find((one) => one?.value === true);
    if (flag === undefined) return;
    const name = flag === onlyContainsUserCerts ? "onlyContainsUserCerts" : "onlyContainsCACerts";
    const faulty = findCovered(ctx, ({ version }) => version < 3);
    reportCertificates(ctx, faulty, {
      at: flag,
      path: `${path}.${name}`,
      message: `${name} is TRUE, but the CRL covers ${countOf(faulty.length, "version 1 or 2 certificate")}`,
    });
  },
  why: "Such a certificate has no basicConstraints that show whether it is a CA certificate. A client cannot determine whether a CRL for one kind of certificate covers it.",
  fix: "list version 1 and 2 certificates in a CRL without these flags",
  examples: () => ({
    bad: [
      { title: "version 1 certificate", make: (kit) => listed(kit, null) },
      { title: "version 2 certificate", make: (kit) => listed(kit, 1) },
      {
        title: "version 1 certificate, onlyContainsCACerts",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyCa: true },
            entries: [{ serial: 77, reason: 4 }],
            certificates: [kit.certificate({ serial: 77, version: null, extensions: [] })],
          }),
      },
    ],
    good: [
      { title: "version 3 certificate", make: (kit) => listed(kit, 2) },
      {
        title: "version 1 certificate, no issuingDistributionPoint",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 77, reason: 4 }],
            certificates: [kit.certificate({ serial: 77, version: null, extensions: [] })],
          }),
      },
      {
        title: "version 1 certificate, no flag",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"] },
            entries: [{ serial: 77, reason: 4 }],
            certificates: [kit.certificate({ serial: 77, version: null, extensions: [] })],
          }),
        also: ["idp/only-contains-user-certs-required"],
      },
    ],
  }),
});

function listed(kit: Kit, version: number | null): CrlCase {
  return kit.crl({
    idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
    entries: [{ serial: 77, reason: 4 }],
    certificates: [
      kit.certificate({
        serial: 77,
        version,
        ...(version !== 2 && { extensions: [] }),
        crldp: ["http://crl.example.com/1.crl"],
      }),
    ],
  });
}
