/** Lints files, directories and patterns as the command does. Needs Node. */
export { lintFiles, type LintFilesOptions } from "./lint-files.ts";
/** Opens a store of issuers for `lintCrl`, `lintShards` and other calls that take one. Needs Node. */
export { type OpenedIssuers, openIssuers, type SkippedSource } from "./open-issuers.ts";
export type { IssuerStore } from "../given/issuer-store.ts";
