import { Reason } from "../../crl/reason.ts";
import { reportListed } from "../../checks/certificate-findings.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "certs/good-listed",
  title: "certificate that is expected to be good is listed",
  looksAt: ["expectedGood"],
  requirements: [{ source: "hygiene", section: "", severity: "error" }],
  create(ctx) {
    const window = ctx.entries.openWindow();
    const listed = ctx.expectedGood.covered.filter(
      // RFC 5280 5.3.1: removeFromCRL in a delta CRL removes the certificate from the list.
      ({ entry }) => entry >= 0 && window(entry).reason !== Reason.removeFromCRL,
    );
    reportListed(ctx, listed, {
      what: (count) =>
        count === 1 ? "for a certificate that is expected to be good" : "for certificates that are expected to be good",
    });
  },
  why: "Every client rejects a certificate that was revoked by mistake, and its entry cannot be removed from the CRL again.",
  fix: "find out which is wrong: the list of certificates expected to be good, or the CRL",
  examples: () => ({
    bad: [
      {
        title: "certificate expected to be good, and listed",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 77, reason: 1 }],
            options: { expectGood: [kit.certificate({ serial: 77 })] },
          }),
      },
      {
        title: "two certificates expected to be good, and listed",
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
        title: "certificate expected to be good, and not listed",
        make: (kit) => kit.crl({ options: { expectGood: [kit.certificate({ serial: 77 })] } }),
      },
      {
        title: "certificate expected to be good, with removeFromCRL in a delta CRL",
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
