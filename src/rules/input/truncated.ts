import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "input/truncated",
  title: "file ends before the end of the CRL",
  looksAt: ["faults"],
  reportsUnread: true,
  requirements: [
    {
      source: "rfc5280",
      document: "rfc2585",
      section: "2 and 3",
      severity: "error",
      quote: "file contains exactly one CRL, encoded in DER format",
    },
  ],
  why: "A download or copy ended early. No client can verify the remaining part, and entries at the end are missing.",
  fix: "fetch or copy the file again and compare its size with the size at the source",
  examples: () => ({
    bad: [
      { title: "last byte missing", make: (kit) => kit.crl({ patch: (crl) => crl.subarray(0, -1) }) },
      { title: "signatureValue missing", make: (kit) => kit.crl({ patch: (crl) => crl.subarray(0, -261) }) },
      { title: "half of the CRL", make: (kit) => kit.crl({ patch: (crl) => crl.subarray(0, crl.length >> 1) }) },
    ],
    good: [{ title: "complete CRL", make: (kit) => kit.crl() }],
  }),
});
