import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodePem } from "../pem/encode.ts";
import { type Answer, answer, type Client, noAnswer, patience, type Trial } from "./client.ts";
import { runProgram, withDirectory } from "./run-program.ts";

/** The command of OpenSSL. */
export const openssl: Client = {
  id: "openssl",
  name: "OpenSSL",
  mode: "openssl verify -crl_check",
  async version() {
    // LibreSSL has a command of the same name, and OpenSSL 1.1 reads CRLs only in PEM.
    const ended = await runProgram("openssl", ["version"], patience);
    return /^OpenSSL (?<version>(?:[3-9]|\d\d)\.\S+)/u.exec(ended?.out ?? "")?.groups?.["version"];
  },
  verify: (trials) =>
    withDirectory(async (directory) => {
      const answers: Answer[] = [];
      for (const trial of trials) answers.push(await verifyOne(trial, directory));
      return answers;
    }),
};

async function verifyOne({ root, ca, leaf, rootCrl, crl }: Trial, directory: string): Promise<Answer> {
  const write = (name: string, bytes: Uint8Array | string): string => {
    const file = join(directory, name);
    writeFileSync(file, bytes);
    return file;
  };
  const args = ["verify", "-crl_check", "-no-CApath", "-no-CAstore"];
  args.push("-CAfile", write("root.pem", encodePem("CERTIFICATE", root)));
  args.push("-untrusted", write("ca.pem", encodePem("CERTIFICATE", ca)));
  args.push("-CRLfile", write("root.crl", rootCrl), "-CRLfile", write("ca.crl", crl));
  args.push(write("leaf.pem", encodePem("CERTIFICATE", leaf)));
  const ended = await runProgram("openssl", args, patience);
  if (ended?.code === undefined) return noAnswer;
  if (ended.code === 0) return answer("accepted");
  const text = ended.err + ended.out;
  const error = /^error (?<number>\d+) at .*$/mu.exec(text);
  if (error === null) {
    // A certificate that cannot be loaded has no number, either.
    const [words = ""] = text.replaceAll(`${directory}/`, "").split("\n");
    return answer(/\bCRLs?\b/u.test(words) ? "crl-refused" : "rejected", words);
  }
  // X509_V_ERR_CERT_REVOKED
  return answer(error.groups?.["number"] === "23" ? "revoked" : "rejected", error[0]);
}
