import { isServed, nowhere, showUrl } from "../../checks/transport.ts";
import type { Artefact, ObjectCounts } from "../../input/read.ts";
import { defineRule } from "../../rule/rule.ts";

/** Describes the form of a response that is not one CRL in DER. */
function formOf({ pem, label, origin }: Artefact, { total }: ObjectCounts): string {
  if (origin?.container !== undefined) return `a CRL in ${origin.container}`;
  if (pem === undefined) return "several objects";
  return label === undefined ? "base64 text" : total > 1 ? "several PEM blocks" : "a PEM file";
}

export default defineRule({
  id: "transport/not-der",
  title: "URL does not return exactly one CRL in DER",
  looksAt: ["transport"],
  reportsNonCrl: true,
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.13",
      severity: "error",
      quote: "URI MUST point to a single DER encoded CRL as specified in [RFC2585]",
    },
    {
      source: "rfc5280",
      section: "4.2.1.13",
      severity: "error",
      quote: "the URI MUST point to a single DER encoded CRL as specified in [RFC2585]",
    },
  ],
  create(ctx) {
    const { artefact, crl, identity, objectsInFile, transport } = ctx;
    if (!isServed(ctx)) return;
    const isCrl = identity.kind === crl.form;
    if (isCrl && artefact.pem === undefined && artefact.origin === undefined && objectsInFile.total === 1) return;
    // Both sentences require the same for two kinds of distribution point, so only one of them is cited.
    const [first] = ctx.requirements;
    const found = isCrl ? formOf(artefact, objectsInFile) : identity.name;
    ctx.report({
      ...nowhere,
      message: `${showUrl(transport.url)} returns ${found}; it must return one CRL in DER`,
      ...(first && { violates: [first] }),
    });
  },
  why: "RFC 5280 requires DER, and many clients parse the response as nothing else. They do not find a CRL in PEM, a web page or a CMS message, and few of them report this.",
  fix: "serve the CRL in DER, as the CA signed it, and nothing else",
  examples: () => ({
    bad: [
      {
        title: "base64 text",
        make: (kit) => ({
          crl: kit.der.ascii(btoa(String.fromCharCode(...kit.crl().crl))),
          options: { transport: kit.transport() },
        }),
      },
      {
        title: "two CRLs in PEM",
        make: (kit) => kit.crl({ text: (pem) => pem + pem, options: { transport: kit.transport() } }),
        also: ["input/multiple-objects"],
      },
      { title: "PEM", make: (kit) => kit.crl({ pem: true, options: { transport: kit.transport() } }) },
      {
        title: "web page with status 200, called a CRL",
        make: (kit) => ({
          crl: kit.der.ascii("<!DOCTYPE html><title>Not Found</title>"),
          options: { transport: kit.transport() },
        }),
      },
      {
        title: "CA certificate",
        make: (kit) => ({ crl: kit.ca.certificate, options: { transport: kit.transport() } }),
      },
      { title: "empty response", make: (kit) => ({ crl: kit.der.raw(""), options: { transport: kit.transport() } }) },
    ],
    good: [
      { title: "DER", make: (kit) => kit.crl({ options: { transport: kit.transport() } }) },
      { title: "PEM file that is not served", make: (kit) => kit.crl({ pem: true }) },
    ],
  }),
});
