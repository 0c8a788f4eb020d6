// Lets `npm pack` make a package whose package.json names only what a package needs: no script and no tool of a clone,
// and no package that dist/cli contains a copy of. npm calls this before it packs, and afterwards to put package.json
// back.
import { copyFileSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";

const [file, kept] = ["package.json", ".package.json"];

if (process.env.npm_lifecycle_event === "postpack") {
  renameSync(kept, file);
} else {
  const { scripts: _, devDependencies: __, ...rest } = JSON.parse(readFileSync(file, "utf8"));
  const isCode = (name) => /\.(?:c?js|d\.ts)$/u.test(name);
  const files = readdirSync("dist", { encoding: "utf8", recursive: true }).filter(isCode);
  const code = files.map((name) => readFileSync(`dist/${name}`, "utf8")).join("\n");
  const isLoaded = ([name]) => code.includes(`"${name}"`) || code.includes(`"${name}/`);
  const dependencies = Object.fromEntries(Object.entries(rest.dependencies).filter(isLoaded));
  copyFileSync(file, kept);
  writeFileSync(file, `${JSON.stringify({ ...rest, dependencies }, null, 2)}\n`);
}
