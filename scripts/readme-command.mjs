// Prints a command of the README: `node scripts/readme-command.mjs lint|test`. Continuous integration runs the commands
// of the README, so they always work.
import { readFileSync } from "node:fs";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const name = process.argv[2] ?? "";
const block = new RegExp(`<!-- command: ${name} -->\\s*\`\`\`sh\\n(?<command>[\\s\\S]*?)\\n\`\`\``, "u").exec(readme);

if (block?.groups === undefined) {
  console.error(`the README has no command called "${name}"`);
  process.exitCode = 2;
} else {
  console.log(block.groups.command.replaceAll("\\\n", " "));
}
