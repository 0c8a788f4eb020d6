import { type Markup, markup } from "../report/markup.ts";

/** Icon of the service's pages: a list with a line crossed out. */
const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect x="1" y="1" width="14" height="14" rx="3" fill="#0b5d8a"/><path d="M4 5h8M4 8h8M4 11h8" stroke="#fff" stroke-width="1.5"/><path d="M3 9.5l10-3" stroke="#ffb3ae" stroke-width="1.5"/></svg>';

/** Link to the icon, which is embedded: the page loads nothing. */
export const iconLink: Markup = markup`<link rel="icon" href="${dataUrl("image/svg+xml", drawing)}">
`;

/** Returns a data URL that contains a text. */
export function dataUrl(type: string, text: string): string {
  return `data:${type};charset=utf-8,${encodeURIComponent(text)}`;
}
