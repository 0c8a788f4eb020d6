import { namesWhatItIsNot } from "../../input/kinds.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "input/not-a-crl",
  title: "input is not a CRL",
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
    const expected = crl.form === "tbs" ? "a TBSCertList" : "a CertificateList";
    // Some names already state what the input is not.
    const isSaid = namesWhatItIsNot(identity) || identity.name.endsWith(`not ${expected}`);
    const isSigned = identity.kind === "crl";
    const mislabeled = ctx.pemFaults.find(({ code }) => code === "input/content-not-certificate-list");
    const damage = ctx.pemFaults.find(({ code }) => code === "input/base64-invalid")?.first[0];
    ctx.report({
      at: { start: 0, end: artefact.bytes.length },
      path: "",
      message: identity.message ?? `this is ${identity.name}${isSaid ? "" : `, not ${expected}`}`,
      violates: ctx.requirements.filter(({ source }) => source === "hygiene" || mislabeled !== undefined),
      notes: [
        ...(mislabeled === undefined ? [] : [`the PEM label "${artefact.label ?? ""}" is that of a CRL`]),
        ...(damage === undefined ? [] : [`its base64 is damaged: line ${damage.line}: ${damage.message}`]),
      ],
      help: isSigned ? "lint it without --tbs, because it is signed" : identity.advice,
    });
  },
  why: "An error page of a web server, a certificate instead of the CRL, or an empty download leaves every client without a CRL. No client reports this.",
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
      { title: "TBSCertList given as TBSCertList", make: (kit) => kit.crl({ form: "tbs" }) },
    ],
  }),
});
