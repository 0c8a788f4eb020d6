import { parseUri } from "../../extension/uri.ts";
import { nowhere, showUrl } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "transport/redirect-or-https",
  title: "CRL is served over HTTPS or through a redirect",
  looksAt: ["transport"],
  requirements: [
    {
      source: "hygiene",
      document: "rfc5280",
      section: "8",
      severity: "warning",
      quote: "CAs SHOULD NOT include URIs that specify https, ldaps, or similar schemes in extensions.",
    },
  ],
  create(ctx) {
    const { url, redirects, failure } = ctx.transport;
    // transport/unavailable reports a URL that was not reached.
    if (failure !== undefined) return;
    const isHttps = [url, ...redirects].some((each) => parseUri(each).scheme === "https");
    if (redirects.length === 0 && !isHttps) return;
    ctx.report({
      ...nowhere,
      message:
        redirects.length === 0
          ? `${showUrl(url)} has the scheme https`
          : `${showUrl(url)} redirects to ${redirects.map(showUrl).join(", then to ")}`,
      ...(isHttps ? {} : { atMost: "notice" }),
    });
  },
  why: "To check the certificate of an HTTPS server, a client may need the CRL that it is about to fetch. Such clients fail or loop. Many CRL clients do not follow redirects.",
  fix: "serve the CRL itself over http at the disclosed URL",
  examples: () => ({
    bad: [
      {
        title: "redirect to https",
        make: (kit) =>
          kit.crl({ options: { transport: kit.transport({ redirects: ["https://crl.example.com/tls-ca-1.crl"] }) } }),
      },
      {
        title: "https",
        make: (kit) =>
          kit.crl({ options: { transport: kit.transport({ url: "https://crl.example.com/tls-ca-1.crl" }) } }),
      },
      {
        title: "redirect to http elsewhere",
        make: (kit) =>
          kit.crl({ options: { transport: kit.transport({ redirects: ["http://cdn.example.com/tls-ca-1.crl"] }) } }),
      },
      {
        title: "two redirects",
        make: (kit) =>
          kit.crl({
            options: {
              transport: kit.transport({
                redirects: ["http://cdn.example.com/tls-ca-1.crl", "https://cdn.example.com/tls-ca-1.crl"],
              }),
            },
          }),
      },
    ],
    good: [
      {
        title: "https that was not reached",
        make: (kit) => ({
          crl: kit.der.raw(""),
          options: {
            transport: kit.transport({
              url: "https://crl.example.com/tls-ca-1.crl",
              status: 0,
              failure: { why: "connection refused", by: "server" },
            }),
          },
        }),
        also: ["transport/unavailable"],
      },
      { title: "http", make: (kit) => kit.crl({ options: { transport: kit.transport() } }) },
    ],
  }),
});
