import type { Crl } from "../../crl/crl.ts";
import { bytesOf, sameBytes } from "../../der/span.ts";
import { isoTime } from "../../der/time.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "transport/ccadb-full-crl-differs",
  title: "two URLs disclosed for one CRL return different CRLs",
  looksAt: ["copies", "tbsCertList"],
  requirements: [
    {
      source: "ccadb",
      section: "6.2",
      severity: "error",
      from: "2026-03-20",
      quote: "all Full CRL URLs stored MUST reference an identical CRL",
    },
    { source: "hygiene", section: "", severity: "warning" },
  ],
  create(ctx) {
    const { copies, crl, tbsCertList, bytes } = ctx;
    for (const { crl: other, artefact } of copies) {
      const theirs = other.tbsCertList;
      if (theirs !== undefined && sameBytes(bytesOf(bytes, tbsCertList), bytesOf(other.source.bytes, theirs))) continue;
      const isOfOneTime = crl.thisUpdate?.seconds === other.thisUpdate?.seconds;
      ctx.report({
        at: tbsCertList,
        path: "tbsCertList",
        message: `${artefact.name} returns a different CRL: its thisUpdate is ${timeOf(other)}, that of this CRL is ${timeOf(crl)}`,
        related: theirs === undefined ? [] : [{ at: theirs, path: "tbsCertList", artefact }],
        // A new CRL does not reach all servers of a network at the same time.
        ...(isOfOneTime
          ? {}
          : { atMost: "warning", notes: ["severity capped: a new CRL may not have reached all servers yet"] }),
      });
    }
  },
  why: "A CRL aggregator uses any one of the URLs. Which revocations it knows then depends on the URL.",
  fix: "let all URLs lead to one file, or publish to all of them in one step",
  examples: () => ({
    bad: [
      {
        title: "two URLs, two CRLs with the same thisUpdate",
        make: (kit) => kit.crl({ options: { copies: [kit.crl({ entries: [] }).crl] } }),
      },
      {
        title: "one of them one day older",
        make: (kit) => kit.crl({ options: { copies: [kit.earlierCrl()] } }),
      },
      {
        title: "under a profile without the requirement",
        make: (kit) => kit.crl({ options: { copies: [kit.crl({ entries: [] }).crl] } }),
        profile: "rfc5280",
      },
      {
        title: "one of them with a thisUpdate that is not a valid time",
        make: (kit) =>
          kit.crl({ options: { copies: [kit.crl({ thisUpdate: kit.der.utcTime("261301000000Z") }).crl] } }),
      },
    ],
    good: [{ title: "same CRL", make: (kit) => kit.crl({ options: { copies: [kit.crl().crl] } }) }],
  }),
});

function timeOf({ thisUpdate }: Crl): string {
  return thisUpdate?.seconds === undefined ? "not readable" : isoTime(thisUpdate.seconds);
}
