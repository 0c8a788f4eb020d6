import type { Crl } from "../../crl/crl.ts";
import { octets, sameOctets } from "../../der/span.ts";
import { isoTime } from "../../der/time.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "transport/ccadb-full-crl-differs",
  title: "another URL for the same CRL gives another one",
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
      if (theirs !== undefined && sameOctets(octets(bytes, tbsCertList), octets(other.source.bytes, theirs))) continue;
      const isOfOneTime = crl.thisUpdate?.seconds === other.thisUpdate?.seconds;
      ctx.report({
        at: tbsCertList,
        path: "tbsCertList",
        message: `${artefact.name} gives another CRL: that of ${timeOf(other)}, this is that of ${timeOf(crl)}`,
        related: theirs === undefined ? [] : [{ at: theirs, path: "tbsCertList", artefact }],
        // A CRL reaches the servers of a network one after the other.
        ...(isOfOneTime
          ? {}
          : { atMost: "warning", notes: ["not graver, because a new CRL may be on its way to all servers"] }),
      });
    }
  },
  why: "A program takes any one of the URLs. Which revocations it knows then depends on which it took.",
  fix: "let all URLs lead to one file, or publish to all of them in one step",
  examples: () => ({
    bad: [
      {
        title: "two URLs, two CRLs of one time",
        make: (kit) => kit.crl({ options: { copies: [kit.crl({ entries: [] }).crl] } }),
      },
      {
        title: "one of them a day behind",
        make: (kit) => kit.crl({ options: { copies: [kit.earlierCrl()] } }),
      },
      {
        title: "where no document demands it",
        make: (kit) => kit.crl({ options: { copies: [kit.crl({ entries: [] }).crl] } }),
        profile: "rfc5280",
      },
      {
        title: "one of them with a thisUpdate that is no time",
        make: (kit) =>
          kit.crl({ options: { copies: [kit.crl({ thisUpdate: kit.der.utcTime("261301000000Z") }).crl] } }),
      },
    ],
    good: [{ title: "the same CRL", make: (kit) => kit.crl({ options: { copies: [kit.crl().crl] } }) }],
  }),
});

function timeOf({ thisUpdate }: Crl): string {
  return thisUpdate?.seconds === undefined ? "an unknown time" : isoTime(thisUpdate.seconds);
}
