import { kit } from "../../src/fixture/index.ts";
import { encodePem } from "../../src/pem/encode.ts";
import { after, bugzilla, caFile, crlOf, day, file, hour, rootCa, tlsCa } from "./cast.ts";
import type { Answer, Incident, Trial, Unbuilt } from "./incident.ts";
import { rsaCa } from "./signature.ts";

const { der } = kit;
const signer = tlsCa(2020);
const pkixCrl = { "content-type": "application/pkix-crl" } as const;

const amazonPem: Incident = {
  id: "bz1914893",
  kind: "ca",
  date: "2024-08-09 to 2024-08-28",
  title: "Amazon: root CRL published as PEM",
  sources: [bugzilla(1914893)],
  story: `A new deployment published a root's CRL as PEM. A public monitor reported that it could not parse the CRL. The CA's
staff tested it with a tool that also reads PEM, treated the report as a false alarm, and waited eight more days.

The lesson: a file that a tool can read may still be wrong. The URL must return one CRL in DER.`,
  trials: pemTrials(rootCa(2015), "2024-08-09T00:00:00Z", (crl) => encodePem("X509 CRL", crl)),
};

const keon: Incident = {
  id: "bz530356-base64",
  kind: "ca",
  date: "2009-11-21",
  title: "RSA Security: CRL published as base64",
  sources: [bugzilla(530356)],
  story: `The CRL of an RSA Keon CA was served as text, which a browser's library rejected as invalid DER.

The lesson: the same failure happened again fifteen years later.`,
  trials: pemTrials(rsaCa, "2009-11-21T00:00:00Z", (crl) => `${Buffer.from(crl).toString("base64")}\n`),
};

function pemTrials(ca: typeof signer, at: string, write: (crl: Uint8Array) => string): readonly Trial[] {
  const answer: Answer = { url: "http://crl.example.com/root.crl", status: 200, headers: pkixCrl };
  const valid = (): Uint8Array => crlOf(ca, at, { entries: [] });
  const common = { ca: caFile(ca), now: after(at, hour), answer };
  return [
    {
      title: "the CRL as it was served",
      crl: file("published.crl", () => write(valid())),
      ...common,
      expected: ["transport/not-der"],
    },
    { title: "the same in DER", crl: file("sound.crl", valid), ...common, expected: [] },
  ];
}

const moment = "2024-03-04T00:00:00Z";
const second = tlsCa(2020, { key: "rsa2048c", subject: "C=AT, O=Example Trust GmbH, CN=Example TLS CA 2" });

/** Returns a trial of the valid CRL in one form. */
function written(
  title: string,
  name: string,
  write: (valid: Uint8Array) => Uint8Array | string,
  expected: readonly string[],
): Trial {
  const crl = file(name, () => write(crlOf(signer, moment)));
  return { title, crl, ca: caFile(signer), now: after(moment, day), expected };
}

const pemForms: Incident = {
  id: "inc-097",
  kind: "ca-software",
  date: "2018-06-25 to 2026-05-08",
  title: "PEM at distribution points, several CRLs in one file, a line feed after the DER",
  sources: [
    "https://github.com/CESNET/libnetconf2/issues/605",
    "https://github.com/openssl/openssl/issues/8581",
    "https://github.com/wbond/asn1crypto/issues/279",
  ],
  story: `Readers reported "wrong tag", and their users had to find out that 0x2d is the hyphen of "-----BEGIN". One file
contained the CRLs of all CAs.

The lesson: report what the file is, not only the first unexpected byte.`,
  trials: [
    written("a line feed after the DER", "line-feed.crl", (crl) => der.concat(crl, der.ascii("\n")), [
      "input/trailing-data",
    ]),
    {
      ...written(
        "two CRLs in one file",
        "two.pem",
        (crl) => encodePem("X509 CRL", crl) + encodePem("X509 CRL", crlOf(second, moment)),
        ["input/multiple-objects"],
      ),
      ca: file("both-cas.pem", () => [signer, second].map((ca) => encodePem("CERTIFICATE", ca.certificate)).join("")),
    },
    written(
      "a byte order mark before the PEM",
      "byte-order-mark.pem",
      (crl) => `\u{feff}${encodePem("X509 CRL", crl)}`,
      ["input/explanatory-text-or-headers"],
    ),
    written("only the CRL", "sound.crl", (crl) => crl, []),
  ],
};

const emqx: Incident = {
  id: "inc-098",
  kind: "reader",
  date: "2026-04-26",
  title: "EMQX: CRL in DER read as a list without CRLs",
  sources: ["https://github.com/emqx/emqx/issues/17135"],
  story: `The software supported only PEM, and stored an empty list for a CRL in DER, the form that the standard requires.

The lesson: the CRL below is valid in both forms, and crllint reads both.`,
  trials: [
    written("in DER", "sound.crl", (crl) => crl, []),
    written("in PEM", "sound.pem", (crl) => encodePem("X509 CRL", crl), []),
  ],
};

const swapped: Incident = {
  id: "inc-106",
  kind: "reader",
  date: "2020-07-31, 2025-12-31",
  title: "Mbed TLS and pyca: a certificate given instead of a CRL, and vice versa",
  sources: ["https://github.com/Mbed-TLS/mbedtls/issues/3533", "https://github.com/pyca/cryptography/issues/14079"],
  story: `If a user swaps the two files, the error message names only an ASN.1 tag.

The lesson: report what the file is. The command line of crllint accepts both files in any order.`,
  trials: [
    {
      title: "the CA certificate instead of the CRL",
      crl: file("certificate.der", () => signer.certificate),
      ca: caFile(signer),
      now: after(moment, day),
      expected: ["input/not-a-crl"],
      isLibraryOnly: true,
    },
    written("the CRL", "sound.crl", (crl) => crl, []),
  ],
};

const quoVadis: Unbuilt = {
  id: "inc-107",
  kind: "ca",
  date: "2020-02",
  title: "QuoVadis: CRL of one day that BoringSSL could not decode",
  sources: ["https://github.com/google/conscrypt/issues/808"],
  why: "the CRL is no longer public, and the cause was not published, so no fixture can be built; the rules below `der/` check DER strictly",
};

const goMade: Unbuilt = {
  id: "inc-108",
  kind: "reader",
  date: "2022-03-11",
  title: "x509-parser: CRL made by Go rejected",
  sources: ["https://github.com/rusticata/x509-parser/issues/120"],
  why: "the reader was wrong; the available part of the report does not show the exact cause",
};

/** Incidents about the encoding of a CRL. */
export const formIncidents = [amazonPem, keon, pemForms, emqx, swapped, quoVadis, goMade];
