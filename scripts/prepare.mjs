// Builds after an installation in a clone. pre-commit installs from git with
// --global. npm then omits the tools that the build needs, contrary to its documentation, so this script installs them
// first.
import { execSync } from "node:child_process";

const { npm_config_global: isGlobal, ...env } = process.env;
const run = (command) => execSync(command, { stdio: "inherit", env });

if (isGlobal === "true") run("npm ci --include=dev --ignore-scripts --no-audit --no-fund");
run("npm run build");
