import { isoTime, isoTimeAfter } from "../../der/time.ts";
import { isServed } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "ca/expired-or-revoked",
  title: "expired CRL is served although the CA certificate has not expired",
  looksAt: ["transport", "ca", "nextUpdate", "now"],
  requirements: [
    {
      source: "tls-br",
      section: "4.9.7",
      severity: "notice",
      from: "2024-03-15",
      quote: "CAs MUST continue issuing CRLs until one of the following is true",
    },
  ],
  create(ctx) {
    const { nextUpdate, now } = ctx;
    const notAfter = Math.max(...ctx.ca.sameKey.map(({ certificate }) => certificate.notAfter.seconds ?? Number.NaN));
    if (!isServed(ctx) || now <= nextUpdate.seconds || !(now <= notAfter)) return;
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message:
        `CRL was served at ${isoTimeAfter(now, nextUpdate.seconds)}, after nextUpdate ${isoTime(nextUpdate.seconds)}; ` +
        `the CA certificate is valid through ${isoTime(notAfter)}`,
    });
  },
  why:
    "A CA may stop issuing CRLs when all CA certificates with its key have expired or are revoked, or when the key is " +
    "destroyed. An expired CRL of an unexpired CA certificate means that the certificate is revoked, the key is " +
    "destroyed, or the CA no longer publishes CRLs.",
  fix: "find out why no newer CRL is served; if the CA's key was destroyed, publish this in its repository",
  examples: () => ({
    bad: [
      {
        title: "served one second after its nextUpdate",
        make: (kit) => kit.crl({ now: "2026-11-08T00:00:00Z", options: { transport: kit.transport() } }),
        also: ["time/expired"],
      },
      {
        title: "served at notAfter of the CA certificate",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notAfter: "2026-11-09T00:00:00Z" }),
            now: "2026-11-09T00:00:00Z",
            options: { transport: kit.transport() },
          }),
        also: ["time/expired"],
      },
    ],
    good: [
      {
        title: "served at its nextUpdate",
        make: (kit) => kit.crl({ now: "2026-11-07T23:59:59Z", options: { transport: kit.transport() } }),
      },
      {
        title: "served one second after notAfter of the CA certificate",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notAfter: "2026-11-08T00:00:00Z" }),
            now: "2026-11-09T00:00:01Z",
            options: { transport: kit.transport() },
          }),
        also: ["time/expired"],
      },
    ],
  }),
});
