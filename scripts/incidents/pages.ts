import { reports } from "./index.ts";
import { filesOf, type Incident, isBuilt, type Kind, type Trial, type Unbuilt } from "./incident.ts";
import { commandOf, type InputName, neededInputs } from "./replay.ts";

/** Returns the text of the README in the directory of an incident. */
export function incidentReadme(incident: Incident): string {
  const { id, title, sources, story, trials } = incident;
  const large = filesOf(incident).filter(({ isLarge }) => isLarge);
  const names = large.map(({ name }) => `\`${name}\``).join(" and ");
  const note =
    large.length === 0 ? "" : ` Some files are too large for the repository, and only the test builds them: ${names}.`;
  return `# ${title}

Source: ${sources.map(showSource).join(", ")}

${story}

\`npm run fixtures\` rebuilds the files from the report. Keys, serials and entries are fictional.${note}

## What crllint reports

${trials.map((trial) => trialText(trial, `fixtures/incidents/${id}`)).join("\n")}`;
}

function trialText(trial: Trial, folder: string): string {
  const { title, crl, expected, answer } = trial;
  const outcome = expected.length === 0 ? "no finding" : expected.map((rule) => `\`${rule}\``).join(", ");
  const command = commandOf(trial, folder);
  const lines = [`${title}: ${outcome}`, ""];
  if (command === undefined) return [...lines, `With \`lintCrl\` on \`${crl.name}\`.`, ""].join("\n");
  if (answer?.failure !== undefined) lines.push(`The server sends no response: ${answer.failure.why}.`, "");
  else if (answer !== undefined) {
    const fields = Object.entries(answer.headers).map(([name, value]) => `\`${name}: ${value}\``);
    lines.push(`The server responds with status ${answer.status}, ${fields.join(", ")} and \`${crl.name}\`.`, "");
  }
  return [...lines, "```sh", `crllint ${command.join(" ")}`, "```", ""].join("\n");
}

/** Whether a report is about a failure, not about a policy or a linter. */
function isFailure({ kind }: Unbuilt): boolean {
  return kind !== "policy" && kind !== "linter";
}

function showSource(source: string): string {
  return source.startsWith("http") ? `<${source}>` : source;
}

/** Names of the inputs. */
const inputNames: Readonly<Record<InputName, string>> = {
  ca: "CA certificate",
  now: "time",
  previous: "previous CRL",
  base: "base CRL",
  certificates: "certificates in scope",
  revoked: "certificates known to be revoked",
  shards: "other partitions",
  ccadb: "CCADB record",
  answer: "HTTP response",
};

/** Steps of additional inputs, the easiest to obtain first, with the inputs that belong to each step. */
const steps: readonly (readonly [title: string, inputs: readonly InputName[]])[] = [
  ["the CRL alone", []],
  ["+ the issuing CA's certificate", ["ca"]],
  ["+ the current time", ["now"]],
  ["+ the previous CRL", ["previous", "base"]],
  ["+ certificates in scope", ["certificates", "revoked"]],
  ["+ sibling partitions and the CCADB record", ["shards", "ccadb"]],
  ["+ the HTTP response", ["answer"]],
];

/** The rules and inputs that detect an incident. */
interface Detection {
  readonly rules: readonly string[];
  readonly inputs: readonly InputName[];
  /** Index in `steps`. */
  readonly step: number;
}

/** Returns the rules for an incident, and the inputs for its first faulty CRL; undefined if no trial has a finding. */
function detectionOf(incident: Incident | Unbuilt): Detection | undefined {
  const faulty = isBuilt(incident) ? incident.trials.filter(({ expected }) => expected.length > 0) : [];
  const [first] = faulty;
  if (first === undefined) return undefined;
  const inputs = neededInputs(first);
  const step = steps.findLastIndex(([, names]) => names.some((name) => inputs.includes(name)));
  return { rules: [...new Set(faulty.flatMap(({ expected }) => expected))].sort(), inputs, step: Math.max(step, 0) };
}

const groups: readonly (readonly [title: string, kinds: readonly Kind[]])[] = [
  ["At certification authorities", ["ca"]],
  ["In software that CAs run", ["ca-software"]],
  ["In software that reads CRLs", ["reader"]],
  ["In policies and linters", ["policy", "linter"]],
];

/** Returns the text of docs/incidents.md. */
export function incidentsPage(): string {
  const incidents = reports.map((report) => ({ report, detected: detectionOf(report) }));
  const atCas = incidents.filter(({ report }) => report.kind === "ca");
  const detected = atCas.filter((one) => one.detected !== undefined);
  const rows = steps.map(([title], step) => {
    const first = detected.filter((one) => one.detected?.step === step).length;
    const sofar = detected.filter((one) => (one.detected?.step ?? steps.length) <= step).length;
    return `| ${title} | ${first} | ${sofar} |`;
  });
  const missed = atCas.filter((one) => one.detected === undefined);
  return `# Incidents

This page lists ${reports.length} reports of CRL failures from public bug trackers, mailing lists and repositories, and the findings of
crllint for each. Reports with a link are rebuilt in [fixtures/incidents](../fixtures/incidents) and linted by \`npm test\`.
Each has a valid counterpart that must have no finding.

crllint detects ${detected.length} of the ${atCas.length} incidents at CAs:

| inputs of crllint | detected first with these | total |
| --- | --- | --- |
${rows.join("\n")}

The inputs that an incident needs are determined by experiment: each input is removed, the hardest to obtain first, if one
of the rules still reports the incident. ${detected.filter(({ report }) => isBuilt(report) && report.remark !== undefined).length} of these incidents need an option, which the table shows, for a limit that the CA
had set itself or a requirement that took effect after the incident. ${missed.length} incidents are not detected:

${missed.map(({ report }) => `- ${report.title}: ${isBuilt(report) ? "" : report.why}`).join("\n")}

${groups
  .map(([title, kinds]) =>
    table(
      title,
      incidents.filter(({ report }) => kinds.includes(report.kind)),
    ),
  )
  .join("\n")}
`;
}

function table(
  title: string,
  rows: readonly { report: Incident | Unbuilt; detected: Detection | undefined }[],
): string {
  const lines = rows.map(({ report, detected }) => {
    const { id, date, title: what, sources } = report;
    const [source = ""] = sources;
    const name = isBuilt(report) ? `[${id}](../fixtures/incidents/${id}/README.md)` : id;
    const where = source.startsWith("http") ? `[${what}](${source})` : what;
    return `| ${name} | ${date} | ${where} | ${verdict(report, detected)} |`;
  });
  return `## ${title}\n\n| id | date | incident | findings of crllint |\n| --- | --- | --- | --- |\n${lines.join("\n")}\n`;
}

function verdict(report: Incident | Unbuilt, detected: Detection | undefined): string {
  if (!isBuilt(report)) return `${isFailure(report) ? "not detected" : "nothing to detect"}: ${report.why}`;
  if (detected === undefined) return "no finding: the CRL is valid, and crllint must not report it";
  const rules = detected.rules.map((rule) => `[${rule}](rules/${rule}.md)`).join(", ");
  const inputs = ["CRL", ...detected.inputs.map((input) => inputNames[input])].join(", ");
  return `${rules}; needs: ${inputs}${report.remark === undefined ? "" : ` (${report.remark})`}`;
}
