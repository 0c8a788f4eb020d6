import { escapeText } from "../../name/escape.ts";
import { isRateLimit, nowhere, showUrl } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "transport/ccadb-4-hours",
  title: "server limits the rate of CRL requests",
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
    ctx.report({ ...nowhere, message: `${showUrl(transport.url)} answers with status 429 (too many requests)${hint}` });
  },
  why: "CRL aggregators fetch CRLs for browsers every few hours. If a server rejects their requests, no user of those browsers receives its revocations.",
  fix: "allow every address to fetch each CRL at least every 4 hours",
  examples: () => ({
    bad: [
      {
        title: "status 429",
        make: (kit) => ({
          crl: kit.der.raw(""),
          options: { transport: kit.transport({ status: 429, headers: { "retry-after": "86400" } }) },
        }),
      },
      {
        title: "status 429 without retry-after",
        make: (kit) => ({ crl: kit.der.raw(""), options: { transport: kit.transport({ status: 429 }) } }),
      },
      {
        title: "status 429 with a long retry-after",
        make: (kit) => ({
          crl: kit.der.raw(""),
          options: { transport: kit.transport({ status: 429, headers: { "retry-after": "soon".repeat(20) } }) },
        }),
      },
    ],
    good: [{ title: "status 200", make: (kit) => kit.crl({ options: { transport: kit.transport() } }) }],
  }),
});
