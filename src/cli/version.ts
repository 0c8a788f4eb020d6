import type { Document } from "../sources/documents.ts";
import { version } from "../version.ts";

function describeDocument({ name, title, version: edition, unverified, recent }: Document): readonly string[] {
  return [
    `${name}: ${title}; ${edition}`,
    ...(unverified === undefined ? [] : [`  not verified: ${unverified}`]),
    ...(recent === undefined ? [] : [`  recent versions: ${recent}`]),
  ];
}

/**
 * Returns the output of --version. With --verbose, it includes the number of rules, and the documents they cite in the
 * versions that were read.
 */
export async function describeVersion(verbose: boolean): Promise<string> {
  const lines = [`crllint ${version}`];
  if (verbose) {
    const [{ rules }, { documentIds, findDocument }] = await Promise.all([
      import("../rules/index.ts"),
      import("../sources/documents.ts"),
    ]);
    lines.push(`node ${process.versions.node}`, `${rules.length} rules`);
    for (const document of documentIds.map(findDocument)) {
      if (document.version !== "") lines.push(...describeDocument(document));
    }
  }
  return `${lines.join("\n")}\n`;
}
