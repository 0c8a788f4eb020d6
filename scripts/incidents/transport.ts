import { after, bugzilla, caFile, crlOf, day, file, hour, tlsCa } from "./cast.ts";
import type { Answer, FixtureFile, Incident, Trial } from "./incident.ts";

const moment = "2024-03-04T00:00:00Z";
const signer = tlsCa(2018, { notAfter: "2030-01-01T00:00:00Z" });
const pkixCrl = { "content-type": "application/pkix-crl" } as const;
const unavailable = ["transport/unavailable"] as const;

/** An answer that is no CRL, and the sound one that belonged in its place. */
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
      title: "the answer as it was",
      crl: body,
      ...common,
      answer: { url, status: 200, headers: pkixCrl, ...answer },
      expected,
    },
    {
      title: "the answer that belonged there",
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

/** How a page says that there is no CRL. */
const asPage: Partial<Answer> = { status: 404, headers: { "content-type": "text/html" } };

const amazon: Incident = {
  id: "bz1800405",
  kind: "ca",
  date: "2022-11-14",
  title: "Amazon: second URL of the disclosed array never went live",
  sources: [bugzilla(1800405)],
  story: `The URL of one partition answered with status 404 and a page of HTML that was called application/pkix-crl.

The lesson: fetch each URL that you disclose, and look at what comes, not at what it is called.`,
  trials: answers("2022-11-14T00:00:00Z", notFound, { status: 404 }, unavailable),
};

const certum: Incident = {
  id: "bz2050850",
  kind: "ca",
  date: "2026-06",
  title: "Certum: URLs of six new roots disclosed before they are served",
  sources: [bugzilla(2050850)],
  story: `The records in the CCADB named CRLs of roots that were not in use yet, and whose URLs gave 404.

The lesson: the CRL comes first, then its URL.`,
  trials: answers("2026-06-15T00:00:00Z", notFound, asPage, unavailable),
};

const iis: Incident = {
  id: "inc-094",
  kind: "ca-software",
  date: "2019-12-13",
  title: "AD CS and IIS: the delta CRL has a plus in its name, which the server refuses",
  sources: ["https://github.com/MicrosoftDocs/windows-itpro-docs/pull/5677"],
  story: `The name of the delta CRL ends in +.crl, and the web server of the same maker answers such names with 404 unless it is told
otherwise.

The lesson: fetch the URLs of freshestCRL too.`,
  trials: answers("2019-12-13T00:00:00Z", notFound, { url: "http://crl.example.com/ca+.crl", ...asPage }, unavailable),
};

const stack: Incident = {
  id: "bz1821508",
  kind: "ca",
  date: "2023-03-06",
  title: "eMudhra: now and then a page with a Java exception in place of the CRL",
  sources: [bugzilla(1821508)],
  story: `While the file was being replaced, the server could not open it and answered 404 with a page that shows where its program
failed.

The lesson: put the new file in place in one step. Fetch more than once.`,
  trials: answers(
    "2023-03-06T00:00:00Z",
    page("exception.html", "java.io.FileNotFoundException: used by another process"),
    asPage,
    unavailable,
  ),
};

/** An answer that never came. */
function silence(at: string, why: string): readonly Trial[] {
  const nothing = file("nothing.crl", () => "");
  return answers(at, nothing, { status: 0, headers: {}, failure: { why, by: "anyone" } }, unavailable);
}

const domain: Incident = {
  id: "bz1930759",
  kind: "ca",
  date: "2024-11-11",
  title: "DigiCert: domain of the CRLs expired",
  sources: [bugzilla(1930759)],
  story: `The domain of the CRLs and OCSP responders of seven intermediate CAs had lapsed; for about 22 hours no name led anywhere.

The lesson: one failed look-up may be the fault of anybody on the way, and is a warning. It is one all the same.`,
  trials: silence("2024-11-11T00:00:00Z", "the host name crl.example.com cannot be resolved"),
};

const cdn: Incident = {
  id: "bz1985307",
  kind: "ca",
  date: "2025-08-26",
  title: "Sectigo: CRLs of three new CAs not passed on by the CDN",
  sources: [bugzilla(1985307)],
  story: `The CRLs were signed and in place at the origin; at the edge they were 404.

The lesson: a new CA is not ready before its CRL was fetched from outside.`,
  trials: answers("2025-08-26T00:00:00Z", notFound, asPage, unavailable),
};

const mediaType: Incident = {
  id: "bz2012511",
  kind: "ca",
  date: "2026-01",
  title: "D-Trust: CRLs served as application/x-pkcs7-crl",
  sources: [bugzilla(2012511), "https://github.com/mtrojnar/osslsigncode/pull/474"],
  story: `The media type was an old name. RFC 5280 recommends application/pkix-crl; some clients refuse what is called otherwise.

The lesson: most clients do not look at it, some do.`,
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
  story: `Where the first URL of a certificate fails, these clients look at no other.

The lesson: every URL has to work, and to give the same CRL. Below, a mirror is a day behind: with the copy from the
other URL it shows.`,
  trials: [
    {
      title: "a mirror that is behind, with the copy from the other URL",
      crl: file("mirror.crl", () => crlOf(signer, moment, { crlNumber: 7 })),
      ca: caFile(signer),
      previous: file("sound.crl", () => crlOf(signer, after(moment, day), { crlNumber: 8 })),
      now: after(moment, 2 * day),
      answer: { url: "http://mirror.example.com/tls-ca-1.crl", status: 200, headers: pkixCrl },
      expected: ["transport/older-than-known"],
    },
    {
      title: "the CRL of the other URL",
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
  story: `The CA's server did not answer in time, and a client that fails closed told its users that all
certificates were revoked.

The lesson: no answer is another finding than a bad CRL, and ends with another exit code.`,
  trials: silence("2026-01-27T00:00:00Z", "no answer within 30 seconds"),
};

/** Incidents about how CRLs are served, and in which form. */
export const transportIncidents = [amazon, certum, iis, stack, domain, cdn, mediaType, mirrors, timeout];
