import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Answer, answer, type Client, noAnswer, type Outcome, patience } from "./client.ts";
import { runProgram, withDirectory } from "./run-program.ts";

/** Java's CertPathValidator with revocation enabled and all else as it is by default. */
export const javaHard = javaClient("java", "CertPathValidator PKIX, hard fail", "hard");

/** The same with PKIXRevocationChecker and its option SOFT_FAIL. */
export const javaSoft = javaClient("java-soft", "CertPathValidator PKIX, SOFT_FAIL", "soft");

function javaClient(id: string, mode: string, fail: "hard" | "soft"): Client {
  return {
    id,
    name: "Java",
    mode,
    version: () => (version ??= findVersion()),
    async verify(trials) {
      const lines = trials.map(({ root, ca, leaf, rootCrl, crl }) =>
        [root, ca, leaf, rootCrl, crl].map((bytes) => Buffer.from(bytes).toString("base64")).join(" "),
      );
      // One virtual machine for all trials: it takes longer to start than to answer.
      const ended = await runJava([fail], `${lines.join("\n")}\n`, patience + trials.length);
      const answers = (ended?.out ?? "").split("\n").slice(0, -1).map(answerIn);
      return trials.map((_, i) => answers[i] ?? noAnswer);
    },
  };
}

/** Found out once for both modes. */
let version: Promise<string | undefined> | undefined;

async function findVersion(): Promise<string | undefined> {
  // A Java without a compiler cannot run a source file.
  const ended = await runJava(["version"], "", patience);
  return ended?.code === 0 ? ended.out.trim() : undefined;
}

function answerIn(line: string): Answer {
  const [outcome = "", words] = line.split("\t");
  return answer(outcome as Outcome, words);
}

function runJava(args: readonly string[], input: string, seconds: number) {
  return withDirectory((directory) => {
    const file = join(directory, "Pkix.java");
    writeFileSync(file, source);
    // Without java.naming there is no LDAP, and the source refuses HTTP: nothing is fetched.
    const modules = ["--limit-modules", "java.base,jdk.compiler"];
    return runProgram("java", [...modules, file, ...args], seconds, input);
  });
}

/** Reads a line for each trial, and writes its outcome and its reason after a tab. */
const source = String.raw`
import java.io.*;
import java.net.*;
import java.security.cert.*;
import java.util.*;

public class Pkix {
  static CertificateFactory factory;

  public static void main(String[] args) throws Exception {
    if (args[0].equals("version")) {
      System.out.println(System.getProperty("java.version"));
      return;
    }
    URL.setURLStreamHandlerFactory(scheme -> !scheme.startsWith("http") ? null : new URLStreamHandler() {
      protected URLConnection openConnection(URL url) throws IOException {
        throw new IOException("nothing is fetched");
      }
    });
    factory = CertificateFactory.getInstance("X.509");
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line; (line = in.readLine()) != null;) {
      System.out.println(answer(line.split(" "), args[0].equals("soft")).replaceAll("[\r\n]+", " "));
      System.out.flush();
    }
  }

  static InputStream bytes(String base64) {
    return new ByteArrayInputStream(Base64.getDecoder().decode(base64));
  }

  static X509Certificate certificate(String base64) throws Exception {
    return (X509Certificate) factory.generateCertificate(bytes(base64));
  }

  static String answer(String[] trial, boolean isSoft) throws Exception {
    List<Object> store = new ArrayList<>();
    try {
      for (int i = 3; i < 5; i++) {
        CRL crl = factory.generateCRL(bytes(trial[i]));
        if (crl == null) return "crl-refused\tgenerateCRL returns null";
        store.add(crl);
      }
    } catch (Exception error) {
      return "crl-refused\t" + error;
    }
    try {
      X509Certificate root = certificate(trial[0]), ca = certificate(trial[1]), leaf = certificate(trial[2]);
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
      parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(store)));
      CertPathValidator validator = CertPathValidator.getInstance("PKIX");
      if (isSoft) {
        PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
        checker.setOptions(EnumSet.of(
          PKIXRevocationChecker.Option.SOFT_FAIL,
          PKIXRevocationChecker.Option.PREFER_CRLS,
          PKIXRevocationChecker.Option.NO_FALLBACK));
        parameters.addCertPathChecker(checker);
      }
      validator.validate(factory.generateCertPath(List.of(leaf, ca)), parameters);
      return "accepted\t";
    } catch (CertPathValidatorException error) {
      boolean isRevoked = error.getReason() == CertPathValidatorException.BasicReason.REVOKED;
      return (isRevoked ? "revoked" : "rejected") + "\t" + error.getReason() + ": " + error.getMessage();
    } catch (Exception error) {
      return "rejected\t" + error;
    }
  }
}
`;
