import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodePem } from "../pem/encode.ts";
import { type Answer, answer, type Client, noAnswer, timeoutSeconds, type Trial } from "./client.ts";
import { runProgram, verifyEach } from "./run-program.ts";

/** The OpenSSL command, which requires a CRL of the CA. */
export const openssl = opensslClient("openssl", "-crl_check");

/** The OpenSSL command, which requires a CRL of each CA of the chain. */
export const opensslAll = opensslClient("openssl-all", "-crl_check_all");

function opensslClient(id: string, check: "-crl_check" | "-crl_check_all"): Client {
  const options = check === "-crl_check" ? [check] : ["-crl_check", check];
  return {
    id,
    name: "OpenSSL",
    mode: `openssl verify ${options.join(" ")}`,
    async version() {
      // LibreSSL has a command of the same name, and OpenSSL 1.1 reads CRLs only in PEM.
      const ended = await runProgram("openssl", ["version"], timeoutSeconds);
      return /^OpenSSL (?<version>(?:[3-9]|\d\d)\.\S+)/u.exec(ended?.out ?? "")?.groups?.["version"];
    },
    verify: (trials) => verifyEach(trials, (trial, directory) => verifyOne(options, trial, directory)),
  };
}

async function verifyOne(
  options: readonly string[],
  { root, ca, leaf, rootCrl, crl, further }: Trial,
  directory: string,
): Promise<Answer> {
  const write = (name: string, bytes: Uint8Array | string): string => {
    const file = join(directory, name);
    writeFileSync(file, bytes);
    return file;
  };
  const args = ["verify", ...options, "-no-CApath", "-no-CAstore"];
  args.push("-CAfile", write("root.pem", encodePem("CERTIFICATE", root)));
  args.push("-untrusted", write("ca.pem", encodePem("CERTIFICATE", ca)));
  args.push("-CRLfile", write("root.crl", rootCrl), "-CRLfile", write("ca.crl", crl));
  for (const [i, other] of further.entries()) args.push("-CRLfile", write(`${i}.crl`, other));
  args.push(write("leaf.pem", encodePem("CERTIFICATE", leaf)));
  const ended = await runProgram("openssl", args, timeoutSeconds);
  if (ended?.code === undefined) return noAnswer;
  if (ended.code === 0) return answer("accepted");
  const text = ended.err + ended.out;
  const error = /^error (?<number>\d+) at .*$/mu.exec(text);
  if (error === null) {
    // The error for a certificate that cannot be loaded also has no number.
    const [words = ""] = text.replaceAll(`${directory}/`, "").split("\n");
    return answer(/\bCRLs?\b/u.test(words) ? "crl-refused" : "rejected", words);
  }
  // X509_V_ERR_CERT_REVOKED
  return answer(error.groups?.["number"] === "23" ? "revoked" : "rejected", error[0]);
}
