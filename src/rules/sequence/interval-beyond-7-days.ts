import { kindOf } from "../../cert/kind.ts";
import { coversSubscribers, scopeNote } from "../../checks/coverage.ts";
import { isBeyond, limitOfDays, reportInterval } from "../../checks/interval.ts";
import { type Context, defineRule } from "../../rule/rule.ts";

const fourDays = limitOfDays(4, "warning");
const sevenDays = limitOfDays(7, "warning");

export default defineRule({
  id: "sequence/interval-beyond-7-days",
  title: "subscriber CRL was issued more than 7 days (4 without OCSP) after the previous one",
  looksAt: ["predecessor", "thisUpdate"],
  requirements: [
    {
      source: "tls-br",
      section: "4.9.7",
      severity: "error",
      from: "2024-03-15",
      quote: "MUST update and publish a new CRL at least every",
    },
    {
      source: "smime-br",
      section: "4.9.7",
      severity: "error",
      from: "2023-09-01",
      quote: "the CA SHALL update and reissue CRLs at least once every seven days",
    },
    {
      source: "cs-br",
      section: "4.9.7",
      severity: "error",
      quote: "update and reissue a CRL at least once every seven days",
    },
    {
      source: "mozilla",
      section: "6",
      severity: "error",
      from: "2017-06-23",
      quote: "CRLs MUST be updated and reissued at least every seven days",
    },
  ],
  create(ctx) {
    // These sentences do not count a delta CRL as a new CRL.
    if (ctx.isDelta || !coversSubscribers(ctx.scope)) return;
    const notes = [scopeNote(ctx.scope)];
    if (isBeyond(ctx, sevenDays)) {
      reportInterval(ctx, sevenDays, { notes });
      return;
    }
    const violates = ctx.requirements.filter(({ source }) => source === "tls-br");
    if (violates.length === 0 || !isBeyond(ctx, fourDays)) return;
    const without = findWithoutOcsp(ctx);
    if (without === undefined) return;
    const { certificate, artefact } = without;
    reportInterval(ctx, fourDays, {
      violates,
      related: [{ at: certificate.tbsCertificate, path: "tbsCertificate", artefact }],
      notes: [...notes, `the limit is 4 days, not 7, because ${artefact.name} names no OCSP responder`],
    });
  },
  why: "A revocation reaches clients only with the next CRL. The TLS Baseline Requirements allow 7 days if every certificate also names an OCSP responder, and 4 days if one does not.",
  fix: "issue a CRL every day, whatever its nextUpdate is",
  examples: () => ({
    bad: [
      {
        title: "7 days and one second",
        make: (kit) =>
          kit.crl({
            previous: kit.earlierCrl({ thisUpdate: "2026-10-24T23:59:59Z", nextUpdate: "2026-11-03T00:00:00Z" }),
          }),
      },
      {
        title: "14 days and one second, with one number in between",
        make: (kit) =>
          kit.crl({
            previous: kit.earlierCrl({
              thisUpdate: "2026-10-17T23:59:59Z",
              nextUpdate: "2026-10-27T00:00:00Z",
              crlNumber: 4709,
            }),
          }),
      },
      {
        title: "4 days and one second, with a certificate without an OCSP responder",
        make: (kit) =>
          kit.crl({
            certificates: [kit.certificate()],
            previous: kit.earlierCrl({ thisUpdate: "2026-10-27T23:59:59Z" }),
          }),
      },
    ],
    good: [
      {
        title: "7 days",
        make: (kit) =>
          kit.crl({
            previous: kit.earlierCrl({ thisUpdate: "2026-10-25T00:00:00Z", nextUpdate: "2026-11-03T00:00:00Z" }),
          }),
      },
      {
        title: "14 days, with one number in between",
        make: (kit) =>
          kit.crl({
            previous: kit.earlierCrl({
              thisUpdate: "2026-10-18T00:00:00Z",
              nextUpdate: "2026-10-27T00:00:00Z",
              crlNumber: 4709,
            }),
          }),
      },
      {
        title: "4 days, with a certificate without an OCSP responder",
        make: (kit) =>
          kit.crl({
            certificates: [kit.certificate()],
            previous: kit.earlierCrl({ thisUpdate: "2026-10-28T00:00:00Z" }),
          }),
      },
      {
        title: "4 days and one second, with a certificate with an OCSP responder",
        make: (kit) =>
          kit.crl({
            certificates: [kit.certificate({ ocsp: ["http://ocsp.example.com/"] })],
            previous: kit.earlierCrl({ thisUpdate: "2026-10-27T23:59:59Z" }),
          }),
      },
      {
        title: "30 days on a root CRL",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [],
            previous: kit.earlierCrl({
              ca: kit.root,
              entries: [],
              thisUpdate: "2026-10-02T00:00:00Z",
              nextUpdate: "2026-11-05T00:00:00Z",
            }),
          }),
      },
      {
        title: "8 days, on the day before the requirement took effect",
        make: (kit) =>
          kit.crl({
            entries: [],
            thisUpdate: "2024-03-14T00:00:00Z",
            nextUpdate: "2024-03-20T00:00:00Z",
            previous: kit.earlierCrl({
              entries: [],
              thisUpdate: "2024-03-06T00:00:00Z",
              nextUpdate: "2024-03-15T00:00:00Z",
            }),
          }),
      },
    ],
  }),
});

/**
 * Returns a subscriber certificate that was valid at the previous CRL's thisUpdate and has no URL of an OCSP responder.
 */
function findWithoutOcsp({ anyCertificates, predecessor }: Context<"predecessor">) {
  const seconds = predecessor.crl.thisUpdate?.seconds ?? Number.NaN;
  return anyCertificates?.issued.find(
    ({ certificate }) =>
      kindOf(certificate) === "subscriber" &&
      !certificate.hasOcsp &&
      (certificate.notBefore.seconds ?? Number.NaN) <= seconds &&
      (certificate.notAfter.seconds ?? Number.NaN) >= seconds,
  );
}
