import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Answer, answer, type Client, noAnswer, timeoutSeconds, type Trial } from "../../src/clients/client.ts";
import { asPem, withServer } from "../../src/clients/loopback.ts";
import { runProgram } from "../../src/clients/run-program.ts";
import { encodePem } from "../../src/pem/encode.ts";
import { withProgram } from "./compiled.ts";

const [source, options] = ["curl-gnutls.c", ["-l:libcurl-gnutls.so.4"]] as const;

/** The library curl with GnuTLS. It does not give the reason for rejecting a certificate. */
export const curlGnutls: Client = {
  id: "curl-gnutls",
  name: "curl with GnuTLS",
  mode: "CURLOPT_CRLFILE",
  version: () =>
    withProgram(source, options, async (program) => {
      const ended = await runProgram(program, [], timeoutSeconds);
      const { groups } = /^libcurl\/(?<curl>\S+) GnuTLS\/(?<gnutls>\S+)/u.exec(ended?.out ?? "") ?? {};
      return groups && `${groups["curl"]}, GnuTLS ${groups["gnutls"]}`;
    }),
  verify: async (trials) => {
    const answers = await withProgram(source, options, async (program, directory) => {
      const all: Answer[] = [];
      for (const trial of trials) all.push(await verifyOne(trial, program, directory));
      return all;
    });
    if (answers === undefined) throw new Error(`${source} cannot be compiled`);
    return answers;
  },
};

async function verifyOne(trial: Trial, program: string, directory: string): Promise<Answer> {
  const [anchors, crls] = [join(directory, "anchors.pem"), join(directory, "crls.pem")];
  // GnuTLS verifies a chain only with CRLs of trusted CAs.
  writeFileSync(anchors, encodePem("CERTIFICATE", trial.root) + encodePem("CERTIFICATE", trial.ca));
  writeFileSync(crls, Buffer.concat([trial.crl, trial.rootCrl, ...trial.further].map(asPem)));
  return withServer(trial, async (port) => {
    const ended = await runProgram(program, [`https://localhost:${port}/`, anchors, crls], timeoutSeconds);
    if (ended?.code === undefined) return noAnswer;
    const [code, words] = ended.out.trim().split("\t");
    if (code === "0") return answer("accepted");
    // CURLE_OPERATION_TIMEDOUT, CURLE_SSL_CRL_BADFILE
    if (code === "28") return noAnswer;
    return answer(code === "82" ? "crl-refused" : "rejected", words?.replaceAll(`${directory}/`, ""));
  });
}
