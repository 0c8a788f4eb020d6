import { escapeText } from "../../name/escape.ts";
import { isServed, nowhere } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "transport/content-type",
  title: "CRL is not served as application/pkix-crl",
  looksAt: ["transport"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.13",
      severity: "warning",
      quote: "SHOULD specify the media type application/pkix-crl in the content-type header field of the response",
    },
  ],
  create(ctx) {
    const { crl, identity, transport } = ctx;
    // A response that is not a CRL may have another media type.
    if (!isServed(ctx) || identity.kind !== crl.form) return;
    const sent = transport.headers["content-type"];
    // The media type is case-insensitive (RFC 9110 8.3.1), and its parameter version has no effect (RFC 2585 4).
    const type = sent?.split(";")[0]?.trim().toLowerCase();
    if (type === "application/pkix-crl") return;
    const found = sent === undefined ? "without a content-type" : `with content-type "${escapeText(sent)}"`;
    ctx.report({ ...nowhere, message: `the CRL is served ${found}; it should be application/pkix-crl` });
  },
  why: "Proxies, mail gateways and some clients rely on the media type. They may change the bytes of a CRL that is sent as text. One that is sent with the media type of CMS messages is parsed as such a message, and rejected.",
  fix: "send `content-type: application/pkix-crl` with every CRL",
  examples: () => ({
    bad: [
      {
        title: "application/x-pkcs7-crl",
        make: (kit) =>
          kit.crl({
            options: { transport: kit.transport({ headers: { "content-type": "application/x-pkcs7-crl" } }) },
          }),
      },
      {
        title: "no content-type",
        make: (kit) => kit.crl({ options: { transport: { ...kit.transport(), headers: {} } } }),
      },
    ],
    good: [
      {
        title: "application/pkix-crl with spaces around it",
        make: (kit) =>
          kit.crl({
            options: { transport: kit.transport({ headers: { "content-type": " application/pkix-crl ;v=1" } }) },
          }),
      },
      {
        title: "page that is not a CRL",
        make: (kit) => ({
          crl: kit.der.ascii("<!DOCTYPE html><title>Not Found</title>"),
          options: { transport: kit.transport({ headers: { "content-type": "text/html" } }) },
        }),
        also: ["transport/not-der"],
      },
      {
        title: "error response",
        make: (kit) =>
          kit.crl({ options: { transport: kit.transport({ status: 500, headers: { "content-type": "text/html" } }) } }),
        also: ["transport/unavailable"],
      },
      {
        title: "application/pkix-crl in capitals, with the parameter version",
        make: (kit) =>
          kit.crl({
            options: { transport: kit.transport({ headers: { "content-type": "Application/PKIX-CRL; version=1" } }) },
          }),
      },
    ],
  }),
});
