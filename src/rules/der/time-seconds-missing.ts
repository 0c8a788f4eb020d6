import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/time-seconds-missing",
  title: "time has no seconds",
  looksAt: ["faults"],
  requirements: [
    {
      source: "x690",
      section: "11.7.2, 11.8.2",
      severity: "error",
      quote: "The seconds element shall always be present.",
    },
    {
      source: "rfc5280",
      section: "4.1.2.5.1",
      severity: "error",
      quote: "MUST include seconds (i.e., times are YYMMDDHHMMSSZ), even where the number of seconds is zero",
    },
    {
      source: "rfc5280",
      section: "4.1.2.5.2",
      severity: "error",
      quote: "MUST include seconds (i.e., times are YYYYMMDDHHMMSSZ), even where the number of seconds is zero",
    },
  ],
  why: "BER allows times without seconds, but DER and RFC 5280 do not. If thisUpdate has no seconds, OpenSSL 3.0 and Node 20 reject every certificate; Java 17 and GnuTLS 3.7 use the CRL.",
  fix: "write the seconds with two digits, even if they are 00",
  examples: () => ({
    bad: [{ title: "YYMMDDHHMMZ", make: (kit) => kit.crl({ thisUpdate: kit.der.utcTime("2611010000Z") }) }],
    good: [{ title: "YYMMDDHHMMSSZ", make: (kit) => kit.crl({ thisUpdate: kit.der.utcTime("261101000000Z") }) }],
  }),
});
