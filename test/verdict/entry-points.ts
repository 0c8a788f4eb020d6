import {
  action,
  base64,
  body,
  copied,
  disclosed,
  fetched,
  form,
  hook,
  json,
  library,
  lintedFiles,
  monitored,
  namedPipe,
  noVerifier,
  parts,
  pipeOfShell,
  posted,
  shards,
  storeOf,
  urlencoded,
  worker,
} from "./calls.ts";
import { formats } from "../../src/report/index.ts";
import { ca, type Input, otherCa } from "./inputs.ts";

/** The outcome of a call: the verdict, or an error in the call itself (exit code 2, no standard output). */
export type Outcome = "pass" | "fail" | "undecided" | "refused";

/** Calls crllint with a CRL. */
export type Call = (input: Input) => Promise<Outcome>;

/**
 * A way to lint a CRL with crllint: its name, the call, and the outcomes of a valid CRL, of one with a reversed issuer
 * and of one with a forged signature; one word if all are the same. A dash stands for a CRL that cannot be passed.
 *
 * A string is a command line without `crllint`, run in the folder that inputs.ts writes: environment variables come
 * first, `< file` last.
 */
export type EntryPoint = readonly [name: string, call: string | Call, outcome?: string];

/** The outcomes of most entry points: only the valid CRL passes. */
export const usual = "pass fail fail";

const gate = "--gate --without previous,base,certs,expected,shards,ccadb,url";
const settings = "CRLLINT_IGNORE=issuer,signature CRLLINT_FAIL_ON=never";

// prettier-ignore
export const entryPoints: readonly EntryPoint[] = [
  // Operands.
  ["the CA and the CRL", "ca.pem crl.der"],
  ["the CRL and the CA", "crl.der ca.pem"],
  ["several certificates", "other.pem root.pem ca.pem crl.der"],
  ["the CA in a file with a private key", "ca-key.pem crl.der", "undecided"],
  ["the word lint, and --", "lint -- ca.der crl.der"],
  ["a pattern", "ca.pem c?l.der"],
  ["a valid CRL first", "--now thisUpdate ca.pem before.crl crl.der"],
  ["the same file twice", "ca.pem crl.der ./crl.der"],
  ["a symbolic link", "ca.pem link"],
  ["--issuer", "--issuer ca.pem crl.der"],
  ["--issuer, next to another CA", "--issuer ca.pem other.pem crl.der"],
  ["--issuer with several CAs", "--issuer other.pem --issuer ca.pem crl.der"],
  ["--issuer, next to a certificate of its key with the CRL's issuer", "--issuer ca.pem vouching.der crl.der"],
  ["--issuer, and such a certificate in the file of the CRL", "--issuer ca.pem vouched.pem"],
  ["the CA, and such a certificate in the file of the CRL", "ca.pem vouched.pem"],
  ["--issuers, and such a certificate in the file of the CRL", "--issuers store vouched.pem"],
  ["--issuers, a folder", "--issuers store crl.der"],
  ["--issuers, a CSV file of the CCADB", "--issuers cas.csv crl.der"],
  ["--issuers, next to another CA", "--issuers store other.pem crl.der"],

  // No CA certificate, or that of another CA.
  ["no CA", "crl.der", "undecided"],
  ["no CA, --fail-on never", "--fail-on never crl.der", "undecided"],
  ["--issuer, an empty file", "--issuer empty.pem crl.der", "undecided"],
  ["--issuer, a missing file", "--issuer nowhere.pem crl.der", "undecided"],
  ["--issuer, a CRL", "--issuer crl.der crl.der", "undecided"],
  ["--issuer, a container of CRLs", "--issuer crl.p7b crl.der", "undecided"],
  ["--issuers, and a path that is missing", "--issuers store --issuers nowhere crl.der", "undecided"],
  ["--issuers without the CA", "--issuers others crl.der", "undecided"],
  ["a folder of CRLs", "crls-only", "undecided"],
  ["another CA", "other.pem crl.der", "fail"],
  ["--issuer, another CA", "--issuer other.pem ca.pem crl.der", "fail"],
  ["several other CAs", "other.pem root.pem crl.der", "undecided undecided fail"],

  // Folders are read by content.
  ["folder: .crl", "crl"],
  ["folder: the name of OpenSSL's hash", "hashed"],
  ["folder: .arl", "arl"],
  ["folder: no suffix", "bare"],
  ["folder: .txt", "text"],
  ["folder: a hidden file", "hidden"],
  ["folder: nested folders", "deep"],
  ["folder: PEM without a suffix", "armored"],
  ["folder: PKCS#7 without a suffix", "message"],
  ["folder: LDIF without a suffix", "dump"],
  ["folder: base64 without a suffix", "encoded"],
  ["folder: a public key and a CRL without a suffix", "after-a-key"],
  ["folder: PEM and DER without a suffix", "pem-der"],
  ["folder: misleading names", "named"],
  ["folder: a document that shows a CRL with dots", "explained"],
  ["folder: a damaged CRL after a certificate, without a suffix", "damaged", "undecided"],
  ["folder: a damaged CRL after many other objects, without a suffix", "damaged-late", "undecided"],
  ["folder: a symbolic link to a folder", "linked"],
  ["folder: a symbolic link to a file", "linked-file"],
  ["folder: a pattern of folders", "dee?"],

  // Encodings and containers.
  ["PEM", "ca.pem crl.pem"],
  ["PEM with CRLF", "ca.pem crlf.pem"],
  ["PEM with a byte order mark", "ca.pem bom.pem"],
  ["PEM with text around it", "ca.pem around.pem"],
  ["PEM with another label", "ca.pem label.pem", "fail"],
  ["PEM with another label, --ignore input", "--ignore input ca.pem label.pem"],
  ["PEM without BEGIN", "ca.pem no-begin.pem", "fail"],
  ["PEM without BEGIN, --ignore input", "--ignore input ca.pem no-begin.pem"],
  ["PEM with a damaged BEGIN", "ca.pem dashes.pem", "fail"],
  ["PEM with a damaged BEGIN and short lines, after PEM", "--ignore input ca.pem short.pem"],
  ["base64 in short lines after PEM", "--ignore input ca.pem bare-short.pem"],
  ["PEM in a quotation, after PEM", "--ignore input ca.pem quoted.pem"],
  ["PEM with a damaged BEGIN and base64, after PEM", "ca.pem garbled.pem", "undecided"],
  ["base64", "ca.pem crl.b64"],
  ["base64 in lines", "ca.pem folded.b64"],
  ["DER and a byte after it", "ca.pem junk.der", "fail"],
  ["DER and a byte after it, --ignore input", "--ignore input ca.pem junk.der"],
  ["gzip", "ca.pem crl.gz", "undecided"],
  ["UTF-16", "ca.pem utf-16.pem", "undecided"],
  ["PKCS#7", "both.p7b"],
  ["PKCS#7 of CRLs", "ca.pem crl.p7b"],
  ["PKCS#7 of two CRLs", "two.p7b"],
  ["PKCS#7 with a CRL as its content", "content.p7m"],
  ["PKCS#7 in BER", "ber.p7b"],
  ["PKCS#7 in PEM", "pem.p7b"],
  ["PKCS#7 in base64", "base64.p7b"],
  ["LDIF", "both.ldif"],
  ["LDIF of an ARL", "ca.pem crl.ldif"],
  ["PKCS#7 in LDIF", "p7b.ldif"],

  // Several objects in one file.
  ["a certificate and a CRL in PEM", "certificate-then-crl.pem"],
  ["a CRL and a certificate in PEM", "crl-then-certificate.pem"],
  ["a certificate and a CRL in DER", "certificate-then-crl.der"],
  ["two CRLs in PEM", "ca.pem two.pem"],
  ["two CRLs in DER", "ca.pem two.der", "fail"],
  ["two CRLs in DER, --ignore input", "--ignore input ca.pem two.der"],
  ["two CRLs in one PEM block", "ca.pem two-in-one-block.pem", "fail"],
  ["two CRLs in one PEM block, --ignore input", "--ignore input ca.pem two-in-one-block.pem"],
  ["LDIF and PEM", "ca.pem ldif-then-pem"],
  ["a line like LDIF and PEM", "ca.pem dn-then-pem"],
  ["a line of hexadecimal and PEM", "ca.pem hex-then-pem"],
  ["PEM and DER", "pem-then-der"],
  ["DER and PEM", "ca.pem der-then-pem", "fail"],
  ["DER and PEM, --ignore input", "--ignore input ca.pem der-then-pem"],
  ["a private key and a CRL", "ca.pem key-then-crl.pem", "undecided"],
  ["bytes that belong to no object", "ca.pem stray.der", "undecided"],

  // Streams.
  ["standard input", "ca.pem - < crl.der"],
  ["standard input with the CA", "- < certificate-then-crl.pem"],
  ["standard input for the CA", "--issuer - crl.der < ca.pem"],
  ["a named pipe", namedPipe],
  ["a pipe of the shell", pipeOfShell],

  // Before and after signing.
  ["--tbs", "--tbs ca.pem next.tbs", "pass fail -"],
  ["--tbs-was", "--tbs-was next.tbs ca.pem crl.der"],
  ["--tbs-was, another TBSCertList", "--tbs-was valid.tbs ca.pem crl.der"],
  ["--tbs for a CRL", "--tbs ca.pem crl.der", "undecided"],
  ["a TBSCertList without --tbs", "ca.pem next.tbs", "undecided"],

  // Further inputs and options.
  ["--previous", "--previous before.crl ca.pem crl.der"],
  ["--base", "--base before.crl ca.pem crl.der"],
  ["--certs", "--certs leaf.pem ca.pem crl.der"],
  ["--certs, a missing file", "--certs nowhere.pem ca.pem crl.der", "undecided"],
  ["--expect-good", "--expect-good leaf.pem ca.pem crl.der", "pass undecided fail"],
  ["--expect-revoked", "--expect-revoked leaf.pem ca.pem crl.der", "fail undecided fail"],
  ["--ccadb", "--ccadb record.csv ca.pem crl.der"],
  ["--url", "--url http://crl.example.com/tls-ca-1.crl ca.pem crl.der"],
  ["--shards", "--shards ca.pem shards"],
  ["--shards with a missing file", "--shards ca.pem shards nowhere.crl", "undecided"],
  ["--jobs", "--jobs 2 ca.pem crl.der"],
  ["a worker", worker],
  ["--now thisUpdate", "--now thisUpdate ca.pem crl.der"],
  ["--now, a date", "--now 2026-11-02 ca.pem crl.der"],
  ["--valid-for", "--valid-for 1d ca.pem crl.der"],
  ["--max-findings, -q and -v", "--max-findings 1 -q -v ca.pem crl.der"],
  ...formats.map((format): EntryPoint => [`--format ${format}`, `--format ${format} ca.pem crl.der`]),
  ["--max-warnings", "--max-warnings 999 ca.pem crl.der"],
  ["--profile", "--profile ccadb ca.pem crl.der"],
  ["--all-dates", "--all-dates --profile rfc5280 ca.pem crl.der"],
  ["--limit", "--limit extensions=1 ca.pem crl.der", "undecided"],
  ["an unknown signature algorithm", "ca.pem unknown-algorithm.der", "undecided"],
  ["--gate", `${gate} ca.pem crl.der`],
  ["--gate without the CA", `${gate} crl.der`, "undecided"],
  ["--gate, with settings in the environment", `CRLLINT_CONFIG=off.yaml CRLLINT_BASELINE=baseline.json ${gate} ca.pem crl.der`],
  ["--gate, with inputs in the environment", `CRLLINT_CERTS=nowhere.pem CRLLINT_PREVIOUS=nowhere.crl ${gate} ca.pem crl.der`],
  ["--gate --no-issuer", `${gate} --no-issuer crl.der`, "refused"],
  ["--gate --signature ignore", `${gate} --signature ignore ca.pem crl.der`, "refused"],
  ["--gate --severity", `${gate} --severity signature/invalid=notice ca.pem crl.der`, "refused"],
  ["--gate --ignore", `${gate} --ignore signature ca.pem crl.der`, "refused"],
  ["--gate --select", `${gate} --select idp ca.pem crl.der`, "refused"],
  ["--gate --without issuer", "--gate --without issuer ca.pem crl.der", "refused"],
  ["--without, and no --gate", "--without certs ca.pem crl.der", "refused"],
  ["a selection that leaves no rule", "--select idp --ignore idp ca.pem crl.der", "undecided"],
  ["--gate, and a pair with issuer: none", `CRLLINT_CONFIG=none.yaml ${gate} crl.der`, "undecided"],
  ["a call split into parts", parts("")],
  ["a call split into parts, merged with CRLLINT_FAIL_ON", parts("CRLLINT_FAIL_ON=never")],

  // Settings of a configuration.
  ["configuration: severity off", "-c off.yaml ca.pem crl.der"],
  ["configuration: severity notice", "-c mild.yaml ca.pem crl.der"],
  ["configuration: select", "-c select.yaml ca.pem crl.der"],
  ["configuration: ignore", "-c ignore.yaml ca.pem crl.der"],
  ["configuration: fail-on", "-c fail-on.yaml ca.pem crl.der"],
  ["configuration: signature", "-c signature.yaml ca.pem crl.der"],
  ["configuration: profile", "-c profile.yaml ca.pem crl.der"],
  ["configuration: limits", "-c limits.yaml ca.pem crl.der"],
  ["configuration: max-findings, max-warnings, quiet", "-c max-findings.yaml ca.pem crl.der"],
  ["configuration: suppress a part", "-c suppress-pattern.yaml ca.pem crl.der"],
  ["configuration: suppress a source", "-c suppress-all.yaml ca.pem crl.der", "refused"],
  ["configuration: suppress for another CRL", "-c suppress-other.yaml ca.pem crl.der"],
  ["configuration: the baseline of another CRL", "-c baseline.yaml ca.pem crl.der"],
  ["configuration: issuer: none for another CRL", "-c other-pair.yaml ca.pem crl.der"],
  ["configuration: issuer: none, next to the CA", "-c none.yaml ca.pem crl.der"],
  ["configuration: a pair", "-c pair.yaml other.pem root.pem crl.der"],
  ["configuration: no CA, and issuer: none for another CRL", "-c other-pair.yaml crl.der", "undecided"],
  ["--baseline of another CRL", "--baseline baseline.json ca.pem crl.der"],

  // Settings of the environment.
  ["CRLLINT_SEVERITY", "CRLLINT_SEVERITY=issuer=off,signature=off ca.pem crl.der"],
  ["CRLLINT_SELECT", "CRLLINT_SELECT=crl-number ca.pem crl.der"],
  ["CRLLINT_IGNORE", "CRLLINT_IGNORE=issuer,signature ca.pem crl.der"],
  ["CRLLINT_FAIL_ON", "CRLLINT_FAIL_ON=never ca.pem crl.der"],
  ["CRLLINT_SIGNATURE", "CRLLINT_SIGNATURE=ignore ca.pem crl.der"],
  ["CRLLINT_PROFILE", "CRLLINT_PROFILE=ccadb ca.pem crl.der"],
  ["CRLLINT_BASELINE", "CRLLINT_BASELINE=baseline.json ca.pem crl.der"],
  ["CRLLINT_CONFIG", "CRLLINT_CONFIG=off.yaml ca.pem crl.der"],
  ["CRLLINT_TBS", "CRLLINT_TBS=1 ca.pem crl.der", "undecided"],
  ["CRLLINT_NO_ISSUER", "CRLLINT_NO_ISSUER=1 ca.pem crl.der", "refused"],
  ["CRLLINT_GATE and CRLLINT_WITHOUT", "CRLLINT_GATE=1 CRLLINT_WITHOUT=issuer,certs ca.pem crl.der", "fail"],

  ["CRLLINT_SHOW_SETTINGS", "CRLLINT_SHOW_SETTINGS=1 ca.pem crl.der", "refused"],
  ["CRLLINT_QUIET, neither on nor off", "CRLLINT_QUIET=maybe ca.pem crl.der", "refused"],
  ["CRLLINT_IGNORE and --expect-revoked", "CRLLINT_IGNORE=certs --expect-revoked leaf.pem ca.pem crl.der", "fail undecided fail"],
  ["a baseline of expectations", "--baseline expecting.json --expect-revoked leaf.pem ca.pem crl.der", "fail undecided fail"],
  ["a suppression and --valid-for", "-c suppress-time.yaml --valid-for 999d ca.pem crl.der", "fail"],
  ["CRLLINT_SELECT and --valid-for", "CRLLINT_SELECT=idp --valid-for 999d ca.pem crl.der", "fail"],
  ["CRLLINT_SEVERITY and --tbs-was", "CRLLINT_SEVERITY=input=notice --tbs-was before.crl ca.pem crl.der", "fail"],

  // Over HTTP.
  ["fetch", fetched("--issuer ca.pem")],
  ["fetch --issuers", fetched("--issuers store")],
  ["fetch without the CA", fetched(""), "undecided"],
  ["fetch with settings", fetched("-c off.yaml --issuer ca.pem", settings)],
  ["fetch of two CRLs", fetched("--issuer ca.pem --ignore transport,input", "", "two.der"), "undecided"],
  ["fetch of an unchanged CRL in the cache", copied],
  ["monitor", monitored("--issuer ca.pem")],
  ["monitor --issuers", monitored("--issuers store")],
  ["monitor without the CA", monitored(""), "undecided"],
  ["monitor with settings", monitored("--issuer ca.pem", settings)],
  ["monitor of a CCADB export", disclosed],

  // The service.
  ["POST /v1/lint, a form", posted(({ crl }) => form({ crl, issuer: ca }))],
  ["POST /v1/lint, JSON", posted(({ crl }) => json({ crl: base64(crl), issuer: base64(ca) }))],
  ["POST /v1/lint, several CAs", posted(({ crl }) => form({ crl, issuer: [otherCa, ca] }))],
  ["POST /v1/lint, the CA in the file", posted((input) => form({ crl: input.read("both.p7b") }))],
  ["POST /v1/lint, two CRLs", posted((input) => form({ crl: input.read("two.pem"), issuer: ca }))],
  ["POST /v1/lint, a store", posted(({ crl }) => form({ crl }), "/v1/lint", storeOf(otherCa, ca))],
  ["POST /v1/lint, no CA", posted(({ crl }) => form({ crl })), "undecided"],
  ["POST /v1/lint, no CA, failOn never", posted(({ crl }) => form({ crl, failOn: "never" })), "undecided"],
  ["POST /v1/lint, tbs", posted((input) => form({ tbs: input.read("next.tbs"), issuer: ca })), "pass fail -"],
  ["POST /v1/lint, tbs as crl", posted((input) => form({ crl: input.read("next.tbs"), issuer: ca })), "undecided"],
  ["POST /lintcrl", posted(({ crl }) => urlencoded({ b64input: crl, b64issuer: ca }), "/lintcrl")],
  ["POST /lintcrl, severity", posted(({ crl }) => urlencoded({ b64input: crl, b64issuer: ca, severity: "fatal" }), "/lintcrl")],
  ["POST /lintcrl, the CRL as the body", posted(({ crl }) => body(crl), `/lintcrl?${new URLSearchParams({ b64issuer: base64(ca) }).toString()}`)],
  ["POST /lintcrl, a store", posted(({ crl }) => urlencoded({ b64input: crl }), "/lintcrl", storeOf(otherCa, ca))],
  ["POST /lintcrl, no CA", posted(({ crl }) => urlencoded({ b64input: crl }), "/lintcrl"), "undecided"],
  ["POST /linttbscrl", posted((input) => urlencoded({ b64tbscrl: input.read("next.tbs"), b64issuer: ca }), "/linttbscrl"), "pass fail -"],

  // The library.
  ["lintCrl", library(({ crl }) => ({ crl, issuer: ca }))],
  ["lintCrl, several CAs", library(({ crl }) => ({ crl, issuer: [otherCa, ca] }))],
  ["lintCrl, the CA in the file", library((input) => ({ crl: input.read("both.ldif") }))],
  ["lintCrl, two CRLs", library((input) => ({ crl: input.read("two.pem"), issuer: ca })), "undecided"],
  ["lintCrl, a store", library(({ crl }) => ({ crl, issuers: storeOf(otherCa, ca) }))],
  ["lintCrl, no CA", library(({ crl }) => ({ crl })), "undecided"],
  ["lintCrl, no CA, failOn never", library(({ crl }) => ({ crl, failOn: "never" })), "undecided"],
  ["lintCrl, a verifier without algorithms", library(({ crl }) => ({ crl, issuer: ca, verifier: noVerifier })), "undecided"],
  ["lintCrl, no rules", library(({ crl }) => ({ crl, issuer: ca, rules: [] }))],
  ["lintCrl, tbs", library((input) => ({ crl: input.read("next.tbs"), form: "tbs", issuer: ca })), "pass fail -"],
  ["lintShards", shards],
  ["lintFiles", lintedFiles("ca.pem", "crl.der")],
  ["lintFiles, a folder", lintedFiles("bare")],
  ["lintFiles, no CA", lintedFiles("crl.der"), "undecided"],

  ["crllint status", "status leaf.pem ca.pem root.pem crl.der root.crl", "pass undecided undecided"],

  // In CI.
  ["the GitHub action", action],
  ["the pre-commit hook", hook("crl.der")],
  ["the pre-commit hook, the name of OpenSSL's hash", hook("hashed/12d0da68.r0")],
  ["the pre-commit hook, .arl", hook("arl/list.arl")],
];

/** Entry points that Windows does not have. */
export const posixOnly: ReadonlySet<string> = new Set([
  "a symbolic link",
  "folder: a symbolic link to a folder",
  "folder: a symbolic link to a file",
  "a named pipe",
  "a pipe of the shell",
  "the GitHub action",
]);
