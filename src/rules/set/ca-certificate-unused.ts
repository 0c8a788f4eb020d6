import { formatName } from "../../name/format.ts";
import { defineRule } from "../../rule/rule.ts";

/** Maximum number of names in the message; further ones are counted. */
const shown = 3;

export default defineRule({
  id: "set/ca-certificate-unused",
  title: "CA certificate was given without a CRL of that CA",
  looksAt: ["together"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const { set, own } = ctx.together;
    const unused = set.unusedCas(own);
    const [first] = unused;
    if (first === undefined) return;
    const names = unused
      .slice(0, shown)
      .map(({ certificate }) => formatName(certificate.subject, certificate.source.bytes));
    const more = unused.length > shown ? ` and ${unused.length - shown} more` : "";
    ctx.report({
      at: first.certificate.subject,
      path: "tbsCertificate.subject",
      artefact: first.artefact,
      message: `none of the CRLs given is of ${names.join("; ")}${more}`,
      related: unused
        .slice(1, shown)
        .map(({ certificate, artefact }) => ({ at: certificate.subject, path: "tbsCertificate.subject", artefact })),
    });
  },
  why: "Either the CRL of this CA is missing from the set, or it has another issuer than the CA.",
  fix: "also give the CRL of this CA, or leave out its certificate",
  examples: () => ({
    bad: [
      {
        title: "two CRLs of one CA, and the certificate of another one",
        make: (kit) => ({
          ...kit.crl({ options: { together: [kit.earlierCrl()] } }),
          ca: [kit.ca.certificate, kit.otherCa.certificate],
        }),
      },
    ],
    good: [
      {
        title: "a CRL of each",
        make: (kit) => ({
          ...kit.crl({ options: { together: [kit.crl({ ca: kit.otherCa, entries: [{ serial: 1 }] }).crl] } }),
          ca: [kit.ca.certificate, kit.otherCa.certificate],
        }),
      },
    ],
  }),
});
