import { type Answer, answer, type Client, noAnswer, timeoutSeconds, type Trial } from "./client.ts";
import { runProgram, verifyEach } from "./run-program.ts";
import { writeTrial } from "./trial-files.ts";

/** The PKI tool of strongSwan. */
export const strongswan: Client = {
  id: "strongswan",
  name: "strongSwan",
  mode: "pki --verify --crl",
  async version() {
    const ended = await runProgram("pki", ["--help"], timeoutSeconds);
    return /^strongSwan (?<version>\d\S*) PKI tool/mu.exec(ended?.out ?? "")?.groups?.["version"];
  },
  verify: (trials) => verifyEach(trials, verifyOne),
};

async function verifyOne(trial: Trial, directory: string): Promise<Answer> {
  const { root, ca, leaf, crls } = writeTrial(trial, directory);
  const args = ["--verify", "--in", leaf, "--cacert", root, "--cacert", ca, ...crls.flatMap((crl) => ["--crl", crl])];
  const ended = await runProgram("pki", args, timeoutSeconds);
  if (ended?.code === undefined) return noAnswer;
  if (ended.code === 0) return answer("accepted");
  const lines = `${ended.err}\n${ended.out}`.replaceAll(`${directory}/`, "").split("\n");
  const words = lines.find(
    (line) => /revoked|parsing|building CRED|fail|invalid/iu.test(line) && !line.startsWith("plugin"),
  );
  if (lines.some((line) => line.includes("certificate was revoked"))) return answer("revoked");
  return answer(/parsing CRL|building CRED.*CRL/iu.test(lines.join(" ")) ? "crl-refused" : "rejected", words);
}
