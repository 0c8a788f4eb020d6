import { escapeText } from "../../name/escape.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "manifest/not-one-crl",
  title: "manifest does not list exactly one CRL",
  looksAt: ["manifest"],
  requirements: [
    {
      source: "rpki",
      document: "rfc9829",
      section: "2",
      severity: "error",
      quote:
        "there is exactly one CRL that is appropriate and relevant for determining the revocation status of a given resource certificate.",
    },
    { source: "hygiene", section: "", severity: "error" },
  ],
  create(ctx) {
    const { artefact, fileList, files } = ctx.manifest;
    const crls = files.filter(({ name }) => name.endsWith(".crl"));
    if (crls.length === 1) return;
    const names = crls.slice(0, 3).map(({ name }) => escapeText(name));
    ctx.report({
      at: fileList,
      path: "fileList",
      artefact,
      message: `fileList has ${crls.length} CRLs${names.length === 0 ? "" : ` (${names.join(", ")})`}; it must have exactly 1`,
      related: crls.slice(0, 3).map((at) => ({ at, path: "fileList", artefact })),
      notes: ["the signature of the manifest is not verified: RPKI validators do that"],
    });
  },
  why: "A CA of the RPKI has one CRL, which covers all its certificates. Relying parties do not know which of several to use.",
  fix: "list exactly one file with the extension .crl in the manifest",
  examples: () => ({
    bad: [
      {
        title: "two CRLs",
        make: (kit) =>
          kit.withManifest((crl) => ({
            files: [
              { name: "ca.crl", content: crl },
              { name: "old.crl", content: kit.earlierCrl() },
            ],
          })),
      },
      {
        title: "a CRL with another extension",
        make: (kit) => kit.withManifest((crl) => ({ files: [{ name: "ca.cer", content: crl }] })),
      },
    ],
    good: [
      {
        title: "one CRL among other files",
        make: (kit) =>
          kit.withManifest((crl) => ({
            files: [{ name: "a.roa" }, { name: "ca.crl", content: crl }, { name: "b.cer" }],
          })),
      },
    ],
  }),
});
