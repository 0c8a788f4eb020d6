import { bytesOf, hex } from "../../der/span.ts";
import { escapeText } from "../../name/escape.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "manifest/crl-not-listed",
  title: "manifest does not list the CRL by its file name and hash",
  looksAt: ["manifest", "verifier"],
  requirements: [
    {
      source: "rpki",
      document: "rfc9829",
      section: "2",
      severity: "error",
      quote: "listed in the issuing CA's current manifest fileList and has a matching hash",
    },
    { source: "rpki", document: "rfc9286", section: "4.2.1", severity: "error" },
    { source: "hygiene", section: "", severity: "error" },
  ],
  create(ctx) {
    const { manifest, verifier, artefact } = ctx;
    const { files, fileList } = manifest;
    const digest = verifier.sha256(artefact.bytes);
    const hashOf = (index: number): string => hex(bytesOf(manifest.artefact.bytes, files[index]?.hash ?? fileList));
    const same = files.findIndex((_, i) => hashOf(i) === digest);
    const name = nameOf(artefact.name);
    const named = files.findIndex((file) => file.name === name);
    if (same >= 0 && (name === undefined || (named >= 0 && hashOf(named) === digest))) return;
    const found =
      named >= 0
        ? { index: named, message: `hash of ${name} in the manifest is ${hashOf(named)}, not ${digest}` }
        : same >= 0
          ? {
              index: same,
              message: `manifest lists this CRL as ${escapeText(files[same]?.name ?? "")}, not as ${name}`,
            }
          : {
              index: -1,
              message: `fileList has no file ${name === undefined ? "" : `${name} and none `}with the hash ${digest}`,
            };
    const isRenamed = named < 0 && same >= 0;
    ctx.report({
      at: { start: 0, end: artefact.bytes.length },
      path: "",
      message: found.message,
      related: [{ at: files[found.index] ?? fileList, path: "fileList", artefact: manifest.artefact }],
      notes: [
        "the signature of the manifest is not verified: RPKI validators do that",
        ...(isRenamed ? ["severity capped: the CRL may be stored here under another name"] : []),
      ],
      ...(isRenamed && { atMost: "warning" }),
    });
  },
  why: "Relying parties of the RPKI use only the files that the manifest of the CA lists, each with its hash. If the CRL is not one of them, they discard everything that the CA has published.",
  fix: "issue a manifest that lists the CRL under the file name in cRLDistributionPoints, with its SHA-256",
  examples: () => ({
    bad: [
      {
        title: "the CRL before this one",
        make: (kit) => kit.withManifest(() => ({ files: [{ name: "ca.crl", content: kit.earlierCrl() }] }), "ca.crl"),
      },
      {
        title: "no CRL",
        make: (kit) => kit.withManifest(() => ({ files: [{ name: "ca.roa" }] }), "ca.crl"),
        also: ["manifest/not-one-crl"],
      },
      {
        title: "no CRL, and no name of a file to compare",
        make: (kit) => kit.withManifest(() => ({ files: [{ name: "ca.roa" }] }), "stdin"),
        also: ["manifest/not-one-crl"],
      },
      {
        title: "under another name",
        make: (kit) => kit.withManifest((crl) => ({ files: [{ name: "other.crl", content: crl }] }), "ca.crl"),
      },
      {
        title: "another file under its name, and its hash under another name",
        make: (kit) =>
          kit.withManifest(
            (crl) => ({
              files: [
                { name: "ca.crl", content: kit.earlierCrl() },
                { name: "old.roa", content: crl },
              ],
            }),
            "ca.crl",
          ),
      },
    ],
    good: [
      {
        title: "listed",
        make: (kit) => kit.withManifest((crl) => ({ files: [{ name: "ca.crl", content: crl }] }), "ca.crl"),
      },
      {
        title: "listed, in a file whose name is not that of a CRL",
        make: (kit) => kit.withManifest((crl) => ({ files: [{ name: "ca.crl", content: crl }] }), "stdin"),
      },
    ],
  }),
});

/** Returns the name of the file, escaped; undefined if it is not a file name of a CRL in the RPKI (RFC 6481 2.2, 3). */
function nameOf(path: string): string | undefined {
  return /[^/\\]+\.crl$/u.exec(path)?.[0];
}
