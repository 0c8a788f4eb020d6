import { Reason } from "../../crl/reason.ts";
import { reportListed } from "../../checks/certificate-findings.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "certs/good-listed",
  title: "certificate that is said to be good is listed",
  looksAt: ["expected"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const window = ctx.entries.openWindow();
    const listed = ctx.expected.good.covered.filter(
      // An entry of a delta CRL with removeFromCRL takes the certificate off the list.
      ({ entry }) => entry >= 0 && window(entry).reason !== Reason.removeFromCRL,
    );
    reportListed(ctx, listed, {
      what: (count) =>
        count === 1 ? "for a certificate that is said to be good" : "for certificates that are said to be good",
    });
  },
  why: "A certificate that is revoked by mistake stops working for everybody, and cannot be taken off the CRL again.",
  fix: "find out which of the two is wrong: the list of good certificates, or the CRL",
  examples: () => ({
    bad: [
      {
        title: "certificate said to be good, and listed",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 77, reason: 1 }],
            options: { expectGood: [kit.certificate({ serial: 77 })] },
          }),
      },
      {
        title: "two certificates said to be good",
        make: (kit) =>
          kit.crl({
            entries: [
              { serial: 77, reason: 1 },
              { serial: 78, reason: 1 },
            ],
            options: { expectGood: [kit.certificate({ serial: 77 }), kit.certificate({ serial: 78 })] },
          }),
      },
    ],
    good: [
      {
        title: "certificate said to be good, and not listed",
        make: (kit) => kit.crl({ options: { expectGood: [kit.certificate({ serial: 77 })] } }),
      },
      {
        title: "taken off the list by a delta CRL",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.deltaCrlIndicator(4710)],
            entries: [{ serial: 77, reason: 8 }],
            options: { expectGood: [kit.certificate({ serial: 77 })] },
          }),
      },
    ],
  }),
});
