import { urlsOf } from "../../given/ccadb.ts";
import { nowhere, showUrl } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";

/** Maximum number of URLs shown; the rest are counted. */
const maximumShown = 3;

export default defineRule({
  id: "ccadb/records-of-one-key-differ",
  title: "CCADB records of one CA key disclose different URLs",
  looksAt: ["disclosure"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const { record, siblings } = ctx.disclosure;
    const own = new Set(urlsOf(record));
    for (const sibling of siblings) {
      if (!sibling.isInUse(ctx.crl.thisUpdate?.seconds)) continue;
      const others = urlsOf(sibling);
      const differing = [...others.filter((url) => !own.has(url)), ...[...own].filter((url) => !others.includes(url))];
      if (differing.length === 0) continue;
      const more = differing.length > maximumShown ? ` and ${differing.length - maximumShown} more` : "";
      ctx.report({
        ...nowhere,
        message: `only one of two CCADB records of the CA's key discloses ${differing.slice(0, maximumShown).map(showUrl).join(", ")}${more}`,
        notes: [`records: ${record.place}; ${sibling.place}`],
      });
    }
  },
  why: "Self-signed, cross-signed and renewed certificates of one key have the same CRLs. A CRL aggregator that uses the record with the shorter list misses revocations.",
  fix: "disclose the same URLs in the records of all certificates of a CA key",
  examples: () => ({
    bad: [
      {
        title: "the record of the cross-certificate lacks a partition",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            options: {
              ccadb: kit.ccadb(
                { partitioned: ["http://crl.example.com/1.crl", "http://crl.example.com/2.crl"] },
                { name: "Example TLS CA 1 (cross)", partitioned: ["http://crl.example.com/1.crl"] },
              ),
            },
          }),
      },
      {
        title: "the record of the cross-certificate lacks two partitions and has one other",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            options: {
              ccadb: kit.ccadb(
                { partitioned: [1, 2, 3].map((i) => `http://crl.example.com/${i}.crl`) },
                {
                  name: "Example TLS CA 1 (cross)",
                  partitioned: ["http://crl.example.com/1.crl", "http://crl.example.com/4.crl"],
                },
              ),
            },
          }),
      },
    ],
    good: [
      {
        title: "the same URLs in another order, and other URLs of another CA",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            options: {
              ccadb: kit.ccadb(
                { partitioned: ["http://crl.example.com/1.crl", "http://crl.example.com/2.crl"] },
                { partitioned: ["http://crl.example.com/2.crl", "http://crl.example.com/1.crl"] },
                { ca: kit.otherCa, full: "http://crl.example.net/1.crl" },
              ),
            },
          }),
      },
    ],
  }),
});
