import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Answer, answer, type Client, noAnswer, timeoutSeconds, type Trial } from "./client.ts";
import { runProgram, withDirectory } from "./run-program.ts";
import { writeTrial } from "./trial-files.ts";

/** NSS with its command-line tools: CRLs are imported into a database, and vfychain verifies the certificate. */
export const nss: Client = {
  id: "nss",
  name: "NSS",
  mode: "crlutil -I, vfychain -u 1",
  async version() {
    const tools = await Promise.all(
      ["certutil", "crlutil", "vfychain"].map((tool) => runProgram(tool, [], timeoutSeconds)),
    );
    return tools.includes(undefined) ? undefined : libraryVersion();
  },
  verify: (trials) =>
    withDirectory(async (directory) => {
      const empty = join(directory, "empty");
      mkdirSync(empty);
      await runProgram("certutil", ["-N", "-d", `sql:${empty}`, "--empty-password"], timeoutSeconds);
      const answers: Answer[] = [];
      for (const trial of trials) answers.push(await withDirectory((own) => verifyOne(trial, empty, own)));
      return answers;
    }),
};

/** Returns the version from the library that the tools load: they do not show a version themselves. */
async function libraryVersion(): Promise<string | undefined> {
  const path = await runProgram("sh", ["-c", 'ldd "$(command -v vfychain)"'], timeoutSeconds);
  const library = /libnss3\.so => (?<file>\S+)/u.exec(path?.out ?? "")?.groups?.["file"];
  if (library === undefined) return undefined;
  return /Version: NSS (?<version>\d[\d.]*)/u.exec(readFileSync(library, "latin1"))?.groups?.["version"];
}

/**
 * Runs one trial.
 *
 * @param empty an empty database, which is copied
 * @param own new directory for the files of the trial and the copy
 */
async function verifyOne(trial: Trial, empty: string, own: string): Promise<Answer> {
  const { root, ca, leaf, crls } = writeTrial(trial, own);
  const database = `sql:${join(own, "database")}`;
  cpSync(empty, join(own, "database"), { recursive: true });
  for (const [name, trust, file] of [
    ["root", "C,C,C", root],
    ["ca", ",,", ca],
  ] as const) {
    await runProgram("certutil", ["-A", "-d", database, "-n", name, "-t", trust, "-i", file], timeoutSeconds);
  }
  for (const crl of crls) {
    const ended = await runProgram("crlutil", ["-I", "-d", database, "-i", crl], timeoutSeconds);
    if (ended?.code === undefined) return noAnswer;
    if (ended.code !== 0) return answer("crl-refused", wordsOf(ended.err));
  }
  const ended = await runProgram("vfychain", ["-d", database, "-u", "1", leaf], timeoutSeconds);
  if (ended?.code === undefined) return noAnswer;
  const text = ended.out + ended.err;
  if (text.includes("Chain is good")) return answer("accepted");
  return answer(/has been revoked/u.test(text) ? "revoked" : "rejected", wordsOf(text));
}

/** Returns the error in the output: crlutil writes its name and text, vfychain its number and text. */
function wordsOf(text: string): string {
  return /SEC_ERROR_[^\n]*|(?<=ERROR )-\d+: [^\n]*/u.exec(text)?.[0] ?? text;
}
