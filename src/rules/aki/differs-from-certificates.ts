import { contents, hex, sameOctets } from "../../der/span.ts";
import { countOf, reportCertificates } from "../../checks/certificate-findings.ts";
import { matchesKeyIdentifier } from "../../given/pair.ts";
import { tellsOfCertificates } from "../../checks/covered.ts";
import { type BaseContext, defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "aki/differs-from-certificates",
  title: "keyIdentifier is not the one in the certificates that the CA has issued",
  looksAt: ["authorityKeyIdentifier", "certificates"],
  requirements: [
    {
      source: "fpki",
      section: "Worksheet 5",
      severity: "error",
      quote: "Octet string (same as in Authority Key Identifier field in certificates issued by the CA).",
    },
  ],
  create(ctx) {
    const mine = ctx.authorityKeyIdentifier.keyIdentifier;
    if (mine === undefined || namesWrongKey(ctx) || !tellsOfCertificates(ctx)) return;
    const value = contents(ctx.bytes, mine);
    const named = ctx.certificates.issued.flatMap((given) => {
      const at = given.certificate.authorityKeyIdentifier?.keyIdentifier;
      // Of the certificates that a CA issues itself when it changes its key, one is always of the other key.
      if (at === undefined || given.certificate.selfIssued) return [];
      return [{ ...given, at, path: `${given.certificate.authorityKeyIdentifier?.path ?? ""}.keyIdentifier` }];
    });
    const valueOf = ({ certificate, at }: (typeof named)[number]) => contents(certificate.source.bytes, at);
    // A CA with a new key has certificates of the old one too: one that fits is enough.
    const [first] = named;
    if (first === undefined || named.some((one) => sameOctets(valueOf(one), value))) return;
    reportCertificates(ctx, named, {
      at: mine,
      path: `${ctx.authorityKeyIdentifier.path}.keyIdentifier`,
      message: `keyIdentifier ${show(value)}, but ${countOf(named.length, "certificate names", "certificates name")} ${show(valueOf(first))}`,
      notes: ["not graver, because the CA may have changed its key since it issued them"],
      atMost: "warning",
    });
  },
  why: "Clients with several certificates of a CA at hand find its key by this identifier. Where certificate and CRL name different ones, the CRL is checked with the wrong key, or not at all.",
  fix: "put the CA's subjectKeyIdentifier into the authorityKeyIdentifier of both certificates and CRLs",
  examples: () => ({
    bad: [
      {
        title: "another keyIdentifier in the certificates",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ aki: new Uint8Array(20).fill(7) })] }),
      },
    ],
    good: [
      { title: "the same", make: (kit) => kit.crl({ certificates: [kit.certificate()] }) },
      {
        title: "certificates of an older key beside one of this",
        make: (kit) =>
          kit.crl({
            certificates: [kit.certificate({ aki: new Uint8Array(20).fill(7) }), kit.certificate({ serial: 78 })],
          }),
      },
      {
        title: "certificates without authorityKeyIdentifier",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ aki: null })] }),
      },
    ],
  }),
});

/** Whether the CRL does not name its CA's key in the first place: aki/ski-mismatch. */
function namesWrongKey({ crl, anyCa }: BaseContext): boolean {
  return anyCa !== undefined && matchesKeyIdentifier(crl, anyCa.certificate) === false;
}

function show(value: Uint8Array): string {
  return hex(value.subarray(0, 32), ":");
}
