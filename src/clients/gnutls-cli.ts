import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodePem } from "../pem/encode.ts";
import { type Answer, answer, type Client, noAnswer, timeoutSeconds, type Trial } from "./client.ts";
import { asPem, withServer } from "./loopback.ts";
import { runProgram, verifyEach } from "./run-program.ts";

/** The TLS client of GnuTLS. It loads a CRL only if the signature verifies and the CRL is current. */
export const gnutlsCli: Client = {
  id: "gnutls-cli",
  name: "GnuTLS",
  mode: "gnutls-cli --x509crlfile",
  async version() {
    const ended = await runProgram("gnutls-cli", ["--version"], timeoutSeconds);
    return /^gnutls-cli (?<version>\d\S+)/u.exec(ended?.out ?? "")?.groups?.["version"];
  },
  verify: (trials) => verifyEach(trials, verifyOne),
};

async function verifyOne(trial: Trial, directory: string): Promise<Answer> {
  const [anchors, crls] = [join(directory, "root.pem"), join(directory, "crls.pem")];
  // Includes the CA, because GnuTLS verifies the signature of a CRL only with the keys of this list.
  writeFileSync(anchors, encodePem("CERTIFICATE", trial.root) + encodePem("CERTIFICATE", trial.ca));
  writeFileSync(crls, Buffer.concat([trial.crl, trial.rootCrl, ...trial.further].map(asPem)));
  const args = ["--x509cafile", anchors, "--x509crlfile", crls, "--verify-hostname", "localhost"];
  return withServer(trial, async (port) => {
    const ended = await runProgram("gnutls-cli", [...args, "-p", String(port), "127.0.0.1"], timeoutSeconds);
    if (ended?.code === undefined) return noAnswer;
    const text = `${ended.out}\n${ended.err}`;
    if (text.includes("- Status: The certificate is trusted")) return answer("accepted");
    const status = /^- Status: (?<words>.*)$/mu.exec(text)?.groups?.["words"];
    if (status !== undefined) return answer(status.includes("revoked") ? "revoked" : "rejected", status);
    const error = /^(?:Error|\*\*\*|\|<\d+>\|) ?(?<words>.*)$/mu.exec(text)?.groups?.["words"] ?? "";
    return answer(/\bCRL/u.test(error) ? "crl-refused" : "rejected", error.replaceAll(`${directory}/`, ""));
  });
}
