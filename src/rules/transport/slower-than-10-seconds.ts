import { isServed, nowhere } from "../../checks/transport.ts";
import { defineRule, type Requirement } from "../../rule/rule.ts";

/** Maximum number of seconds. */
const limit = 10;

/** The sentence, which the three Baseline Requirements share. Only a warning: one measurement does not show what is normal. */
const sentence = {
  section: "4.10.2",
  severity: "warning",
  quote: "resources sufficient to provide a response time of ten seconds or less under normal operating conditions",
} as const satisfies Omit<Requirement, "source">;

export default defineRule({
  id: "transport/slower-than-10-seconds",
  title: "downloading the CRL takes more than 10 seconds",
  looksAt: ["transport"],
  requirements: [
    { ...sentence, source: "tls-br", from: "2012-07-01" },
    { ...sentence, source: "smime-br" },
    { ...sentence, source: "cs-br" },
    {
      source: "fpki",
      document: "fpki-common",
      section: "4.9.9",
      severity: "warning",
      // Version 2.6; earlier versions were not read for this sentence.
      from: "2023-11-03",
      quote:
        "maintain its CRL capability with resources sufficient to provide a response time of ten (10) seconds or less under normal operating conditions",
    },
  ],
  create(ctx) {
    const { transport } = ctx;
    if (!isServed(ctx) || transport.milliseconds <= limit * 1000) return;
    const seconds = Math.ceil(transport.milliseconds) / 1000;
    ctx.report({
      ...nowhere,
      message: `downloading the CRL took ${seconds} s from the request to the last byte; the maximum is ${limit} s`,
      notes: ["one measurement, from one place"],
    });
  },
  why: "Clients wait for a CRL before they show a page, and give up after a few seconds. They then have no CRL.",
  fix: "serve CRLs from locations near the clients, and partition large CRLs",
  examples: () => ({
    bad: [
      {
        title: "10.001 s",
        make: (kit) => kit.crl({ options: { transport: kit.transport({ milliseconds: 10_001 }) } }),
      },
      {
        title: "10.001 s, under the Common Policy of the US Federal PKI",
        profile: "fpki",
        make: (kit) => kit.crl({ options: { transport: kit.transport({ milliseconds: 10_001 }) } }),
      },
    ],
    good: [
      { title: "10 s", make: (kit) => kit.crl({ options: { transport: kit.transport({ milliseconds: 10_000 }) } }) },
    ],
  }),
});
