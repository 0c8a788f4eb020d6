import { reports } from "./index.ts";
import { filesOf, type Incident, isBuilt, type Kind, type Trial, type Unbuilt } from "./incident.ts";
import { commandOf, type InputName, neededInputs } from "./replay.ts";

/** Text of the README in the folder of an incident. */
export function incidentReadme(incident: Incident): string {
  const { id, title, sources, story, trials } = incident;
  const large = filesOf(incident).filter(({ isLarge }) => isLarge);
  const names = large.map(({ name }) => `\`${name}\``).join(" and ");
  const note = large.length === 0 ? "" : ` Too large to be kept, and built by the test alone: ${names}.`;
  return `# ${title}

Source: ${sources.map(showSource).join(", ")}

${story}

The files are built anew by \`npm run fixtures\` from what the report says; keys, serials and entries are made up.${note}

## What crllint says

${trials.map((trial) => trialText(trial, `fixtures/incidents/${id}`)).join("\n")}`;
}

function trialText(trial: Trial, folder: string): string {
  const { title, crl, expected, answer } = trial;
  const outcome = expected.length === 0 ? "nothing" : expected.map((rule) => `\`${rule}\``).join(", ");
  const command = commandOf(trial, folder);
  const lines = [`${title}: ${outcome}`, ""];
  if (command === undefined) return [...lines, `With \`lintCrl\` on \`${crl.name}\`.`, ""].join("\n");
  if (answer?.failure !== undefined) lines.push(`Nothing comes from the server: ${answer.failure.why}.`, "");
  else if (answer !== undefined) {
    const fields = Object.entries(answer.headers).map(([name, value]) => `\`${name}: ${value}\``);
    lines.push(`The server answers with status ${answer.status}, ${fields.join(", ")} and \`${crl.name}\`.`, "");
  }
  return [...lines, "```sh", `crllint ${command.join(" ")}`, "```", ""].join("\n");
}

/** Whether something went wrong, rather than was learnt. */
function isFailure({ kind }: Unbuilt): boolean {
  return kind !== "policy" && kind !== "linter";
}

function showSource(source: string): string {
  return source.startsWith("http") ? `<${source}>` : source;
}

/** What an input is called. */
const inputNames: Readonly<Record<InputName, string>> = {
  ca: "CA certificate",
  now: "time",
  previous: "previous CRL",
  base: "base CRL",
  certificates: "certificates",
  revoked: "certificates known to be revoked",
  shards: "other partitions",
  ccadb: "CCADB record",
  answer: "HTTP response",
};

/** Steps of the ladder, the cheapest first: what has to be given to get there, and the inputs that mean this step. */
const steps: readonly (readonly [title: string, inputs: readonly InputName[]])[] = [
  ["the CRL alone", []],
  ["+ the issuing CA's certificate", ["ca"]],
  ["+ the time of day", ["now"]],
  ["+ the previous CRL", ["previous", "base"]],
  ["+ certificates in scope", ["certificates", "revoked"]],
  ["+ sibling partitions and the CCADB record", ["shards", "ccadb"]],
  ["+ the HTTP response", ["answer"]],
];

/** How an incident is caught. */
interface Catch {
  readonly rules: readonly string[];
  readonly inputs: readonly InputName[];
  /** Index in `steps`. */
  readonly step: number;
}

/** What catches an incident, and the inputs that its first faulty CRL needs; undefined where all trials are silent. */
function catchOf(incident: Incident | Unbuilt): Catch | undefined {
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
  ["What policies and linters learnt", ["policy", "linter"]],
];

/** Text of docs/incidents.md. */
export function incidentsPage(): string {
  const judged = reports.map((report) => ({ report, caught: catchOf(report) }));
  const atCas = judged.filter(({ report }) => report.kind === "ca");
  const caught = atCas.filter((one) => one.caught !== undefined);
  const rows = steps.map(([title], step) => {
    const here = caught.filter((one) => one.caught?.step === step).length;
    const sofar = caught.filter((one) => (one.caught?.step ?? steps.length) <= step).length;
    return `| ${title} | ${here} | ${sofar} |`;
  });
  const missed = atCas.filter((one) => one.caught === undefined);
  return `# Incidents

${reports.length} reports of what went wrong with CRLs, from public bug trackers, mailing lists and repositories, and what crllint says of
each. Those with a link are built anew from what the report says, in [fixtures/incidents](../fixtures/incidents), and
replayed by \`npm test\`, each with a sound twin that must stay silent.

Of the ${atCas.length} incidents at CAs, crllint catches ${caught.length}:

| given to crllint | shows first here | altogether |
| --- | --- | --- |
${rows.join("\n")}

Which inputs an incident needs is not claimed but tried: each is taken away, the dearest first, as long as one of the
rules still finds it. ${caught.filter(({ report }) => isBuilt(report) && report.remark !== undefined).length} of them take an option that the table names: a limit the CA had set itself, or a requirement younger
than the incident. The ${missed.length} that are not caught:

${missed.map(({ report }) => `- ${report.title}: ${isBuilt(report) ? "" : report.why}`).join("\n")}

${groups
  .map(([title, kinds]) =>
    table(
      title,
      judged.filter(({ report }) => kinds.includes(report.kind)),
    ),
  )
  .join("\n")}
`;
}

function table(title: string, rows: readonly { report: Incident | Unbuilt; caught: Catch | undefined }[]): string {
  const lines = rows.map(({ report, caught }) => {
    const { id, date, title: what, sources } = report;
    const [source = ""] = sources;
    const name = isBuilt(report) ? `[${id}](../fixtures/incidents/${id}/README.md)` : id;
    const where = source.startsWith("http") ? `[${what}](${source})` : what;
    return `| ${name} | ${date} | ${where} | ${verdict(report, caught)} |`;
  });
  return `## ${title}\n\n| id | date | what | what crllint says |\n| --- | --- | --- | --- |\n${lines.join("\n")}\n`;
}

function verdict(report: Incident | Unbuilt, caught: Catch | undefined): string {
  if (!isBuilt(report)) return `${isFailure(report) ? "not caught" : "nothing to catch"}: ${report.why}`;
  if (caught === undefined) return "nothing: the CRL is sound, and crllint has to stay silent";
  const rules = caught.rules.map((rule) => `[${rule}](rules/${rule}.md)`).join(", ");
  const inputs = ["CRL", ...caught.inputs.map((input) => inputNames[input])].join(", ");
  return `${rules}; needs: ${inputs}${report.remark === undefined ? "" : ` (${report.remark})`}`;
}
