import { tmpdir } from "node:os";
import { readCertificate } from "../cert/certificate.ts";
import { type Answer, type Client, timeoutSeconds } from "../clients/client.ts";
import { type Counterpart, makeCounterpart } from "../clients/counterpart.ts";
import { clients } from "../clients/index.ts";
import { trialOf } from "../clients/lab.ts";
import { abandonAll } from "../clients/run-program.ts";
import type { Crl } from "../crl/crl.ts";
import { unreadEntries } from "../crl/entries.ts";
import { readCrl } from "../crl/read.ts";
import { usualLimits } from "../der/limits.ts";
import { cannotRead } from "../files/cannot-read.ts";
import { CertificateList } from "../files/certificate-list.ts";
import { escapePath } from "../files/escape-path.ts";
import { readFile } from "../files/read-files.ts";
import { codeOf, reasonOf } from "../files/system-error.ts";
import type { GivenCa } from "../given/given.ts";
import { pair } from "../given/pair.ts";
import { readInput } from "../input/read.ts";
import { formatEncoded } from "../name/format.ts";
import { UsageError } from "../options/usage-error.ts";
import { nodeVerifier } from "../verify/node.ts";
import { beforeSignal } from "./before-signal.ts";
import type { ExitCode, Io } from "./io.ts";

/** Answers of a client. `revoked` is missing if the CRL lists no certificate. */
interface Row {
  readonly client: string;
  readonly revoked: Answer | undefined;
  readonly good: Answer;
}

/** The CRL, and the CA whose key signed it or that it names. */
interface Pair {
  readonly ca: GivenCa;
  /** Escaped name of the CRL's file. */
  readonly file: string;
  readonly crl: Crl;
  /** How the CA was found among several certificates; undefined if only one was given. */
  readonly why: string | undefined;
}

/**
 * Runs the clients on this machine with the counterpart of a CRL. Shows which of them would accept a revoked
 * certificate or reject a good one.
 *
 * @param files with one CRL and with the certificate of its CA, in any order
 * @returns 0 if none would; 1 if one would, or does not load the CRL; 2 if none could be run, or one did not answer
 * @throws UsageError if a file cannot be read, if the CRL or its CA is not found, or if no counterpart is possible
 */
export async function wouldBreak(files: readonly [string, string], io: Io): Promise<ExitCode> {
  const found = readPair(files);
  const { ca, crl, file } = found;
  const made = makeCounterpart(ca.certificate, crl, Math.floor(io.now()));
  if ("fault" in made) throw new UsageError(`${file}: ${made.fault}; lint it first`);
  const tried = await tryClients(made);
  const rows = tried.filter((each) => "client" in each);
  const untried = tried.filter((each) => "untried" in each);
  const lines = [...describe(made, found), ...warnings(crl), "", ...table(rows), "", ...conclusion(rows)];
  lines.push(...untried.map((each) => each.untried));
  lines.push("", ...limits(crl));
  await io.write(`${lines.join("\n")}\n`);
  if (rows.some((row) => acceptsRevoked(row) || rejectsGood(row) || refusesCrl(row))) return 1;
  return rows.length === 0 || rows.some(isSilent) ? 2 : 0;
}

function readPair(files: readonly string[]): Pair {
  const objects = files.flatMap((path) => {
    const content = readFile(path);
    if ("fault" in content) throw cannotRead(content.name, content.fault);
    return readInput(content.name, content.bytes);
  });
  const verifier = nodeVerifier();
  const certificates = new CertificateList(verifier);
  for (const { kind, artefact } of objects) {
    const certificate = kind === "certificate" ? readCertificate(artefact.bytes) : undefined;
    if (certificate !== undefined) certificates.add(certificate, artefact);
  }
  const { list } = certificates;
  const names = files.map((path) => escapePath(path)).join(" and ");
  if (list.length === 0) throw new UsageError(`${names}: no certificate of the CA can be read in these`);
  const [artefact, ...others] = objects.flatMap((each) => (each.kind === "crl" ? [each.artefact] : []));
  if (artefact === undefined) throw new UsageError(`${names}: neither holds a CRL`);
  if (others.length > 0) {
    const holders = [...new Set([artefact, ...others].map(({ name }) => name))].join(" and ");
    throw new UsageError(`${holders}: ${others.length + 1} CRLs; give one of them`);
  }
  const file = artefact.name;
  const crl = readCrl(artefact.bytes, "crl", { limits: { ...usualLimits, candidates: list.length } });
  const { ca, pairing, noCaFound } = pair(crl, { list, from: "operands", isTrusted: () => true }, [], verifier);
  if (ca === undefined) throw new UsageError(`${file}: ${noCaFound}; give the certificate of its CA`);
  if (ca.isAnother) {
    const fault = "this CRL is not of the CA whose certificate was given: its name and its key do not match";
    throw new UsageError(`${file}: ${fault} ${ca.artefact.name}`);
  }
  return { ca, file, crl, why: list.length === 1 ? undefined : pairing?.why };
}

/**
 * Tries all clients at the same time.
 *
 * @throws UsageError if their files cannot be written
 */
async function tryClients(made: Counterpart) {
  const stop = beforeSignal(abandonAll);
  try {
    return await Promise.all(clients.map((client) => tryClient(client, made)));
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    const directory = escapePath(tmpdir());
    const message = `cannot write the files of the clients to the temporary directory ${directory}: ${reasonOf(error)}`;
    throw new UsageError(message, { cause: error });
  } finally {
    stop();
    abandonAll();
  }
}

/** Returns the answers of a client; a text if it is not on this machine, or cannot use certificates of such a CA. */
async function tryClient(
  client: Client,
  { lab, crl, control, listed }: Counterpart,
): Promise<Row | { readonly untried: string }> {
  const version = await client.version();
  if (version === undefined) return { untried: `not on this machine, or too old: ${client.name} (${client.mode})` };
  const called = `${client.name} ${version} (${client.mode})`;
  const leaves = listed === undefined ? (["good"] as const) : (["good", "revoked"] as const);
  const trials = leaves.map((leaf) => trialOf(lab, leaf, crl));
  const answers = await client.verify([trialOf(lab, "good", control), ...trials]);
  const [valid, good, revoked] = answers;
  if (valid === undefined || good === undefined) throw new TypeError(`${client.id} gave no answer`);
  if (valid.outcome !== "accepted") {
    return { untried: `rejects certificates of such a CA whatever the CRL is: ${called}: ${valid.reason}` };
  }
  return { client: called, revoked, good };
}

const acceptsRevoked = ({ revoked }: Row): boolean => revoked?.outcome === "accepted";
const isSilent = ({ revoked, good }: Row): boolean => [revoked, good].some((each) => each?.outcome === "no-answer");
const rejectsGood = ({ good }: Row): boolean => good.outcome === "rejected" || good.outcome === "revoked";
const refusesCrl = ({ good }: Row): boolean => good.outcome === "crl-refused";

function describe({ algorithm, isMoved, listed }: Counterpart, { file, ca, why }: Pair): readonly string[] {
  const dates = isMoved ? "; all dates are moved by the same time, so that it is current" : ", dates included";
  return [
    `counterpart of ${file}`,
    ...(why === undefined ? [] : [`  CA: ${nameOf(ca)} in ${ca.artefact.name}, ${why}`]),
    `  the same tbsCertList${dates}`,
    `  signed with a test key (${algorithm}), by a CA with the same subject, serial and key identifier`,
    `  revoked certificate: ${listed === undefined ? "none, as no entry revokes one of this CA" : `serial ${listed}`}`,
  ];
}

function nameOf({ certificate: { subject, source } }: GivenCa): string {
  return formatEncoded(subject, source.bytes);
}

/** Returns a line if the CRL cannot be read in full: clients might reject the CRL itself, whatever they do here. */
function warnings({ unread, entries }: Crl): readonly string[] {
  const [field, why] = [...unread][0] ?? (entries.broken ? ["revokedCertificates", unreadEntries] : []);
  return field === undefined ? [] : [`  warning: the CRL cannot be read in full (${field}: ${why}); lint it first`];
}

const words: Readonly<Record<Answer["outcome"], string>> = {
  accepted: "accepted",
  revoked: "rejected: revoked",
  rejected: "rejected",
  "crl-refused": "CRL not loaded",
  "no-answer": `no answer in ${timeoutSeconds} s`,
};

/** Formats the answers as a table. Wrong outcomes are in capitals, so they are visible without color. */
function table(rows: readonly Row[]): readonly string[] {
  const cells = rows.map((row) => [
    row.client,
    row.revoked === undefined ? "-" : acceptsRevoked(row) ? "ACCEPTED" : words[row.revoked.outcome],
    rejectsGood(row) ? words[row.good.outcome].replace("rejected", "REJECTED") : words[row.good.outcome],
    row.good.reason,
  ]);
  const all = [["client", "revoked certificate", "good certificate", "reason"], ...cells];
  const widths = [0, 1, 2].map((i) => Math.max(...all.map((line) => line[i]?.length ?? 0)));
  return all.map((line) =>
    line
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function conclusion(rows: readonly Row[]): readonly string[] {
  if (rows.length === 0) return ["no client could be tried"];
  const count = (what: (row: Row) => boolean): string => `${rows.filter(what).length} of ${rows.length} clients`;
  const refused = `${count(refusesCrl)} would not load the CRL; without one, many applications accept all certificates`;
  return [
    `${count(acceptsRevoked)} would accept the revoked certificate; ${count(rejectsGood)} would reject the good one`,
    ...(rows.some(refusesCrl) ? [refused] : []),
  ];
}

/** Returns the limits of what the counterpart can show. */
function limits({ issuingDistributionPoint: idp }: Crl): readonly string[] {
  const point = idp?.distributionPoint === undefined ? "" : ", and whether they have its distribution point";
  return [
    "Not shown: the signature of the CRL itself, the bytes around tbsCertList and the form of the file;",
    "extensions of the CA certificate, such as keyUsage without cRLSign;",
    `your other certificates${point}. For these, lint the CRL.`,
  ];
}
