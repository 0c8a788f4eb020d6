import { readCertificate } from "../cert/certificate.ts";
import { readCrl } from "../crl/read.ts";
import { bytesOf, hex, sameBytes } from "../der/span.ts";
import { type InputObject, readInput } from "../input/read.ts";
import { describeDifference } from "../checks/compare-names.ts";
import { diffNames } from "../name/diff.ts";
import { formatEncoded } from "../name/format.ts";
import type { Name } from "../name/parse.ts";
import { drawNames } from "../report/names.ts";
import { UsageError } from "../options/usage-error.ts";
import type { ExitCode, Io } from "./io.ts";
import type { Flags } from "../options/values.ts";
import { cannotRead } from "../files/cannot-read.ts";
import { readFile, readStdin } from "../files/read-files.ts";
import { chooseStyle } from "./style.ts";
import { toFit } from "./to-fit.ts";

/** A field with a Name. A CRL has only an issuer. */
type NameField = "issuer" | "subject";

interface NamedSide {
  readonly file: string;
  readonly kind: "CRL" | "CA";
  readonly bytes: Uint8Array;
  readonly name: Name;
  readonly path: string;
}

/**
 * Compares the Names of two files, RDN by RDN: the issuer of a CRL, the subject of a certificate. If one is a CRL and
 * the other a certificate, the CRL is shown on the left, whichever is given first.
 *
 * @returns 0 if both Name TLVs have the same bytes, otherwise 1
 * @throws UsageError if a file has no such Name, or several
 */
export async function names(files: readonly [string, string], flags: Flags<"names">, io: Io): Promise<ExitCode> {
  const first = await readSide(files[0], flags.left, io);
  const second = await readSide(files[1], flags.right, io);
  const isSwapped = first.kind === "CA" && second.kind === "CRL";
  const [left, right] = isSwapped ? [second, first] : [first, second];
  const difference = diffNames(left, right);
  const lines = [
    `${left.file}  ${left.path}`,
    `${right.file}  ${right.path}`,
    difference === undefined ? "the same bytes" : `not the same bytes: ${difference.summary}`,
  ];
  if (difference === undefined) lines.push("", formatEncoded(left.name, left.bytes));
  else {
    const width = flags.width ?? (io.isTty ? io.columns : undefined) ?? 120;
    const comparison = describeDifference(difference, left, right);
    lines.push("", ...drawNames(comparison, width, await chooseStyle(flags.color, io), labelsOf(left, right)));
  }
  if (flags.hex === true) lines.push("", `${right.path} of ${right.file}:`, hex(bytesOf(right.bytes, right.name)));
  await io.write(toFit(`${lines.join("\n")}\n`, io));
  return difference === undefined ? 0 : 1;
}

function labelsOf(left: NamedSide, right: NamedSide) {
  const differ = left.kind !== right.kind;
  return {
    left: titleOf(left, differ ? left.kind : "1st"),
    right: titleOf(right, differ ? right.kind : "2nd"),
    shortLeft: differ ? left.kind : "1st",
    shortRight: differ ? right.kind : "2nd",
  };
}

function titleOf({ path }: NamedSide, label: string): string {
  return `${label} ${path.endsWith("subject") ? "subject" : "issuer"}`;
}

async function readSide(path: string, field: NameField | undefined, io: Io): Promise<NamedSide> {
  const content = path === "-" ? await readStdin(io) : readFile(path);
  const { name: file } = content;
  if ("fault" in content) throw cannotRead(file, content.fault);
  const objects = readInput(file, content.bytes);
  const [side, ...others] = objects.flatMap((object) => sideOf(file, object, field) ?? []);
  if (side === undefined) {
    throw new UsageError(`${file}: no ${field ?? "name"} can be read in this; it is ${objects[0]?.identity.name}`);
  }
  if (others.some((other) => !sameBytes(bytesOf(other.bytes, other.name), bytesOf(side.bytes, side.name)))) {
    throw new UsageError(`${file}: ${others.length + 1} objects have a name to compare; give a file with one of them`);
  }
  return side;
}

function sideOf(file: string, { kind, artefact: { bytes } }: InputObject, field: NameField | undefined) {
  if (kind === "certificate") {
    const certificate = readCertificate(bytes);
    const name = field === "issuer" ? certificate?.issuer : certificate?.subject;
    const path = `tbsCertificate.${field ?? "subject"}`;
    return name && ({ file, kind: "CA", bytes, name, path } satisfies NamedSide);
  }
  if ((kind !== "crl" && kind !== "tbs") || field === "subject") return undefined;
  const name = readCrl(bytes, kind, { keep: 1 }).issuer;
  return name && ({ file, kind: "CRL", bytes, name, path: "tbsCertList.issuer" } satisfies NamedSide);
}
