import { connect, createSecureContext, type SecureContext } from "node:tls";
import { encodePem } from "../pem/encode.ts";
import { type Answer, answer, type Client, noAnswer, timeoutSeconds, type Trial } from "./client.ts";
import { asPem, withServer } from "./loopback.ts";

/** The tls module of the Node.js that runs crllint. */
export const nodeTls: Client = {
  id: "node",
  name: "Node",
  mode: "tls.connect with the option crl",
  version: () => Promise.resolve(process.versions.node),
  async verify(trials) {
    const answers: Answer[] = [];
    for (const trial of trials) answers.push(await verifyOne(trial));
    return answers;
  },
};

async function verifyOne(trial: Trial): Promise<Answer> {
  let secureContext: SecureContext;
  try {
    const crl = [trial.rootCrl, trial.crl, ...trial.further].map((bytes) => Buffer.from(asPem(bytes)));
    secureContext = createSecureContext({ ca: encodePem("CERTIFICATE", trial.root), crl });
  } catch (error) {
    return answer("crl-refused", (error as Error).message);
  }
  return withServer(
    trial,
    (port) =>
      new Promise((resolve) => {
        const host = { host: "127.0.0.1", servername: "localhost", port };
        const socket = connect({ ...host, secureContext, rejectUnauthorized: true }, () => {
          socket.destroy();
          resolve(answer("accepted"));
        });
        socket.setTimeout(timeoutSeconds * 1000, () => {
          socket.destroy();
          resolve(noAnswer);
        });
        socket.on("error", (error: NodeJS.ErrnoException) => {
          resolve(answer(error.code === "CERT_REVOKED" ? "revoked" : "rejected", `${error.code}: ${error.message}`));
        });
      }),
  );
}
