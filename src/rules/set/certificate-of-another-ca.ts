import { reportCertificates } from "../../checks/certificate-findings.ts";
import { longSerial } from "../../given/shared-serials.ts";
import type { Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";
import { countOf } from "../../rule/format-count.ts";

export default defineRule({
  id: "set/certificate-of-another-ca",
  title: "CRL lists the serial of a certificate that another CA issued",
  looksAt: ["together", "revokedCertificates"],
  requirements: [
    {
      source: "rfc5280",
      section: "6.3.3 (b)(1)",
      severity: "error",
      quote: "Otherwise, verify that the CRL issuer matches the certificate issuer.",
    },
  ],
  create(ctx) {
    const { set, own } = ctx.together;
    const all = set.foreignListed(own);
    const long = all.filter(({ isLong }) => isLong);
    const listed = long.length > 0 ? long : all;
    const lost = listed.find(({ missingIn }) => missingIn !== undefined);
    const file = lost?.missingIn?.artefact.name;
    const certificates = countOf(listed.length, "certificate", "certificates");
    reportCertificates(ctx, listed, {
      message:
        `${certificates} of another CA ${listed.length === 1 ? "is" : "are"} listed here` +
        (file === undefined ? "" : `, and not in ${file}, the CRL of that CA`),
      ...(lost === undefined && {
        atMost: "warning",
        notes: ["severity capped: the CRL of that CA also lists it, or was not given"],
      }),
      ...(long.length === 0 && {
        atMost: "notice",
        notes: [
          `severity capped: this CA may have issued a certificate with the same serial, as it is shorter than ${longSerial} bytes`,
        ],
      }),
    });
  },
  why: "Clients look for a certificate only in the CRL of its issuer. An entry in the CRL of another CA revokes nothing, so the certificate stays accepted.",
  fix: "list the certificate in the CRL of the CA that issued it, and remove it from this one",
  examples: () => ({
    bad: [
      {
        title: "the CRL of its CA does not list it",
        make: (kit) => listing(kit, [{ serial: 1 }]),
        also: ["certs/issuer-differs"],
      },
      {
        title: "short serial",
        make: (kit) => listing(kit, [{ serial: 1 }], 4660),
        also: ["certs/issuer-differs"],
      },
      {
        title: "the CRL of its CA also lists it",
        make: (kit) => listing(kit, [{ serial }]),
        also: ["certs/issuer-differs", "set/serial-in-several-cas"],
      },
    ],
    good: [
      {
        title: "short serial that a certificate of this CA also has",
        make: (kit) => {
          const made = listing(kit, [{ serial: 1 }], 4660);
          return { ...made, certificates: [...(made.certificates ?? []), kit.certificate({ serial: 4660 })] };
        },
      },
      {
        title: "certificate of this CA",
        make: (kit) =>
          kit.crl({
            entries: [{ serial, reason: 1 }],
            certificates: [kit.certificate({ serial })],
            options: { together: [kit.earlierCrl({ entries: [{ serial, reason: 1 }] })] },
          }),
      },
    ],
  }),
});

const serial = "5a1b2c3d4e5f6071";

/** Returns a CRL that lists a certificate of another CA, and the CRL of that CA. */
function listing(kit: Kit, entries: readonly { readonly serial: string | number }[], of: string | number = serial) {
  return kit.crl({
    entries: [{ serial: of, reason: 1 }],
    certificates: [kit.certificate({ parent: kit.otherCa, serial: of })],
    options: { together: [kit.crl({ ca: kit.otherCa, entries }).crl] },
  });
}
