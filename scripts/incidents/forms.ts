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
  story: `A new deployment published a root's CRL as PEM. A public monitor said that it could not parse it; the CA's people tried with
a tool that reads PEM too, took the alarm for a false one, and waited eight days more.

The lesson: that a tool can read a file does not make it what a URL has to give: one CRL in DER.`,
  trials: pemTrials(rootCa(2015), "2024-08-09T00:00:00Z", (crl) => encodePem("X509 CRL", crl)),
};

const keon: Incident = {
  id: "bz530356-base64",
  kind: "ca",
  date: "2009-11-21",
  title: "RSA Security: CRL published as base64",
  sources: [bugzilla(530356)],
  story: `The CRL of an RSA Keon CA was served as text, which a browser's library refused as bad DER.

The lesson: the same as fifteen years later.`,
  trials: pemTrials(rsaCa, "2009-11-21T00:00:00Z", (crl) => `${Buffer.from(crl).toString("base64")}\n`),
};

function pemTrials(ca: typeof signer, at: string, write: (crl: Uint8Array) => string): readonly Trial[] {
  const answer: Answer = { url: "http://crl.example.com/root.crl", status: 200, headers: pkixCrl };
  const sound = (): Uint8Array => crlOf(ca, at, { entries: [] });
  const common = { ca: caFile(ca), now: after(at, hour), answer };
  return [
    {
      title: "the CRL as it was served",
      crl: file("published.crl", () => write(sound())),
      ...common,
      expected: ["transport/not-der"],
    },
    { title: "the same in DER", crl: file("sound.crl", sound), ...common, expected: [] },
  ];
}

const moment = "2024-03-04T00:00:00Z";
const second = tlsCa(2020, { key: "rsa2048c", subject: "C=AT, O=Example Trust GmbH, CN=Example TLS CA 2" });

/** One form in which the CRL of a scene is written. */
function written(
  title: string,
  name: string,
  write: (sound: Uint8Array) => Uint8Array | string,
  expected: readonly string[],
): Trial {
  const crl = file(name, () => write(crlOf(signer, moment)));
  return { title, crl, ca: caFile(signer), now: after(moment, day), expected };
}

const pemForms: Incident = {
  id: "inc-097",
  kind: "ca-software",
  date: "2018-06-25 to 2026-05-08",
  title: "PEM at distribution points, several CRLs in one file, a line feed behind the DER",
  sources: [
    "https://github.com/CESNET/libnetconf2/issues/605",
    "https://github.com/openssl/openssl/issues/8581",
    "https://github.com/wbond/asn1crypto/issues/279",
  ],
  story: `Readers answered with "wrong tag", and left it to their users to find out that 0x2d is the hyphen of "-----BEGIN". One file
held the CRLs of all CAs in a row.

The lesson: say what the file is, not which octet was wrong.`,
  trials: [
    written("a line feed behind the DER", "line-feed.crl", (crl) => der.concat(crl, der.ascii("\n")), [
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
    written("the CRL alone", "sound.crl", (crl) => crl, []),
  ],
};

const emqx: Incident = {
  id: "inc-098",
  kind: "reader",
  date: "2026-04-26",
  title: "EMQX: CRL in DER taken for a list without CRLs",
  sources: ["https://github.com/emqx/emqx/issues/17135"],
  story: `The program knew PEM alone, and kept an empty list where it got what the standard asks for.

The lesson: the CRL below is sound in either form, and crllint reads both.`,
  trials: [
    written("in DER", "sound.crl", (crl) => crl, []),
    written("in PEM", "sound.pem", (crl) => encodePem("X509 CRL", crl), []),
  ],
};

const swapped: Incident = {
  id: "inc-106",
  kind: "reader",
  date: "2020-07-31, 2025-12-31",
  title: "Mbed TLS and pyca: a certificate given for a CRL, and the other way round",
  sources: ["https://github.com/Mbed-TLS/mbedtls/issues/3533", "https://github.com/pyca/cryptography/issues/14079"],
  story: `People swap the two files, and get the name of an ASN.1 tag for an answer.

The lesson: tell what the file is. On its command line crllint takes both in any order.`,
  trials: [
    {
      title: "the CA certificate where the CRL belongs",
      crl: file("certificate.der", () => signer.certificate),
      ca: caFile(signer),
      now: after(moment, day),
      expected: ["input/not-a-crl"],
      isLibraryOnly: true,
    },
    written("the CRL where it belongs", "sound.crl", (crl) => crl, []),
  ],
};

const quoVadis: Unbuilt = {
  id: "inc-107",
  kind: "ca",
  date: "2020-02",
  title: "QuoVadis: CRL of one day that BoringSSL could not decode",
  sources: ["https://github.com/google/conscrypt/issues/808"],
  why: "the CRL is not public any more, and the cause was never told, so that nothing can be built; DER is judged strictly by the rules below `der/`",
};

const goMade: Unbuilt = {
  id: "inc-108",
  kind: "reader",
  date: "2022-03-11",
  title: "x509-parser: CRL made by Go refused",
  sources: ["https://github.com/rusticata/x509-parser/issues/120"],
  why: "the reader was at fault; what exactly it stumbled over does not show in what was read of the report",
};

/** Incidents about the form in which a CRL is written. */
export const formIncidents = [amazonPem, keon, pemForms, emqx, swapped, quoVadis, goMade];
