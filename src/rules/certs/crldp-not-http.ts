import type { Certificate } from "../../cert/certificate.ts";
import { isForTls } from "../../cert/kind.ts";
import type { Span } from "../../der/span.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import { reportCertificates } from "../../checks/certificate-findings.ts";
import { reportsCertificateErrors } from "../../checks/covered.ts";
import { defineRule } from "../../rule/rule.ts";
import { escapeText } from "../../name/escape.ts";
import { countOf } from "../../rule/format-count.ts";

export default defineRule({
  id: "certs/crldp-not-http",
  title: "cRLDistributionPoints of a certificate contains something other than HTTP URIs",
  looksAt: ["certificates"],
  requirements: [
    {
      source: "tls-br",
      section: "7.1.2.11.2",
      severity: "error",
      from: "2023-09-15",
      quote: 'All `GeneralName`s MUST be of type `uniformResourceIdentifier`, and the scheme of each MUST be "http".',
    },
  ],
  create(ctx) {
    if (!reportsCertificateErrors(ctx)) return;
    let what = "";
    const faulty = ctx.certificates.issued.flatMap((given) => {
      const issued = given.certificate.notBefore.seconds ?? Number.NaN;
      if (!isForTls(given.certificate) || !ctx.requirements.some((one) => ctx.holdsAt(one, issued))) return [];
      const fault = findFault(given.certificate);
      what ||= fault?.what ?? "";
      return fault === undefined ? [] : [{ ...given, at: fault.at, path: fault.path }];
    });
    reportCertificates(ctx, faulty, {
      message: `cRLDistributionPoints of ${countOf(faulty.length, "certificate contains", "certificates contain")} ${what}, not only HTTP URIs`,
    });
  },
  why: "Most clients fetch CRLs only over HTTP. Anything else is ignored, or leaves the certificate unchecked.",
  fix: "issue certificates whose cRLDistributionPoints contain only distributionPoint.fullName with HTTP URIs",
  examples: () => ({
    bad: [
      {
        title: "an HTTP URI and an LDAP URI",
        make: (kit) =>
          kit.crl({
            certificates: [
              kit.certificate({ crldp: ["http://crl.example.com/1.crl", "ldap://ldap.example.com/cn=CA"] }),
            ],
          }),
      },
      {
        title: "an HTTPS URI",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ crldp: ["https://crl.example.com/1.crl"] })] }),
      },
      {
        title: "an LDAP URI that contains an HTTP URI",
        make: (kit) =>
          kit.crl({
            certificates: [kit.certificate({ crldp: ["ldap://ldap.example.com/http://crl.example.com/1.crl"] })],
          }),
      },
      {
        title: "an HTTP URI and reasons",
        make: (kit) => withPoint(kit, uriName(kit), kit.der.tlv(0x81, kit.der.raw("0640"))),
        also: ["certs/needs-all-reasons-dp"],
      },
      {
        title: "an HTTP URI and cRLIssuer",
        make: (kit) => withPoint(kit, uriName(kit), kit.der.explicit(2, kit.der.explicit(4, kit.ca.subject.der()))),
        also: ["certs/crl-issuer-needs-indirect"],
      },
      {
        title: "nameRelativeToCRLIssuer",
        make: (kit) => {
          const relative = kit.der.seq(kit.der.oid("2.5.4.3"), kit.der.utf8("1"));
          return withPoint(kit, kit.der.explicit(0, kit.der.explicit(1, relative)));
        },
      },
      {
        title: "a directoryName",
        make: (kit) => {
          const name = kit.der.explicit(4, kit.ca.subject.der());
          return withPoint(kit, kit.der.explicit(0, kit.der.explicit(0, name)));
        },
      },
    ],
    good: [
      {
        title: "an HTTP URI",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ crldp: ["http://crl.example.com/1.crl"] })] }),
      },
      {
        title: "an LDAP URI in a certificate issued on 2023-09-14, before the requirement took effect",
        make: (kit) =>
          kit.crl({
            certificates: [
              kit.certificate({ crldp: ["ldap://ldap.example.com/cn=CA"], notBefore: "2023-09-14T23:59:59Z" }),
            ],
          }),
      },
      {
        title: "an LDAP URI in an S/MIME certificate",
        make: (kit) =>
          kit.crl({
            certificates: [
              kit.certificate({ crldp: ["ldap://ldap.example.com/cn=CA"], eku: [kit.oids.emailProtection] }),
            ],
          }),
      },
      {
        title: "an HTTPS URI in a certificate of another CA",
        make: (kit) =>
          kit.crl({
            certificates: [kit.certificate({ parent: kit.otherCa, crldp: ["https://crl.example.com/1.crl"] })],
          }),
        also: ["certs/issuer-differs"],
      },
    ],
  }),
});

interface Fault {
  readonly at: Span;
  readonly path: string;
  readonly what: string;
}

/** Returns the first part of cRLDistributionPoints that the table of TLS BR 7.1.2.11.2 does not allow. */
function findFault({ crlDistributionPoints }: Certificate): Fault | undefined {
  for (const { path, distributionPoint, reasons, crlIssuer } of crlDistributionPoints?.list ?? []) {
    if (reasons !== undefined) return { at: reasons, path: `${path}.reasons`, what: "reasons" };
    if (crlIssuer !== undefined) return { at: crlIssuer, path: `${path}.cRLIssuer`, what: "cRLIssuer" };
    const relative = distributionPoint?.nameRelativeToCrlIssuer;
    if (relative !== undefined) {
      return { at: relative, path: `${path}.distributionPoint`, what: "nameRelativeToCRLIssuer" };
    }
    for (const name of distributionPoint?.fullName ?? []) {
      if (name.kind !== "uniformResourceIdentifier") return { at: name, path: name.path, what: `a ${name.kind}` };
      if (name.text !== undefined && !/^http:/iu.test(name.text)) {
        return { at: name, path: name.path, what: `"${escapeText(name.text)}"` };
      }
    }
  }
  return undefined;
}

/** Makes a CRL with a certificate in scope whose only DistributionPoint has these fields. */
function withPoint(kit: Kit, ...fields: readonly Uint8Array[]): CrlCase {
  const oid = kit.oids.crlDistributionPoints;
  const points = kit.extension.extension(oid, kit.der.seq(kit.der.seq(...fields)));
  return kit.crl({ certificates: [kit.certificate({ drop: [oid], extra: [points] })] });
}

/** Makes the field distributionPoint with an HTTP URI. */
function uriName({ der, extension }: Kit): Uint8Array {
  return der.explicit(0, der.explicit(0, extension.uri("http://crl.example.com/1.crl")));
}
