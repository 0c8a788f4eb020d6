import { defineRule, type Report, rules as builtIn } from "../../src/index.ts";
import type { RuleText } from "../../src/report/renderer.ts";
import { withVerdict } from "../../src/rule/verdict.ts";
import { ca, clean, crlWith, reportOn, reversed, stormOf } from "./cases.ts";

const common = {
  title: "something is wrong",
  why: "A test needs it; see [there](https://example.com/why).",
  fix: "do nothing {at all}",
  examples: () => ({ bad: [], good: [] }),
};

const requirement = {
  source: "rfc5280",
  section: "5.1",
  severity: "warning",
  quote: "nothing SHOULD be wrong",
} as const;

/** One rule for each outcome without a finding. */
const endings = [
  defineRule({ ...common, id: "test/passed", requirements: [requirement], create() {} }),
  defineRule({ ...common, id: "test/skipped", requirements: [requirement], looksAt: ["previous"], create() {} }),
  defineRule({ ...common, id: "test/later", requirements: [{ ...requirement, from: "2100-01-01" }], create() {} }),
  defineRule({
    ...common,
    id: "test/not-a-delta",
    requirements: [requirement],
    looksAt: ["deltaCrlIndicator"],
    create() {},
  }),
];

const crash = defineRule({
  ...common,
  id: "test/crash",
  requirements: [requirement],
  create() {
    throw new Error("out of luck");
  },
});

const notice = defineRule({
  ...common,
  id: "test/notice",
  requirements: [{ ...requirement, severity: "notice" }],
  create(ctx) {
    ctx.report({ at: { start: 0, end: 4 }, path: "tbsCertList" });
  },
});

const warning = defineRule({
  ...common,
  id: "test/warning",
  requirements: [requirement],
  create(ctx) {
    ctx.report({ at: { start: 4, end: 8 }, path: "tbsCertList.version" });
  },
});

/** A CRL on which a rule crashed. */
export function crashed(): Report {
  return reportOn(crlWith(), "crash.crl", { rules: [...endings, crash], select: [] });
}

/** A CRL with a notice, and with each outcome without a finding. */
export function noticed(): Report {
  return reportOn(crlWith(), "notice.crl", { rules: [...endings, notice], select: [] });
}

/** Input that is not a CRL. */
export function notACrl(): Report {
  const not = builtIn.filter(({ id }) => id === "input/not-a-crl");
  const bytes = new TextEncoder().encode("<!DOCTYPE html><p>gone");
  return reportOn(bytes, "folder/page.crl", { rules: [...endings, ...not], select: [] });
}

/** The reversed issuer in PEM. */
export function armored(): Report {
  return reportOn(crlWith({ issuer: ca.subject.reversed(), pem: true }), "ov-2.pem");
}

/** A finding suppressed by the configuration, one by the baseline, and one that is not suppressed. */
export function suppressed(): Report {
  const report = reportOn(crlWith({ issuer: ca.subject.reversed() }), "accepted.crl", {
    rules: [...endings, notice, warning, ...builtIn.filter(({ id }) => id === "issuer/not-byte-identical")],
    select: [],
  });
  const by = new Map([
    [
      "issuer/not-byte-identical",
      { reason: "the CRL will be *reissued*: {1888371}", until: "2026-12-15", by: "config" },
    ],
    ["test/warning", { reason: "in the baseline crllint-baseline.json", by: "baseline" }],
  ] as const);
  const runs = report.runs.map((run) => {
    const findings = run.findings.map((finding) => {
      const suppressed = by.get(finding.rule as "test/warning");
      return suppressed === undefined ? finding : { ...finding, suppressed };
    });
    return withVerdict({ ...run, findings }, { failOn: "error" });
  });
  return { ...report, runs };
}

let all: Report | undefined;

/** All kinds of content of a report, linted once. */
export function mixed(): Report {
  if (all !== undefined) return all;
  const reports = [stormOf(2), crashed(), notACrl(), noticed(), suppressed(), reversed(), armored(), clean()];
  all = { ...reversed(), runs: reports.flatMap(({ runs }) => runs) };
  return all;
}

/** Texts of some of the rules in `mixed`. */
export const texts: readonly RuleText[] = [...endings, crash, notice, warning];
