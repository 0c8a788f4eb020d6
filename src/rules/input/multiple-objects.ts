import { countOf } from "../../rule/format-count.ts";
import { isOneOfSeveral } from "../../checks/one-of-several.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "input/multiple-objects",
  title: "file has more than one object",
  requirements: [
    {
      source: "rfc7468",
      section: "2",
      severity: "notice",
      quote: "Files MAY contain multiple textual encoding instances.",
    },
    {
      source: "rfc5280",
      document: "rfc2585",
      section: "2 and 3",
      severity: "error",
      quote: "file contains exactly one CRL, encoded in DER format",
    },
  ],
  create(ctx) {
    if (!isOneOfSeveral(ctx)) return;
    const { artefact, crl, objectsInFile } = ctx;
    const { total, crls, certificates } = objectsInFile;
    const others = total - crls - certificates;
    const form = crl.form === "tbs" ? "TBSCertList" : "CRL";
    const kinds = [
      ...(crls > 0 ? [countOf(crls, form, `${form}s`)] : []),
      ...(certificates > 0 ? [countOf(certificates, "certificate", "certificates")] : []),
      ...(others > 0 ? [countOf(others, "other object", "other objects")] : []),
    ];
    // RFC 2585 3 and RFC 7468 6: DER that starts with a CRL must be only that CRL, as a file and in a PEM block.
    const isFollowed = artefact.origin === undefined && artefact.isFollowed === true;
    ctx.report({
      at: { start: 0, end: crl.whole.end },
      path: "",
      message: `the file has ${countOf(total, "object", "objects")} (${kinds.join(", ")}), and this CRL is one of them`,
      violates: ctx.requirements.filter(({ source }) => (source === "rfc5280") === isFollowed),
      ...(crls < 2 && { help: "if clients download this file, publish the CRL without the other objects" }),
    });
  },
  why: "RFC 7468 allows several PEM blocks in one file, but many programs read only the first one, without a message. In DER, clients reject a CRL that is followed by something else, or ignore what follows it.",
  fix: "publish each CRL in a file of its own",
  examples: () => ({
    bad: [
      { title: "CRL twice", make: (kit) => kit.crl({ text: (pem) => pem + pem }) },
      { title: "CRL twice in DER", make: (kit) => kit.crl({ patch: (crl) => kit.der.concat(crl, crl) }) },
      {
        title: "CRL twice in one PEM block",
        make: (kit) => kit.crl({ pem: true, patch: (crl) => kit.der.concat(crl, crl) }),
      },
      {
        title: "DER CRL and then a certificate",
        make: (kit) => kit.crl({ patch: (crl) => kit.der.concat(crl, kit.ca.certificate) }),
      },
      {
        title: "certificate and then a DER CRL",
        make: (kit) => kit.crl({ patch: (crl) => kit.der.concat(kit.ca.certificate, crl) }),
      },
    ],
    good: [
      { title: "PEM as RFC 7468 defines it", make: (kit) => kit.crl({ pem: true }) },
      { title: "one CRL in DER", make: (kit) => kit.crl() },
    ],
  }),
});
