import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "input/base64-invalid",
  title: "PEM body is not valid base64",
  looksAt: ["faults"],
  requirements: [{ source: "rfc7468", section: "3", severity: "error" }],
  why: "Decoders stop, skip the character, or decode something else. The result is not the CRL that was encoded.",
  fix: "encode the DER again, with padding, between a BEGIN and an END line with the same label",
  examples: () => ({
    bad: [
      {
        title: "underscore between base64 characters",
        make: (kit) => kit.crl({ text: (pem) => pem.replace("\nM", "\n_M") }),
      },
      {
        title: "END line with another label",
        make: (kit) => kit.crl({ text: (pem) => pem.replace("END X509 CRL", "END CRL") }),
      },
      { title: "no END line", make: (kit) => kit.crl({ text: (pem) => pem.slice(0, pem.indexOf("-----END")) }) },
    ],
    good: [{ title: "PEM as RFC 7468 defines it", make: (kit) => kit.crl({ pem: true }) }],
  }),
});
