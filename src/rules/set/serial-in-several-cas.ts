import { countOf } from "../../rule/format-count.ts";
import { longSerial } from "../../given/shared-serials.ts";
import type { GivenCrl } from "../../given/other-crl.ts";
import { defineRule, type RelatedPlace } from "../../rule/rule.ts";

export default defineRule({
  id: "set/serial-in-several-cas",
  title: "CRLs of several CAs list the same serials",
  looksAt: ["together", "revokedCertificates"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const { set, own } = ctx.together;
    const shared = set.sharedSerials(own);
    if (shared === undefined) return;
    const { others, count, first } = shared;
    const which = count === 1 ? "it is" : "the first is";
    ctx.report({
      at: ctx.revokedCertificates,
      path: "tbsCertList.revokedCertificates",
      message: `${countOf(count, "serial is", "serials are")} also in ${filesOf(others)}; ${which} ${first}`,
      related: others.slice(0, shown).map(listOf),
      notes: [
        `serials of ${longSerial} bytes or more, or several with the same dates, are not equal by accident: one database may write the CRLs of both CAs`,
      ],
    });
  },
  why: "A CRL lists certificates of its own issuer. The other entries revoke nothing, or a certificate of this CA that has the same serial by accident.",
  fix: "list in each CRL only certificates of its own issuer",
  examples: () => ({
    bad: [
      {
        title: "a serial of 8 bytes",
        make: (kit) => {
          const entries = [{ serial: "5a1b2c3d4e5f6071", reason: 1 }];
          return kit.crl({ entries, options: { together: [kit.crl({ ca: kit.otherCa, entries }).crl] } });
        },
      },
      {
        title: "three short serials with the same dates",
        make: (kit) => {
          const entries = dates.map((date, i) => ({ serial: 100 + i, date, reason: 1 }));
          return kit.crl({ entries, options: { together: [kit.crl({ ca: kit.otherCa, entries }).crl] } });
        },
      },
    ],
    good: [
      {
        title: "a serial of 7 bytes",
        make: (kit) => {
          const entries = [{ serial: "5a1b2c3d4e5f60", reason: 1 }];
          return kit.crl({ entries, options: { together: [kit.crl({ ca: kit.otherCa, entries }).crl] } });
        },
      },
      {
        title: "three short serials with the same date",
        make: (kit) => {
          const entries = dates.map((_, i) => ({ serial: 100 + i, reason: 1 }));
          return kit.crl({ entries, options: { together: [kit.crl({ ca: kit.otherCa, entries }).crl] } });
        },
      },
      {
        title: "two CRLs of one CA",
        make: (kit) => {
          const entries = [{ serial: "5a1b2c3d4e5f6071", reason: 1 }];
          return kit.crl({ entries, options: { together: [kit.earlierCrl({ entries })] } });
        },
      },
    ],
  }),
});

const dates = ["2026-06-01T12:00:00Z", "2026-06-02T13:00:01Z", "2026-06-03T14:00:02Z"];

/** Maximum number of other CRLs that the finding refers to; the rest are counted. */
const shown = 3;

/**
 * Lists the files of some CRLs as text.
 *
 * @param crls one for each other CA, even if several of its CRLs list the serials
 */
function filesOf(crls: readonly GivenCrl[]): string {
  const names = crls.slice(0, shown).map(({ artefact }) => artefact.name);
  const more = crls.length > shown ? ` and ${crls.length - shown} more` : "";
  return `${names.join(", ")}${more}, of ${crls.length === 1 ? "another CA" : "other CAs"}`;
}

function listOf({ crl, artefact }: GivenCrl): RelatedPlace {
  return { at: crl.revokedCertificates ?? crl.whole, path: "tbsCertList.revokedCertificates", artefact };
}
