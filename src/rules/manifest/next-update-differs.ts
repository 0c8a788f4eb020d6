import { isoTime } from "../../der/time.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "manifest/next-update-differs",
  title: "nextUpdate of the manifest is not that of the CRL",
  looksAt: ["manifest", "nextUpdate"],
  requirements: [
    { source: "rpki", document: "rfc9286", section: "4.2.1", severity: "warning" },
    { source: "hygiene", section: "", severity: "warning" },
  ],
  create(ctx) {
    const { manifest, nextUpdate } = ctx;
    const [own, theirs] = [nextUpdate.seconds, manifest.nextUpdate.seconds];
    if (own === theirs) return;
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate of the CRL is ${isoTime(own)}, and that of the manifest is ${isoTime(theirs)}`,
      related: [{ at: manifest.nextUpdate, path: "nextUpdate", artefact: manifest.artefact }],
      notes: ["the signature of the manifest is not verified: RPKI validators do that"],
    });
  },
  why: "A CA issues a new manifest with each CRL, so both are due at the same time. If one expires earlier, relying parties discard everything that the CA has published, although the other is current.",
  fix: "issue the CRL and the manifest together, with the same nextUpdate",
  examples: () => ({
    bad: [
      {
        title: "the manifest expires one second earlier",
        make: (kit) =>
          kit.withManifest((crl) => ({
            files: [{ name: "ca.crl", content: crl }],
            nextUpdate: "2026-11-07T23:59:58Z",
          })),
      },
    ],
    good: [
      {
        title: "the same second",
        make: (kit) => kit.withManifest((crl) => ({ files: [{ name: "ca.crl", content: crl }] })),
      },
    ],
  }),
});
