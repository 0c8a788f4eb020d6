/** Styles of the parts of a human report. Each function returns its text, unchanged or between control codes. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly blue: (text: string) => string;
}

const unchanged = (text: string): string => text;

/** No colors. */
export const noStyle: Style = {
  bold: unchanged,
  dim: unchanged,
  red: unchanged,
  yellow: unchanged,
  green: unchanged,
  cyan: unchanged,
  blue: unchanged,
};
