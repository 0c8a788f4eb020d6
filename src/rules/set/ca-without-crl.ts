import { formatName } from "../../name/format.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "set/ca-without-crl",
  title: "CA of the chain has no CRL among those given",
  looksAt: ["together"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const { set, own } = ctx.together;
    for (const { ca, below } of set.uncovered(own)) {
      const { certificate, artefact } = ca;
      const name = formatName(certificate.subject, certificate.source.bytes);
      ctx.report({
        at: certificate.subject,
        path: "tbsCertificate.subject",
        artefact,
        message: `no CRL of ${name}, which issued ${below.artefact.name}, was given`,
        related: [{ at: below.certificate.issuer, path: "tbsCertificate.issuer", artefact: below.artefact }],
        notes: [
          "clients that check the whole chain reject good certificates: OpenSSL 3.0 with -crl_check_all (error 3), " +
            "Node 20 and Java 17 with hard fail",
        ],
      });
    }
  },
  why: "Clients that check a whole chain need a CRL of each CA in it. Without one, they cannot determine whether the certificate below it is revoked.",
  fix: "add the CRL of this CA to the CRLs that clients are given",
  examples: () => ({
    bad: [
      {
        title: "certificates of the CA and of the root, without a CRL of the root",
        make: (kit) => ({
          ...kit.crl({ options: { together: [kit.crl({ ca: kit.otherCa, entries: [] }).crl] } }),
          ca: [kit.ca.certificate, kit.root.certificate],
        }),
      },
      {
        title: "certificate in scope, of a CA below that of the CRL, without a CRL of this CA",
        make: (kit) => {
          const ofRoot = { ca: kit.root, nextUpdate: "2027-10-31T23:59:59Z" };
          const earlier = kit.earlierCrl({ ...ofRoot, entries: [] });
          return {
            ...kit.crl({ ...ofRoot, entries: [], certificates: [kit.certificate()], options: { together: [earlier] } }),
            ca: [kit.root.certificate, kit.ca.certificate],
          };
        },
      },
    ],
    good: [
      {
        title: "a CRL of each",
        make: (kit) => ({
          ...kit.crl({
            options: { together: [kit.crl({ ca: kit.root, entries: [], nextUpdate: "2027-10-31T23:59:59Z" }).crl] },
          }),
          ca: [kit.ca.certificate, kit.root.certificate],
        }),
      },
    ],
  }),
});
