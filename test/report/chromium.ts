import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Path of Chromium on this machine, if it is installed. */
export const chromium = (process.env["PATH"] ?? "")
  .split(delimiter)
  .flatMap((folder) => names.map((name) => join(folder, name)))
  .find((path) => existsSync(path));

const switches = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--hide-scrollbars",
  "--enable-logging=stderr",
];

/** Runs Chromium without a window, with a separate profile; returns its output. */
export function browse(more: readonly string[]): string {
  const profile = mkdtempSync(join(tmpdir(), "crllint-chromium-"));
  try {
    const args = [...switches, `--user-data-dir=${profile}`, ...more];
    return execFileSync(chromium ?? "", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}
