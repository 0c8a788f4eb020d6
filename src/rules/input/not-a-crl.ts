import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "input/not-a-crl",
  title: "input is no CRL",
  reportsUnread: true,
  reportsNonCrl: true,
  requirements: [
    { source: "hygiene", section: "", severity: "error" },
    {
      source: "rfc7468",
      section: "6",
      severity: "error",
      quote: "The encoded data MUST be a BER (DER strongly preferred",
    },
  ],
  create(ctx) {
    const { artefact, crl, identity } = ctx;
    if (identity.kind === crl.form) return;
    const wanted = crl.form === "tbs" ? "a TBSCertList" : "a CertificateList";
    // What names itself by what it is not needs no second denial.
    const isDenied = identity.name.startsWith("neither ") || identity.name.endsWith(`not ${wanted}`);
    const isSigned = identity.kind === "crl";
    const mislabelled = ctx.pemFaults.find(({ code }) => code === "input/content-not-certificate-list");
    ctx.report({
      at: { start: 0, end: artefact.bytes.length },
      path: "",
      message: `this is ${identity.name}${isDenied ? "" : `, not ${wanted}`}`,
      violates: ctx.requirements.filter(({ source }) => source === "hygiene" || mislabelled !== undefined),
      notes: mislabelled === undefined ? [] : [`the PEM label "${artefact.label ?? ""}" promises a CRL`],
      help: isSigned ? "it is signed: lint it without --tbs" : identity.advice,
    });
  },
  why: "A web server that answers with an error page, a certificate in the place of the CRL or an empty download leaves every client without a CRL; none of them says so.",
  fix: "give a CertificateList (RFC 5280 section 5.1) in DER or PEM",
  examples: () => ({
    bad: [
      { title: "certificate", make: (kit) => ({ crl: kit.ca.certificate }) },
      {
        title: "certificate under the label X509 CRL",
        make: (kit) => kit.crl({ pem: true, patch: () => kit.ca.certificate }),
      },
      { title: "TBSCertList", make: (kit) => ({ crl: kit.crl({ form: "tbs" }).crl }) },
      { title: "signed CRL given as TBSCertList", make: (kit) => ({ crl: kit.crl().crl, form: "tbs" }) },
      { title: "HTML page", make: (kit) => ({ crl: kit.der.ascii("<!DOCTYPE html><title>404 Not Found</title>") }) },
      { title: "empty file", make: (kit) => ({ crl: kit.der.raw("") }) },
    ],
    good: [
      { title: "CertificateList", make: (kit) => kit.crl() },
      { title: "TBSCertList given as such", make: (kit) => kit.crl({ form: "tbs" }) },
    ],
  }),
});
