import { escapeText } from "../../name/escape.ts";
import { isRateLimit, nowhere, showUrl } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "transport/ccadb-4-hours",
  title: "server wants to be asked for the CRL less often",
  looksAt: ["transport"],
  requirements: [
    {
      source: "ccadb",
      section: "6.2",
      severity: "notice",
      quote: "relying parties are able to successfully retrieve the current CRL every 4 hours",
    },
  ],
  create(ctx) {
    const { transport } = ctx;
    if (!isRateLimit(transport)) return;
    const after = transport.headers["retry-after"];
    const hint = after === undefined ? "" : `, retry-after: ${escapeText(after, { max: 60 })}`;
    ctx.report({ ...nowhere, message: `${showUrl(transport.url)} answers with 429, too many requests${hint}` });
  },
  why: "Programs that gather CRLs for browsers ask every few hours. A server that turns them away keeps revocations from every user of those browsers.",
  fix: "let every address fetch each CRL at least every four hours",
  examples: () => ({
    bad: [
      {
        title: "429",
        make: (kit) => ({
          crl: kit.der.raw(""),
          options: { transport: kit.transport({ status: 429, headers: { "retry-after": "86400" } }) },
        }),
      },
      {
        title: "429 without retry-after",
        make: (kit) => ({ crl: kit.der.raw(""), options: { transport: kit.transport({ status: 429 }) } }),
      },
      {
        title: "429 with a long retry-after",
        make: (kit) => ({
          crl: kit.der.raw(""),
          options: { transport: kit.transport({ status: 429, headers: { "retry-after": "soon".repeat(20) } }) },
        }),
      },
    ],
    good: [{ title: "200", make: (kit) => kit.crl({ options: { transport: kit.transport() } }) }],
  }),
});
