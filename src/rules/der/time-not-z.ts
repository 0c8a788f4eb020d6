import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/time-not-z",
  title: "time does not end with Z",
  looksAt: ["faults"],
  requirements: [
    { source: "x690", section: "11.7.1, 11.8.1", severity: "error", quote: 'The encoding shall terminate with "Z"' },
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
  why: "DER allows only times in UTC. Parsers reject an offset, or ignore it and are then wrong by hours.",
  fix: "convert the time to UTC and end it with Z",
  examples: () => ({
    bad: [
      { title: "offset +0000", make: (kit) => kit.crl({ thisUpdate: kit.der.utcTime("261101000000+0000") }) },
      { title: "no time zone", make: (kit) => kit.crl({ thisUpdate: kit.der.utcTime("261101000000") }) },
    ],
    good: [{ title: "Z", make: (kit) => kit.crl({ thisUpdate: kit.der.utcTime("261101000000Z") }) }],
  }),
});
