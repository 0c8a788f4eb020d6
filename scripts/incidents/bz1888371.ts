import { type CrlKnobs, type KitCa, kit } from "../../src/fixture/index.ts";
import { bugzilla, caFile, file } from "./cast.ts";
import type { Incident, Trial } from "./incident.ts";

// Key, serials and entries are fictional. Names, string types, numbers and times are those of the report and of the
// real CA certificates, whose subject strings are all PrintableString.
const printable = { stringType: "printable" } as const;

const serverOv = kit.caWith({
  parent: kit.caWith({
    parent: "self",
    subject: kit.name("C=AT, O=e-commerce monitoring GmbH, CN=GLOBALTRUST 2020", printable),
    notBefore: "2020-02-10T00:00:00Z",
    notAfter: "2040-06-10T00:00:00Z",
  }),
  subject: kit.name("C=AT, O=e-commerce monitoring GmbH, CN=GLOBALTRUST 2020 SERVER OV 1", printable),
  notBefore: "2020-03-23T00:00:00Z",
  notAfter: "2040-06-10T00:00:00Z",
});

const serverEv = kit.caWith({
  parent: kit.caWith({
    parent: "self",
    key: "rsa2048c",
    subject: kit.name(
      "C=AT, ST=Wien, L=Wien, O=e-commerce monitoring GmbH, OU=GLOBALTRUST Certification Service, CN=GLOBALTRUST 2015",
      printable,
    ),
    notBefore: "2015-06-11T00:00:00Z",
    notAfter: "2040-06-10T00:00:00Z",
  }),
  key: "rsa2048b",
  subject: kit.name(
    "C=AT, ST=Wien, L=Wien, O=e-commerce monitoring GmbH, OU=GLOBALTRUST Certification Service, CN=GLOBALTRUST 2015 SERVER QUALIFIED EV 2",
    printable,
  ),
  notBefore: "2018-07-19T00:00:00Z",
  notAfter: "2040-06-10T00:00:00Z",
});

const ov: CrlKnobs = {
  crlNumber: 347,
  thisUpdate: "2024-03-25T09:21:10Z",
  nextUpdate: "2024-04-03T09:21:10Z",
  entries: [
    { serial: "5a31c08e7d1944f6b2a70b1c9f3e6d20", date: "2023-11-14T10:02:33Z", reason: 4 },
    { serial: "1f4d9b6602c84ea1935b7e08d4a1c7f3", date: "2024-01-09T15:47:05Z", reason: 1 },
    { serial: "3c70e5a8914b4d2f86c1f9037ab25e64", date: "2024-02-27T08:30:12Z" },
  ],
};

const ev: CrlKnobs = {
  crlNumber: 59,
  thisUpdate: "2024-03-25T09:34:11Z",
  nextUpdate: "2024-04-03T09:34:11Z",
  entries: [{ serial: "62b9f1047c3a4e85ad10e6d2938c5b7f", date: "2023-12-19T13:11:48Z", reason: 5 }],
};

/** Returns trials of a CRL as it was published and without the defect, as of the next day. */
function trialsOf(title: string, stem: string, ca: KitCa, knobs: CrlKnobs): readonly Trial[] {
  const given = { ca: caFile(ca, `${stem}.pem`), now: "2024-03-26T00:00:00Z" };
  const reversed = file(`${stem}.crl`, () => kit.crl({ ...knobs, ca, issuer: ca.subject.reversed() }).crl);
  const valid = file(`${stem}.sound.crl`, () => kit.crl({ ...knobs, ca }).crl);
  return [
    { title: `${title} as it was published`, crl: reversed, ...given, expected: ["issuer/not-byte-identical"] },
    { title: "the same CRL without the defect", crl: valid, ...given, expected: [] },
  ];
}

/** e-commerce monitoring GmbH, March 2024: the CRL issuer's RDNs in reverse order. */
export const bz1888371: Incident = {
  id: "bz1888371",
  kind: "ca",
  date: "2024-03-25",
  title: "e-commerce monitoring GmbH: CRL issuer with its RDNs in reverse order",
  sources: [bugzilla(1888371)],
  story: `On 25 March 2024, the CA published two CRLs whose issuer contained the RDNs of the CA's subject in reverse order. An
update of the database had selected another configuration file, and no test compared the bytes. The signatures
verified, but software that looks up a CRL by its issuer found none. Revocation therefore stopped working. The defect
was reported from outside the CA, declared fixed, and came back twice. The root was distrusted in June 2024.

The lesson: compare \`tbsCertList.issuer\` with the CA certificate's subject, byte for byte, before every signature.`,
  trials: [
    ...trialsOf("CRL I", "globaltrust-2020-server-ov-1", serverOv, ov),
    ...trialsOf("CRL II", "globaltrust-2015-server-qualified-ev-2", serverEv, ev),
  ],
};
