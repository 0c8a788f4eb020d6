/** crllint's counterparts of options of other tools. */
const options: Readonly<Record<string, string>> = {
  "--exit-zero": "--fail-on never: findings then do not change the exit code",
  "--output-file": "--report FORMAT=FILE, or redirect standard output",
  "--output": "--report FORMAT=FILE, or redirect standard output",
  "-o": "--report FORMAT=FILE, or redirect standard output",
  "--json": "--format json",
  "--explain": "crllint explain RULE",
  "--list-rules": "crllint rules",
  "--show-rules": "crllint rules",
  "--list-profiles": "crllint profiles",
  "--disable": "--ignore RULE",
  "--exclude": "--ignore RULE",
  "--enable": "--select RULE",
  "--only": "--select RULE",
  "--strict": "--gate, or --fail-on warning",
  "--ca": "--issuer FILE",
  "--cafile": "--issuer FILE",
  "-CAfile": "--issuer FILE",
  "--crl": "the name of the CRL alone: crllint ca.pem crl.der",
  "--no-color": "--color never",
  "--debug": "--verbose",
};

const words: Readonly<Record<string, string>> = {
  check: "crllint CA CRL: linting needs no command",
  verify: "crllint CA CRL: linting needs no command",
  validate: "crllint CA CRL: linting needs no command",
  rule: "crllint explain RULE",
  why: "crllint explain RULE",
  list: "crllint rules",
  version: "crllint --version",
  dump: "crllint show CRL",
  print: "crllint show CRL",
  diff: "crllint names CA CRL",
  download: "crllint fetch URL",
  get: "crllint fetch URL",
  watch: "crllint monitor",
};

/** Returns crllint's counterpart of an option of another tool; undefined if there is none. */
export function insteadOfOption(flag: string): string | undefined {
  return Object.hasOwn(options, flag) ? options[flag] : undefined;
}

/** Returns crllint's counterpart of a command of another tool; undefined if there is none. */
export function insteadOfWord(word: string): string | undefined {
  return Object.hasOwn(words, word) ? words[word] : undefined;
}
