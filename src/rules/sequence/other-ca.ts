import { formatName } from "../../name/format.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "sequence/other-ca",
  title: "signature of the previous CRL does not verify with the CA's key",
  looksAt: ["previous", "ca"],
  requirements: [{ source: "hygiene", section: "", severity: "error" }],
  create(ctx) {
    const { previous } = ctx;
    if (previous.isSame || !previous.isForeign) return;
    const { issuer, signatureValue, source, whole } = previous.crl;
    const whose = previous.sameIssuer || issuer === undefined ? "" : ` (issuer ${formatName(issuer, source.bytes)})`;
    ctx.report({
      at: signatureValue ?? whole,
      path: signatureValue === undefined ? "" : "signatureValue",
      artefact: previous.artefact,
      message: `the signature of the previous CRL given${whose} does not verify with the key of this CA`,
      notes: ["nothing else was compared with it"],
    });
  },
  why: "The previous CRL given is from another CA, or was damaged. Its number and entries have no meaning for this CRL, so nothing is compared with it.",
  fix: "give the CRL of the same CA that this one replaces, as it was published",
  examples: () => ({
    bad: [
      {
        title: "CRL of another CA",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ ca: kit.otherCa }) }),
      },
      {
        title: "previous CRL with another signature, linted before signing",
        make: (kit) => kit.crl({ form: "tbs", previous: kit.earlierCrl({ signingKey: "rsa2048b" }) }),
      },
    ],
    good: [
      { title: "previous CRL of the same CA", make: (kit) => kit.crl({ previous: kit.earlierCrl() }) },
      {
        title: "previous CRL of the same CA, linted before signing",
        make: (kit) => kit.crl({ form: "tbs", previous: kit.earlierCrl() }),
      },
    ],
  }),
});
