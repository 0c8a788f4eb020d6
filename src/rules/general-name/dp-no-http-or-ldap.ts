import { parseUri } from "../../extension/uri.ts";
import type { GeneralName } from "../../extension/general-name.ts";
import { escapeText } from "../../name/escape.ts";
import { isKnownFull } from "../../checks/completeness.ts";
import { uriText } from "../../checks/general-names.ts";
import { idpNotAllowed } from "../../checks/not-allowed.ts";
import { defineRule } from "../../rule/rule.ts";
import nonUri from "../idp/non-uri.ts";

export default defineRule({
  id: "general-name/dp-no-http-or-ldap",
  title: "distribution point has no HTTP or LDAP URI",
  looksAt: ["uncommon general names"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.13",
      severity: "warning",
      quote: "DistributionPointName SHOULD include at least one LDAP or HTTP URI",
    },
  ],
  create(ctx) {
    const { crl } = ctx;
    // If the extension is forbidden, another rule reports it.
    const idp = ctx.hasInForce(idpNotAllowed) ? undefined : crl.issuingDistributionPoint;
    // Under the TLS BR, idp/non-uri reports names that are not URIs, unless the CRL is known to be full.
    const isNonUriReported = !isKnownFull(ctx.stated) && ctx.hasInForce(nonUriOfTls);
    const points = [
      ...(idp === undefined ? [] : [{ path: idp.path, distributionPoint: idp.distributionPoint }]),
      ...(crl.freshestCrl?.list ?? []),
    ];
    for (const { path, distributionPoint } of points) {
      // Other rules report a missing or empty fullName.
      const names = distributionPoint?.fullName ?? [];
      if (distributionPoint === undefined || names.length === 0) continue;
      if (path === idp?.path && isNonUriReported && !names.some(isUri)) continue;
      if (names.some(isReachable)) continue;
      const schemes = new Set(names.map(({ kind, text }) => parseUri(text ?? "").scheme ?? kind));
      ctx.report({
        at: distributionPoint.alternative ?? distributionPoint,
        path: `${path}.distributionPoint.fullName`,
        message: `distribution point has no HTTP or LDAP URI, only: ${escapeText([...schemes].join(", "))}`,
      });
    }
  },
  why: "Clients fetch CRLs over HTTP, and some over LDAP. Most clients cannot use a file URI, an FTP URI or an X.500 name. The CRL also does not match certificates that name another URI.",
  fix: "add the http URI at which the CRL is published",
  examples: () => ({
    bad: [
      {
        title: "file URI",
        make: (kit) => kit.crl({ idp: { uris: ["file://server.example.com/share/1.crl"], onlyUser: true } }),
      },
      {
        title: "directoryName alone",
        make: (kit) =>
          kit.crl({ idp: { names: kit.der.explicit(0, kit.der.explicit(4, kit.ca.subject.der())), onlyUser: true } }),
      },
      {
        title: "FTP in freshestCRL",
        make: (kit) => kit.crl({ extra: [kit.extension.freshestCrl("ftp://ftp.example.com/delta.crl")] }),
      },
    ],
    good: [
      {
        title: "http URI",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
      },
      {
        title: "LDAP URI",
        make: (kit) =>
          kit.crl({ idp: { uris: ["ldap:///cn=CA,o=Example?certificateRevocationList;binary"], onlyUser: true } }),
      },
      {
        title: "http URI after a file URI",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["file://server.example.com/share/1.crl", "http://crl.example.com/1.crl"], onlyUser: true },
          }),
      },
    ],
  }),
});

const nonUriOfTls = nonUri.requirements.filter(({ source }) => source === "tls-br");

function isUri({ kind }: GeneralName): boolean {
  return kind === "uniformResourceIdentifier";
}

/**
 * Whether a name is an HTTP or LDAP URI, or a URI that another rule reports: with TLS, relative, empty or not ASCII.
 */
function isReachable(name: GeneralName): boolean {
  if (!isUri(name)) return false;
  const text = uriText(name);
  const scheme = text === undefined ? undefined : parseUri(text).scheme;
  return scheme === undefined || /^(?:http|ldap)s?$/u.test(scheme);
}
