import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Answer, type Client, noAnswer, timeoutSeconds, type Trial } from "./client.ts";
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
  return {
    id,
    name,
    mode,
    version: kind === "bc" ? findVersionOfBouncyCastle : findVersion,
    verify: kind === "bc" ? (trials) => verifyIn([kind], trials) : (trials) => verifyInJava(kind, trials),
  };
}

/**
 * Returns the version of Java; undefined if it cannot run a source file, because it is older than Java 11 or has no
 * compiler.
 */
async function findVersion(): Promise<string | undefined> {
  // Fails if one of the modules is missing.
  const ended = await runProgram("java", [...optionsOf("hard"), "-version"], timeoutSeconds);
  const version = /^\S+ version "(?<version>[^"]+)"/mu.exec(ended?.err ?? "")?.groups?.["version"];
  return ended?.code === 0 && Number.parseInt(version ?? "", 10) >= 11 ? version : undefined;
}

async function findVersionOfBouncyCastle(): Promise<string | undefined> {
  if (!existsSync(bouncyCastleJar)) return undefined;
  const ended = await runJava(["bc", "version"], "", timeoutSeconds);
  return ended?.code === 0 ? ended.out.trim() : undefined;
}

/** The answers of Java to the latest trials, in each of its modes. */
let latest: { readonly input: string; readonly answers: Promise<readonly (readonly Answer[])[]> } | undefined;

/** Returns the answers in one mode. One virtual machine answers in both: compiling takes longer than answering. */
async function verifyInJava(kind: "hard" | "soft", trials: readonly Trial[]): Promise<readonly Answer[]> {
  const input = inputOf(trials);
  if (latest?.input !== input) latest = { input, answers: runKinds(["hard", "soft"], trials) };
  const [hard, soft] = await latest.answers;
  const answers = kind === "hard" ? hard : soft;
  // A virtual machine that failed in one mode may not have reached the other one.
  return answers?.every((each) => each !== noAnswer) === true ? answers : verifyIn([kind], trials);
}

async function verifyIn(kinds: readonly [Kind], trials: readonly Trial[]): Promise<readonly Answer[]> {
  const [answers = []] = await runKinds(kinds, trials);
  return answers;
}

/** Runs all trials in one kind after the other. All use one virtual machine: it takes longer to start than to answer. */
async function runKinds(kinds: readonly Kind[], trials: readonly Trial[]): Promise<readonly (readonly Answer[])[]> {
  const seconds = timeoutSeconds + kinds.length * trials.length;
  const answers = answersIn(
    await runJava([kinds.join(",")], inputOf(trials), seconds),
    kinds.flatMap(() => trials),
  );
  return kinds.map((_, i) => answers.slice(i * trials.length, (i + 1) * trials.length));
}

function inputOf(trials: readonly Trial[]): string {
  return trials.map(trialLine).join("");
}

/** Path of Bouncy Castle on Debian. */
const bouncyCastleJar = "/usr/share/java/bcprov.jar";

function runJava(args: readonly string[], input: string, seconds: number) {
  return withDirectory((directory) => {
    const file = join(directory, "Pkix.java");
    writeFileSync(file, source);
    return runProgram("java", [...optionsOf(args[0] === "bc" ? "bc" : "hard"), file, ...args], seconds, input);
  });
}

/** Returns the options of the virtual machine. */
function optionsOf(kind: "hard" | "bc"): readonly string[] {
  // Java itself runs without java.naming, so it has no LDAP, and the source refuses HTTP: nothing is fetched. Bouncy
  // Castle needs this module, and fetches nothing by default.
  const [modules, path] = ["java.base,jdk.compiler,jdk.crypto.ec", ["--class-path", bouncyCastleJar]];
  const options = kind === "bc" ? [`${modules},jdk.zipfs,java.logging,java.naming`, ...path] : [modules];
  // Most of the time is spent compiling the source once, so the optimizing compiler of the virtual machine does not
  // pay off.
  return ["-XX:TieredStopAtLevel=1", "--limit-modules", ...options];
}

/**
 * Program that reads a line for each trial, and writes its outcome and, after a tab, its reason: for all trials in one
 * kind, then in the next one.
 */
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
    String[] kinds = args[0].split(",");
    if (kinds[0].equals("bc")) {
      Class<?> type = Class.forName("org.bouncycastle.jce.provider.BouncyCastleProvider");
      Security.addProvider(provider = (Provider) type.getDeclaredConstructor().newInstance());
    }
    if (args.length > 1) {
      System.out.println(provider.getVersionStr());
      return;
    }
    URL.setURLStreamHandlerFactory(scheme -> !scheme.startsWith("http") ? null : new URLStreamHandler() {
      protected URLConnection openConnection(URL url) throws IOException {
        throw new IOException("nothing is fetched");
      }
    });
    factory = provider == null ? CertificateFactory.getInstance("X.509") : CertificateFactory.getInstance("X.509", provider);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    List<String> trials = new ArrayList<>();
    for (String line; (line = in.readLine()) != null;) trials.add(line);
    for (String kind : kinds) {
      for (String trial : trials) {
        System.out.println(answer(trial.split(" "), kind.equals("soft")).replaceAll("[\r\n]+", " "));
        System.out.flush();
      }
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
