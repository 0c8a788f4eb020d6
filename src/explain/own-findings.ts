/** Findings of crllint about its own work, by id. They are not rules for the CRL, so no document requires them. */
export const ownFindings: Readonly<Record<string, { readonly meaning: string; readonly fix: string }>> = {
  "ambiguous-input": {
    meaning:
      "An input can be used in several ways: a CRL to compare with may belong to several of the CRLs or to none, a file " +
      "has several CRLs, or a certificate is expected to be both revoked and good.",
    fix: "lint one CRL at a time with its own inputs, or name each certificate with one option",
  },
  "baseline-unused": {
    meaning: "Entries of a baseline no longer match a finding.",
    fix: "remove them: crllint baseline --prune",
  },
  "crl-not-used": {
    meaning: "crllint status did not use a CRL, because it does not meet a condition of RFC 5280 6.3.3.",
    fix: "see the condition and the bytes in the finding",
  },
  "expectation-not-checked": {
    meaning: "A certificate of --expect-revoked or --expect-good was not checked: no CRL in the call covers it.",
    fix: "give the CRL that covers it, or leave out the certificate",
  },
  "core-check": {
    meaning:
      "The call left out a check of the issuer or the signature, or changed its severity. Only in gitlab reports.",
    fix: "lint with the certificate of the issuing CA, and without the option that the issue names",
  },
  verdict: {
    meaning:
      "The verdict of the call is worse than that of each CRL: too many warnings, or nothing was linted. Only in gitlab reports.",
    fix: "see the cause in the issue",
  },
  "ignored-file": { meaning: "A file was given and not linted.", fix: "name the file itself, or keep it elsewhere" },
  "malformed-certificate": {
    meaning:
      "The CA certificate, or a certificate that the CA issued, is malformed, so decoders may read it in more ways than one.",
    fix: "give the certificate unchanged, in DER or PEM",
  },
  "malformed-crl": {
    meaning:
      "The CRL of --previous or --base is malformed, so it is not known whether the rules that compare with it pass.",
    fix: "give it unchanged, or lint without it",
  },
  "manifest-not-verified": {
    meaning: "A manifest of the RPKI was compared with the CRL. Neither its signature nor its dates were checked.",
    fix: "let a validator of the RPKI verify it",
  },
  "no-crl": { meaning: "None of the files contains a CRL.", fix: "give the CRL" },
  "no-input": { meaning: "An operand names no file that can be linted.", fix: "check the name" },
  "no-issuer": {
    meaning: "No certificate of the issuing CA was given, so issuer and signature were not checked.",
    fix: "give it: crllint ca.pem crl.der; or state that there is none: --no-issuer",
  },
  "no-issuer-found": {
    meaning: "None of the certificates given is that of the issuing CA, so issuer and signature were not checked.",
    fix: "give the certificate of the CA that signed the CRL",
  },
  "no-rule": {
    meaning: "No rule was run: the selection leaves none of the profiles' rules.",
    fix: "select other rules, or another profile",
  },
  "not-a-ccadb-export": {
    meaning: "The file of --ccadb is not an export of the CCADB.",
    fix: "give the CSV as published",
  },
  "not-a-certificate": {
    meaning: "A file that an option for certificates names is not a certificate.",
    fix: "give certificates in DER or PEM",
  },
  "not-a-crl": {
    meaning: "A file that an option for CRLs names is not a CRL.",
    fix: "give a CRL in DER or PEM",
  },
  "not-a-manifest": {
    meaning: "The file of --manifest is not a manifest of the RPKI in DER.",
    fix: "give the manifest of the CA as it is published",
  },
  "not-fetched": { meaning: "A CRL could not be fetched.", fix: "see the reason in the finding" },
  "not-linted": { meaning: "An object of the input was not linted.", fix: "lint it by itself" },
  "private-key": {
    meaning: "A file contains a private key.",
    fix: "remove it from the directory of the CRLs, and consider it compromised",
  },
  revoked: { meaning: "crllint status: a CRL lists the certificate.", fix: "replace the certificate" },
  "rule-crashed": {
    meaning: "A rule failed because of a defect of crllint; the verdict is undecided.",
    fix: "report it",
  },
  "rule-skipped": {
    meaning: "With --fail-on-skipped or --gate: rules could not be checked.",
    fix: "give the input, or name it with --without",
  },
  "signature-not-checked": {
    meaning: "The signature was not verified: crllint cannot verify it, or --signature ignore was given.",
    fix:
      "lint the CRL with its real signature, without --signature ignore; if crllint cannot verify it, verify it with " +
      "other software and give this option",
  },
  "status-limited": {
    meaning: "crllint status: RFC 5280 decides the status, but clients may see another one.",
    fix: "see the reason in the finding",
  },
  "status-undetermined": {
    meaning: "crllint status: the CRLs given do not decide the status of the certificate.",
    fix: "give the CRLs and certificates that are missing",
  },
  "suppression-expired": {
    meaning: "The date of a suppression has passed.",
    fix: "fix the finding, or set a later date",
  },
  "suppression-unused": { meaning: "A suppression matches no finding.", fix: "remove it" },
  "undisclosed-partition": {
    meaning:
      "A CA whose partitions have numbered URLs serves a CRL at the next number or at zero, which it does not disclose.",
    fix: "disclose its URL in the CCADB, or stop serving it",
  },
  unreadable: { meaning: "An input cannot be read; the verdict is undecided.", fix: "see the reason in the finding" },
  "unreadable-certificate": {
    meaning: "A certificate lacks a required field, or its encoding ends early.",
    fix: "give the certificate as it was issued",
  },
};
