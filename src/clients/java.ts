import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Client, timeoutSeconds } from "./client.ts";
import { runProgram, withDirectory } from "./run-program.ts";
import { answersIn, trialLine } from "./trial-files.ts";

/** Java's CertPathValidator with revocation enabled, and defaults otherwise. */
export const javaHard = javaClient("java", "Java", "CertPathValidator PKIX, hard fail", "hard");

/** Java's CertPathValidator with PKIXRevocationChecker and its option SOFT_FAIL. */
export const javaSoft = javaClient("java-soft", "Java", "CertPathValidator PKIX, SOFT_FAIL", "soft");

/** The CertPathValidator of Bouncy Castle, in the installed Java. */
export const bouncyCastle = javaClient("bouncy-castle", "Bouncy Castle", "CertPathValidator PKIX of BC", "bc");

type Kind = "hard" | "soft" | "bc";

function javaClient(id: string, name: string, mode: string, kind: Kind): Client {
  const isOfJava = kind !== "bc";
  return {
    id,
    name,
    mode,
    version: () => {
      const known = versions.get(isOfJava) ?? findVersion(kind);
      versions.set(isOfJava, known);
      return known;
    },
    // All trials use one virtual machine: it takes longer to start than to answer.
    verify: async (trials) =>
      answersIn(await runJava([kind], trials.map(trialLine).join(""), timeoutSeconds + trials.length), trials),
  };
}

/** Cached versions, so Java's own version is looked up once for both of its modes. */
const versions = new Map<boolean, Promise<string | undefined>>();

async function findVersion(kind: Kind): Promise<string | undefined> {
  if (kind === "bc" && !existsSync(bouncyCastleJar)) return undefined;
  // A Java without a compiler cannot run a source file.
  const ended = await runJava([kind, "version"], "", timeoutSeconds);
  return ended?.code === 0 ? ended.out.trim() : undefined;
}

/** Path of Bouncy Castle on Debian. */
const bouncyCastleJar = "/usr/share/java/bcprov.jar";

function runJava(args: readonly string[], input: string, seconds: number) {
  return withDirectory((directory) => {
    const file = join(directory, "Pkix.java");
    writeFileSync(file, source);
    // Java itself runs without java.naming, so it has no LDAP, and the source refuses HTTP: nothing is fetched. Bouncy
    // Castle needs this module, and fetches nothing by default.
    const [modules, path] = ["java.base,jdk.compiler,jdk.crypto.ec", ["--class-path", bouncyCastleJar]];
    const options = args[0] === "bc" ? [`${modules},jdk.zipfs,java.logging,java.naming`, ...path] : [modules];
    // Most of the time is spent compiling the source once, so the optimizing compiler of the virtual machine does not
    // pay off.
    const fast = "-XX:TieredStopAtLevel=1";
    return runProgram("java", [fast, "--limit-modules", ...options, file, ...args], seconds, input);
  });
}

/** Program that reads a line for each trial, and writes its outcome and, after a tab, its reason. */
const source = String.raw`
import java.io.*;
import java.net.*;
import java.security.Provider;
import java.security.Security;
import java.security.cert.*;
import java.util.*;

public class Pkix {
  static CertificateFactory factory;
  /** Bouncy Castle's; null for those of Java itself. */
  static Provider provider;

  public static void main(String[] args) throws Exception {
    if (args[0].equals("bc")) {
      Class<?> type = Class.forName("org.bouncycastle.jce.provider.BouncyCastleProvider");
      Security.addProvider(provider = (Provider) type.getDeclaredConstructor().newInstance());
    }
    if (args.length > 1) {
      System.out.println(provider == null ? System.getProperty("java.version") : provider.getVersionStr());
      return;
    }
    URL.setURLStreamHandlerFactory(scheme -> !scheme.startsWith("http") ? null : new URLStreamHandler() {
      protected URLConnection openConnection(URL url) throws IOException {
        throw new IOException("nothing is fetched");
      }
    });
    factory = provider == null ? CertificateFactory.getInstance("X.509") : CertificateFactory.getInstance("X.509", provider);
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
      for (int i = 3; i < trial.length; i++) {
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
      // Bouncy Castle looks for the CRL issuer's certificate here.
      if (provider != null) store.add(ca);
      CertPathValidator validator =
        provider == null ? CertPathValidator.getInstance("PKIX") : CertPathValidator.getInstance("PKIX", provider);
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
      String message = error.getMessage();
      // Bouncy Castle gives no reason.
      if (provider != null && message.contains("Certificate revocation after")) isRevoked = true;
      return (isRevoked ? "revoked" : "rejected") + "\t" + error.getReason() + ": " + message;
    } catch (Exception error) {
      return "rejected\t" + error;
    }
  }
}
`;
