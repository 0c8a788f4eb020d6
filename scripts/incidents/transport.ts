import { after, bugzilla, caFile, crlOf, day, file, hour, tlsCa } from "./cast.ts";
import type { Answer, FixtureFile, Incident, Trial } from "./incident.ts";

const moment = "2024-03-04T00:00:00Z";
const signer = tlsCa(2018, { notAfter: "2030-01-01T00:00:00Z" });
const pkixCrl = { "content-type": "application/pkix-crl" } as const;
const unavailable = ["transport/unavailable"] as const;

/** Returns trials of a wrong response and of the correct one. */
function answers(
  at: string,
  body: FixtureFile,
  answer: Partial<Answer>,
  expected: readonly string[],
): readonly Trial[] {
  const url = "http://crl.example.com/tls-ca-1.crl";
  const common = { ca: caFile(signer), now: after(at, hour) };
  return [
    {
      title: "the response as it was",
      crl: body,
      ...common,
      answer: { url, status: 200, headers: pkixCrl, ...answer },
      expected,
    },
    {
      title: "the correct response",
      crl: file("sound.crl", () => crlOf(signer, at)),
      ...common,
      answer: { url: answer.url ?? url, status: 200, headers: pkixCrl },
      expected: [],
    },
  ];
}

function page(name: string, text: string): FixtureFile {
  return file(name, () => `<!DOCTYPE html>\n<html><head><title>${text}</title></head><body>${text}</body></html>\n`);
}

const notFound = page("not-found.html", "404 Not Found");

/** The response of a server that has no CRL: an HTML page. */
const asPage: Partial<Answer> = { status: 404, headers: { "content-type": "text/html" } };

const amazon: Incident = {
  id: "bz1800405",
  kind: "ca",
  date: "2022-11-14",
  title: "Amazon: second URL of the disclosed array was never served",
  sources: [bugzilla(1800405)],
  story: `The URL of one partition returned status 404 and an HTML page with the media type application/pkix-crl.

The lesson: fetch each URL that you disclose, and check the content, not the media type.`,
  trials: answers("2022-11-14T00:00:00Z", notFound, { status: 404 }, unavailable),
};

const certum: Incident = {
  id: "bz2050850",
  kind: "ca",
  date: "2026-06",
  title: "Certum: URLs of six new roots disclosed before they were served",
  sources: [bugzilla(2050850)],
  story: `The CCADB records had CRL URLs for roots that were not in use yet. These URLs returned status 404.

The lesson: publish the CRL first, then disclose its URL.`,
  trials: answers("2026-06-15T00:00:00Z", notFound, asPage, unavailable),
};

const iis: Incident = {
  id: "inc-094",
  kind: "ca-software",
  date: "2019-12-13",
  title: "AD CS and IIS: the name of the delta CRL contains a plus, which the server rejects",
  sources: ["https://github.com/MicrosoftDocs/windows-itpro-docs/pull/5677"],
  story: `The name of the delta CRL ends in +.crl. By default, the web server of the same vendor returns status 404 for such
names.

The lesson: also fetch the URLs in freshestCRL.`,
  trials: answers("2019-12-13T00:00:00Z", notFound, { url: "http://crl.example.com/ca+.crl", ...asPage }, unavailable),
};

const stack: Incident = {
  id: "bz1821508",
  kind: "ca",
  date: "2023-03-06",
  title: "eMudhra: sometimes a page with a Java exception instead of the CRL",
  sources: [bugzilla(1821508)],
  story: `While the file was being replaced, the server could not open it, and returned status 404 with a page that shows the
exception.

The lesson: replace the file atomically. Fetch it more than once.`,
  trials: answers(
    "2023-03-06T00:00:00Z",
    page("exception.html", "java.io.FileNotFoundException: used by another process"),
    asPage,
    unavailable,
  ),
};

/** Returns trials of a missing response. */
function noResponse(at: string, why: string): readonly Trial[] {
  const nothing = file("nothing.crl", () => "");
  return answers(at, nothing, { status: 0, headers: {}, failure: { why, by: "anyone" } }, unavailable);
}

const domain: Incident = {
  id: "bz1930759",
  kind: "ca",
  date: "2024-11-11",
  title: "DigiCert: domain of the CRLs expired",
  sources: [bugzilla(1930759)],
  story: `The domain of the CRLs and OCSP responders of seven intermediate CAs had expired. For about 22 hours, the host names
could not be resolved.

The lesson: a single failed lookup can be caused by any system on the way, so it is only a warning, but crllint reports
it.`,
  trials: noResponse("2024-11-11T00:00:00Z", "the host name crl.example.com cannot be resolved"),
};

const cdn: Incident = {
  id: "bz1985307",
  kind: "ca",
  date: "2025-08-26",
  title: "Sectigo: CRLs of three new CAs not delivered by the CDN",
  sources: [bugzilla(1985307)],
  story: `The CRLs were signed and available at the origin server, but the CDN returned status 404.

The lesson: a new CA is ready only after its CRL has been fetched from outside.`,
  trials: answers("2025-08-26T00:00:00Z", notFound, asPage, unavailable),
};

const mediaType: Incident = {
  id: "bz2012511",
  kind: "ca",
  date: "2026-01",
  title: "D-Trust: CRLs served as application/x-pkcs7-crl",
  sources: [bugzilla(2012511), "https://github.com/mtrojnar/osslsigncode/pull/474"],
  story: `The media type was an old name. RFC 5280 recommends application/pkix-crl, and some clients reject other types.

The lesson: most clients ignore the media type, but some check it.`,
  trials: answers(
    "2026-01-26T00:00:00Z",
    file("sound.crl", () => crlOf(signer, "2026-01-26T00:00:00Z")),
    { headers: { "content-type": "application/x-pkcs7-crl" } },
    ["transport/content-type"],
  ),
};

const mirrors: Incident = {
  id: "inc-103",
  kind: "reader",
  date: "2024-04-05, 2025-10-31",
  title: "Java and .NET: only the first distribution point is tried",
  sources: ["https://github.com/openjdk/jdk/pull/18656", "https://github.com/dotnet/runtime/issues/121253"],
  story: `If the first URL of a certificate fails, these clients try no other URL.

The lesson: every URL must work, and return the same CRL. Below, a mirror serves the CRL of the day before. The copy
from the other URL shows this.`,
  trials: [
    {
      title: "a mirror with an older CRL, and the copy from the other URL",
      crl: file("mirror.crl", () => crlOf(signer, moment, { crlNumber: 7 })),
      ca: caFile(signer),
      previous: file("sound.crl", () => crlOf(signer, after(moment, day), { crlNumber: 8 })),
      now: after(moment, 2 * day),
      answer: { url: "http://mirror.example.com/tls-ca-1.crl", status: 200, headers: pkixCrl },
      expected: ["transport/older-than-known"],
    },
    {
      title: "the CRL from the other URL",
      crl: file("sound.crl", () => crlOf(signer, after(moment, day), { crlNumber: 8 })),
      ca: caFile(signer),
      now: after(moment, 2 * day),
      answer: { url: "http://crl.example.com/tls-ca-1.crl", status: 200, headers: pkixCrl },
      expected: [],
    },
  ],
};

const timeout: Incident = {
  id: "inc-104",
  kind: "reader",
  date: "2026-01-27",
  title: "phase4: CRL that could not be fetched reported as all certificates revoked",
  sources: ["https://github.com/phax/phase4/issues/354"],
  story: `The CA's server did not respond in time, and a client that fails closed reported to its users that all certificates were
revoked.

The lesson: a missing response is a different finding from a wrong CRL, with a different exit code.`,
  trials: noResponse("2026-01-27T00:00:00Z", "no answer within 30 seconds"),
};

/** Incidents about the delivery of CRLs. */
export const transportIncidents = [amazon, certum, iis, stack, domain, cdn, mediaType, mirrors, timeout];
