import type { Cite, CertificateStatus, Finding, RuleOutcome, Run, StatusNote } from "../rule/report.ts";
import { findDocument } from "../sources/documents.ts";

/** Id of the finding about a CRL that was not used. */
export const unusedCrl = "crllint/crl-not-used";

/** Ids of the findings of `crllint status`. */
const ids = {
  revoked: "crllint/revoked",
  undetermined: "crllint/status-undetermined",
} as const;

/**
 * Returns the status of a certificate as a run, so all formats can show it: `revoked` is a finding that fails, and
 * `undetermined` is undecided.
 *
 * @param isFull whether to list CRLs of other issuers even if they are not needed to determine the status
 */
export function runOfStatus(found: CertificateStatus, isFull: boolean): Run {
  const { certificate, status } = found;
  const isEach = isFull || status === "undetermined";
  const findings = [...verdictOf(found), ...unusedOf(found, isEach)];
  return {
    crl: certificate,
    form: "certificate",
    certificate: found,
    verdict: status === "good" ? "pass" : status === "revoked" ? "fail" : "undecided",
    judged: status !== "undetermined",
    core: [],
    scope: { kind: "unknown", evidence: "not a CRL" },
    profiles: [],
    entries: 0,
    signature: { verdict: "not-checked", why: "not a CRL" },
    findings,
    rules: [outcome(ids.revoked, status === "revoked"), outcome(ids.undetermined, status === "undetermined")],
  };
}

/** Returns a status in words: `revoked (keyCompromise (1), 2026-06-01T12:00:00Z, entry 17 of int.crl)`. */
export function describeStatus({ status, revocation, why, used }: CertificateStatus): string {
  if (revocation !== undefined) {
    const { reason = "no reason", date = "no date", entry, crl } = revocation;
    return `revoked (${reason}, ${date}, entry ${entry} of ${crl})`;
  }
  return status === "good" ? `good (${used.join(", ")})` : `${status} (${why ?? ""})`;
}

function verdictOf(found: CertificateStatus): readonly Finding[] {
  const { status, revocation, location, serial, subject, why = "", notes } = found;
  const common = {
    severity: "error",
    notes: [`certificate with serial ${serial}, subject ${subject}`, ...notes.map((note) => note.why)],
  } as const;
  if (revocation !== undefined) {
    return [
      {
        ...common,
        rule: ids.revoked,
        message: `certificate is ${describeStatus(found)}`,
        location: revocation.location,
        related: [location],
        cites: [cite("6.3.3")],
        help: "replace the certificate",
      },
    ];
  }
  if (status === "good") return notes.map((note) => noteOf(found, note));
  return [
    {
      ...common,
      rule: ids.undetermined,
      message: `status of the certificate is undetermined: ${why}`,
      location,
      related: [],
      cites: [cite("6.3.3")],
      help: "give the CRLs and certificates that are missing: clients that require a status reject this certificate",
    },
  ];
}

/** Returns a finding for a limit of a good status. */
function noteOf({ location }: CertificateStatus, { section, why, fix }: StatusNote): Finding {
  return {
    rule: "crllint/status-limited",
    severity: "warning",
    message: why,
    location,
    related: [],
    cites: [cite(section)],
    notes: [],
    help: fix,
  };
}

/** Returns findings for the CRLs that were not used: for all, or only for those of the right issuer. */
function unusedOf({ certificate, unused }: CertificateStatus, isEach: boolean): readonly Finding[] {
  const shown = unused.filter(({ section }) => isEach || section !== "6.3.3 (b)(1)");
  return shown.map(({ crl, section, why, location, related }) => ({
    rule: unusedCrl,
    severity: "notice",
    message: `${crl} is not used for ${certificate}: ${why}`,
    location,
    related,
    cites: [cite(section)],
    notes: [],
    help: "",
  }));
}

function outcome(rule: string, isFailed: boolean): RuleOutcome {
  return { rule, status: isFailed ? "failed" : "passed", count: isFailed ? 1 : 0 };
}

function cite(section: string): Cite {
  const document = findDocument("rfc5280");
  const url = document.url?.(section);
  return {
    source: "rfc5280",
    documentId: "rfc5280",
    document: document.name,
    section,
    ...(url !== undefined && { url }),
  };
}
