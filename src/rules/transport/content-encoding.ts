import { escapeText } from "../../name/escape.ts";
import { isServed, nowhere, statesEncoding } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "transport/content-encoding",
  title: "CRL is served with a content-encoding",
  looksAt: ["transport"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const { crl, identity, transport } = ctx;
    if (!isServed(ctx) || identity.kind !== crl.form || !statesEncoding(transport)) return;
    const encoding = escapeText(transport.headers["content-encoding"] ?? "");
    ctx.report({
      ...nowhere,
      message: `the CRL is served with content-encoding "${encoding}"${transport.isUnencoded === true ? ", but is not encoded" : ""}`,
    });
  },
  why: "Like many CRL clients, crllint asks for no encoding. Some of these clients cannot decode one, and treat the compressed bytes as a malformed CRL.",
  fix: "send CRLs unencoded, or compressed only to clients whose accept-encoding asks for it",
  examples: () => ({
    bad: [
      {
        title: "gzip",
        make: (kit) => kit.crl({ options: { transport: kit.transport({ headers: { "content-encoding": "gzip" } }) } }),
      },
      {
        title: "gzip on a CRL that is not encoded",
        make: (kit) =>
          kit.crl({
            options: { transport: kit.transport({ headers: { "content-encoding": "gzip" }, isUnencoded: true }) },
          }),
      },
    ],
    good: [
      {
        title: "identity with a capital letter and a space",
        make: (kit) =>
          kit.crl({ options: { transport: kit.transport({ headers: { "content-encoding": "Identity " } }) } }),
      },
      {
        title: "gzip on a page that is not a CRL",
        make: (kit) => ({
          crl: kit.der.ascii("<!DOCTYPE html><title>Not Found</title>"),
          options: { transport: kit.transport({ headers: { "content-encoding": "gzip" } }) },
        }),
        also: ["transport/not-der"],
      },
      {
        title: "gzip on an error response",
        make: (kit) =>
          kit.crl({ options: { transport: kit.transport({ status: 500, headers: { "content-encoding": "gzip" } }) } }),
        also: ["transport/unavailable"],
      },
      {
        title: "identity",
        make: (kit) =>
          kit.crl({ options: { transport: kit.transport({ headers: { "content-encoding": "identity" } }) } }),
      },
    ],
  }),
});
