// Builds after an installation in a clone, and before a package is made of one. An installation from git with --global,
// which is how pre-commit installs, leaves out the tools that the build takes, contrary to npm's own documentation:
// there they are installed first.
import { execSync } from "node:child_process";

const { npm_config_global: isGlobal, ...env } = process.env;
const run = (command) => execSync(command, { stdio: "inherit", env });

if (isGlobal === "true") run("npm ci --include=dev --ignore-scripts --no-audit --no-fund");
run("npm run build");
