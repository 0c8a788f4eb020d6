import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodePem } from "../pem/encode.ts";
import { type Answer, answer, type Client, noAnswer, timeoutSeconds, type Trial } from "./client.ts";
import { asPem, withServer } from "./loopback.ts";
import { runProgram, verifyEach } from "./run-program.ts";

/** The curl command, if its TLS library is OpenSSL. */
export const curl: Client = {
  id: "curl",
  name: "curl",
  mode: "curl --crlfile",
  async version() {
    const ended = await runProgram("curl", ["-q", "--version"], timeoutSeconds);
    const { groups } = /^curl (?<curl>\S+).* (?<library>OpenSSL\/\S+)/u.exec(ended?.out ?? "") ?? {};
    return groups && `${groups["curl"]} with ${groups["library"]?.replace("/", " ")}`;
  },
  verify: (trials) => verifyEach(trials, verifyOne),
};

async function verifyOne(trial: Trial, directory: string): Promise<Answer> {
  const [cacert, crlfile] = [join(directory, "root.pem"), join(directory, "crls.pem")];
  writeFileSync(cacert, encodePem("CERTIFICATE", trial.root));
  // curl needs one file for all CRLs. The root's comes last, so text at the start of a published file stays there.
  writeFileSync(crlfile, Buffer.concat([trial.crl, trial.rootCrl, ...trial.further].map(asPem)));
  // -q ignores the user's settings, which may turn verification off.
  const args = ["-q", "--silent", "--show-error", "--noproxy", "*", "--cacert", cacert, "--crlfile", crlfile];
  return withServer(trial, async (port) => {
    const place = ["--resolve", `localhost:${port}:127.0.0.1`, `https://localhost:${port}/`];
    const ended = await runProgram("curl", [...args, ...place], timeoutSeconds);
    if (ended?.code === undefined) return noAnswer;
    if (ended.code === 0) return answer("accepted");
    // The lines after the first one explain certificates in general.
    const words = (ended.err.split("\n")[0] ?? "").replaceAll(`${directory}/`, "");
    // CURLE_SSL_CRL_BADFILE
    if (ended.code === 82) return answer("crl-refused", words);
    return answer(words.includes("certificate revoked") ? "revoked" : "rejected", words);
  });
}
