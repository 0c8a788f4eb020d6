import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/integer-not-minimal",
  title: "number has a needless leading byte",
  looksAt: ["faults"],
  requirements: [
    {
      source: "x690",
      section: "8.3.2",
      severity: "error",
      quote: "bit 8 of the second octet: a) shall not all be ones; and b) shall not all be zero.",
    },
  ],
  why: "Software that compares serial numbers byte by byte does not find the revoked certificate: `00 05` is not the `05` in the certificate. GnuTLS 3.7 accepts the revoked certificate, and OpenSSL 3.0 and Node 20 do not load the CRL.",
  fix: "leave out the leading byte; copy serial numbers from the certificates byte for byte",
  examples: () => ({
    bad: [
      { title: "serial number 00 05", make: (kit) => kit.crl({ entries: [{ serial: "0005" }] }) },
      { title: "serial number 00 7f", make: (kit) => kit.crl({ entries: [{ serial: "007f" }] }) },
      { title: "cRLNumber 00 01", make: (kit) => kit.crl({ crlNumber: kit.der.raw("02020001") }) },
    ],
    good: [
      {
        title: "serial number 00 80: the 00 keeps it positive",
        make: (kit) => kit.crl({ entries: [{ serial: "0080" }] }),
      },
      { title: "serial number 05", make: (kit) => kit.crl({ entries: [{ serial: "05" }] }) },
    ],
  }),
});
