/** Lints files, folders and patterns as the command does. Needs Node. */
export { lintFiles, type LintFilesOptions } from "./lint-files.ts";
