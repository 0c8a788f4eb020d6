import { version } from "../version.ts";

/** What --version prints; with --verbose also the rules and the documents they cite, in the versions that were read. */
export async function describeVersion(verbose: boolean): Promise<string> {
  const lines = [`crllint ${version}`];
  if (verbose) {
    const [{ rules }, { documents }] = await Promise.all([
      import("../rules/index.ts"),
      import("../sources/documents.ts"),
    ]);
    lines.push(`node ${process.versions.node}`, `${rules.length} rules`);
    for (const document of Object.values(documents)) {
      if (document.version !== "") lines.push(`${document.name}: ${document.title}; ${document.version}`);
    }
  }
  return `${lines.join("\n")}\n`;
}
