import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/time-invalid-calendar",
  title: "time is not a valid calendar date and time of day",
  looksAt: ["faults"],
  requirements: [{ source: "x690", section: "11.7, 11.8", severity: "error" }],
  why: "Parsers reject the time, or treat it as a time on another day. A parser that supports neither leap seconds nor hour 24 rejects the whole CRL.",
  fix: "use a valid date and time of day: hour 00 to 23, minute and second 00 to 59",
  examples: () => ({
    bad: [
      { title: "30 February", make: (kit) => kit.crl({ entries: [{ date: kit.der.utcTime("260230000000Z") }] }) },
      {
        title: "29 February of a year that is not a leap year",
        make: (kit) => kit.crl({ entries: [{ date: kit.der.utcTime("260229000000Z") }] }),
      },
      { title: "hour 24", make: (kit) => kit.crl({ entries: [{ date: kit.der.utcTime("260228240000Z") }] }) },
      { title: "second 60", make: (kit) => kit.crl({ entries: [{ date: kit.der.utcTime("260630235960Z") }] }) },
    ],
    good: [
      {
        title: "29 February of a leap year",
        make: (kit) => kit.crl({ entries: [{ date: kit.der.utcTime("240229000000Z") }] }),
      },
      {
        title: "the last second of a day",
        make: (kit) => kit.crl({ entries: [{ date: kit.der.utcTime("260630235959Z") }] }),
      },
    ],
  }),
});
