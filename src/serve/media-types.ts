import type { Format } from "../report/formats.ts";

/** Media type of each format. */
export const mediaTypes = {
  human: "text/plain; charset=utf-8",
  compact: "text/plain; charset=utf-8",
  json: "application/json",
  jsonl: "application/x-ndjson",
  sarif: "application/sarif+json",
  "sarif-github": "application/sarif+json",
  junit: "application/xml",
  github: "text/plain; charset=utf-8",
  gitlab: "application/json",
  markdown: "text/markdown; charset=utf-8",
  tap: "text/plain; charset=utf-8",
  html: "text/html; charset=utf-8",
} as const satisfies Readonly<Record<Format, string>>;

/** Returns the media type in a header field, in lower case and without parameters. */
export function mediaTypeOf(contentType: string): string {
  return (contentType.split(";")[0] ?? "").trim().toLowerCase();
}
