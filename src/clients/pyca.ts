import { type Client, timeoutSeconds } from "./client.ts";
import { runProgram } from "./run-program.ts";
import { answersIn, trialLine } from "./trial-files.ts";

/** The package cryptography of Python. It has no verifier that uses CRLs, so a careful application of it is tried. */
export const pyca: Client = {
  id: "pyca",
  name: "python3-cryptography",
  mode: "x509 in a careful application",
  async version() {
    const ended = await runPython(["version"], "", timeoutSeconds);
    return ended?.code === 0 ? ended.out.trim() : undefined;
  },
  verify: async (trials) =>
    answersIn(await runPython([], trials.map(trialLine).join(""), timeoutSeconds + trials.length), trials),
};

/**
 * Runs the system's Python: a user's Python may have other packages. Ignores its warnings, which are about deprecated
 * calls.
 */
function runPython(args: readonly string[], input: string, seconds: number) {
  return runProgram("/usr/bin/python3", ["-W", "ignore", "-c", source, ...args], seconds, input);
}

/** Program that reads a line for each trial, and writes its outcome and, after a tab, its reason. */
const source = String.raw`
import base64, datetime, sys
import cryptography
from cryptography import x509

if len(sys.argv) > 1:
    print(cryptography.__version__)
    sys.exit()

def load(crl):
    return x509.load_der_x509_crl(crl) if crl[:1] == b"0" else x509.load_pem_x509_crl(crl)

def answer(root, ca, leaf, root_crl, *crls):
    try:
        loaded = [load(crl) for crl in crls]
    except Exception as error:
        return "crl-refused\t%s: %s" % (type(error).__name__, error)
    why = "no CRL"
    try:
        ca, leaf = x509.load_der_x509_certificate(ca), x509.load_der_x509_certificate(leaf)
        now = datetime.datetime.utcnow()
        used = False
        for crl in loaded:
            if crl.issuer != ca.subject:
                why = "the issuer is not the CA's subject"
            elif not crl.is_signature_valid(ca.public_key()):
                why = "the signature does not verify"
            elif crl.last_update > now:
                why = "last_update has not come"
            elif crl.next_update is not None and crl.next_update < now:
                why = "next_update has passed"
            else:
                used = True
                entry = crl.get_revoked_certificate_by_serial_number(leaf.serial_number)
                if entry is not None:
                    list(entry.extensions)
                    return "revoked\t"
    except Exception as error:
        return "rejected\t%s: %s" % (type(error).__name__, error)
    return "accepted\t" if used else "rejected\t" + why

for line in sys.stdin:
    text = answer(*map(base64.b64decode, line.split()))
    print(text.replace("\n", " "), flush=True)
`;
