import { bz1888371 } from "./bz1888371.ts";
import type { Incident } from "./incident.ts";

/** All incidents that are rebuilt as fixtures. */
export const incidents: readonly Incident[] = [bz1888371];

/** Text of the README in the folder of an incident. */
export function incidentReadme({ id, title, source, story, trials }: Incident): string {
  const commands = trials.map(({ title: what, ca, crl, options, expected }) => {
    const now = options.now === undefined ? "" : ` --now ${options.now.toISOString().replace(".000Z", "Z")}`;
    const outcome =
      expected.length === 0 ? "nothing, exit 0" : `${expected.map((rule) => `\`${rule}\``).join(", ")}, exit 1`;
    return `${what}: ${outcome}\n\n\`\`\`sh\ncrllint${now} fixtures/incidents/${id}/${ca} fixtures/incidents/${id}/${crl}\n\`\`\`\n`;
  });
  return `# ${title}

Source: <${source}>

${story}

The files are built anew by \`npm run fixtures\` from what the report says; keys, serials and entries are made up.

## What crllint says

${commands.join("\n")}`;
}
