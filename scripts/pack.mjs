// Lets `npm pack` make a package whose package.json names no script and no tool of a clone. npm calls this before, to
// build and to take them out, and afterwards, to put package.json back.
import { execSync } from "node:child_process";
import { copyFileSync, readFileSync, renameSync, writeFileSync } from "node:fs";

const [file, kept] = ["package.json", ".package.json"];

if (process.env.npm_lifecycle_event === "prepack") {
  execSync("npm run build", { stdio: "inherit" });
  copyFileSync(file, kept);
  const { scripts: _, devDependencies: __, ...published } = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, `${JSON.stringify(published, null, 2)}\n`);
} else {
  renameSync(kept, file);
}
