import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import { lintCrl } from "../../src/index.ts";
import { crllint, pem, privateKey, Workbench } from "../cli/workbench.ts";
import { indefinite, ldif, signedData } from "../input/containers.ts";

/** The kinds of CRL that every entry point gets. */
export const kinds = ["valid", "reversed", "forged"] as const;

type Kind = (typeof kinds)[number];

const knobsOf: Readonly<Record<Kind, CrlKnobs>> = {
  valid: {},
  // The RDNs of the CA's subject in reverse order.
  reversed: { issuer: kit.ca.subject.reversed() },
  // Signed with the key of another CA.
  forged: { signingKey: "rsa2048c" },
};

export const ca = kit.ca.certificate;
export const otherCa = kit.otherCa.certificate;

/** A certificate with the key of the CA. Its subject is the issuer of the reversed CRL. */
const vouching = kit.caWith({ subject: kit.ca.subject.reversed(), serial: 77 }).certificate;
const valid = kit.crl().crl;

/** An AlgorithmIdentifier that is not assigned. */
const unknownAlgorithm = kit.der.seq(kit.der.oid("1.3.6.1.4.1.99999.1"));

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").toUpperCase();
}

/** A CRL of one kind, and a folder that has it in every form. */
export class Input extends Workbench {
  readonly kind: Kind;
  readonly crl: Uint8Array;

  constructor(kind: Kind) {
    super();
    this.kind = kind;
    this.crl = this.make();
  }

  /** Makes a CRL of the kind with further knobs. */
  make(knobs: CrlKnobs = {}): Uint8Array {
    return kit.crl({ ...knobsOf[this.kind], ...knobs }).crl;
  }

  /** Reads a file that was written. */
  read(name: string): Uint8Array {
    return new Uint8Array(readFileSync(join(this.folder, name)));
  }

  /** Writes all files. */
  async write(): Promise<void> {
    mkdirSync(join(this.folder, ".git"));
    this.#writeCertificates();
    this.#writeForms();
    this.#writeFolders();
    this.#writeCompared();
    await this.#writeSettings();
  }

  #writeCertificates(): void {
    this.put("ca.pem", pem("CERTIFICATE", ca));
    this.put("ca.der", ca);
    this.put("other.pem", pem("CERTIFICATE", otherCa));
    this.put("root.pem", pem("CERTIFICATE", kit.root.certificate));
    this.put("leaf.pem", pem("CERTIFICATE", kit.certificate({ serial: 77 })));
    this.put("empty.pem", "");
    const bundle = [kit.root.certificate, otherCa, ca].map((each) => pem("CERTIFICATE", each)).join("");
    this.put("store/bundle.pem", bundle);
    this.put("others/5f3c.0", otherCa);
    this.put(
      "cas.csv",
      `SHA-256 Fingerprint,X.509 Certificate (PEM)\n${sha256Of(ca)},"${pem("CERTIFICATE", ca).trimEnd()}"\n`,
    );
    this.put("ca-key.pem", privateKey + pem("CERTIFICATE", ca));
    this.put("vouching.der", vouching);
  }

  /** Writes the CRL alone, in containers, and together with other objects. */
  #writeForms(): void {
    const { crl } = this;
    const { concat, ascii } = kit.der;
    const text = pem("X509 CRL", crl);
    const base64 = Buffer.from(crl).toString("base64");
    const message = signedData([ca], [crl]);
    this.put("crl.der", crl);
    this.put("crl.pem", text);
    this.put("crlf.pem", text.replaceAll("\n", "\r\n"));
    this.put("bom.pem", `\u{feff}${text}`);
    this.put("around.pem", `Certificate Revocation List of today:\n\n${text}\nEnd of the list.\n`);
    this.put("label.pem", pem("CERTIFICATE", crl));
    this.put("no-begin.pem", text.replace("-----BEGIN X509 CRL-----\n", ""));
    this.put("dashes.pem", text.replace("-----BEGIN", "----BEGIN"));
    const short = base64.replaceAll(/.{24}/gu, "$&\n");
    this.put("short.pem", `${pem("X509 CRL", valid)}----BEGIN X509 CRL-----\n${short}\n-----END X509 CRL-----\n`);
    this.put("bare-short.pem", `${pem("X509 CRL", valid)}${short}\n`);
    this.put("quoted.pem", pem("X509 CRL", valid) + text.replaceAll(/^/gmu, "> "));
    this.put("garbled.pem", pem("X509 CRL", valid) + text.replace(/^.*\n./u, "----BEGIN X509 CRL-----\n-"));
    this.put("crl.b64", base64);
    this.put("folded.b64", base64.replaceAll(/.{76}/gu, "$&\r\n"));
    this.put("junk.der", concat(crl, Uint8Array.of(0)));
    this.put("crl.gz", gzipSync(crl));
    this.put("utf-16.pem", Buffer.from(`\u{feff}${text}`, "utf16le"));

    this.put("both.p7b", message);
    this.put("crl.p7b", signedData([], [crl]));
    this.put("two.p7b", signedData([ca], [valid, crl]));
    this.put("ber.p7b", indefinite([ca], [crl]));
    const content = kit.der.seq(kit.der.oid("1.2.840.113549.1.7.1"), kit.der.explicit(0, kit.der.octetString(crl)));
    this.put("content.p7m", signedData([ca], [valid], content));
    this.put("pem.p7b", pem("PKCS7", message));
    this.put("base64.p7b", Buffer.from(message).toString("base64"));
    this.put("both.ldif", ldif(["cACertificate;binary", ca], ["certificateRevocationList;binary", crl]));
    this.put("crl.ldif", ldif(["authorityRevocationList", crl]));
    this.put("p7b.ldif", ldif(["pkdMasterListContent", message]));

    this.put("ldif-then-pem", concat(ldif(["certificateRevocationList", valid]), ascii(text)));
    this.put("pem-then-ldif", concat(ascii(pem("X509 CRL", valid)), ldif(["certificateRevocationList", crl])));
    this.put("dn-then-pem", `DN: CN=Example\n${text}`);
    this.put("hex-then-pem", `30 82 02 49 30 82 01 31 02 01\n${text}`);
    this.put("certificate-then-crl.pem", pem("CERTIFICATE", ca) + text);
    this.put("crl-then-certificate.pem", text + pem("CERTIFICATE", ca));
    this.put("certificate-then-crl.der", concat(ca, crl));
    this.put("vouched.pem", text + pem("CERTIFICATE", vouching));
    this.put("two.pem", pem("X509 CRL", valid) + text);
    this.put("two.der", concat(valid, crl));
    this.put("two-in-one-block.pem", pem("X509 CRL", concat(valid, crl)));
    this.put("pem-then-der", concat(ascii(pem("CERTIFICATE", ca)), crl));
    this.put("der-then-pem", concat(valid, ascii(text)));
    this.put("key-then-crl.pem", privateKey + text);
    this.put("stray.der", concat(ca, Uint8Array.of(0, 1), crl));
    this.put("unknown-algorithm.der", this.make({ signature: unknownAlgorithm, signatureAlgorithm: unknownAlgorithm }));
  }

  #writeFolders(): void {
    const { crl } = this;
    const names = {
      crl: "list.crl",
      hashed: "12d0da68.r0",
      arl: "list.arl",
      bare: "list",
      text: "list.txt",
      hidden: ".list",
      deep: "a/b/c/list.1",
    };
    this.put("damaged/ca.0", ca);
    this.put("damaged/list.crl", crl);
    this.put("explained/ca.0", ca);
    this.put("explained/list.crl", crl);
    this.put(
      "explained/README.md",
      `A CRL in PEM:\n\n${pem("X509 CRL", crl).replace(/\n[^]*\n(?=.*\n.*\n$)/u, "\n...\n")}`,
    );
    this.put("damaged-late/ca.0", ca);
    this.put("damaged-late/list.crl", crl);
    const requests = pem("CERTIFICATE REQUEST", kit.der.seq(kit.der.int(1))).repeat(25);
    this.put("damaged-late/bundle", requests + pem("X509 CRL", crl).replace("MII", "M!I"));
    this.put("damaged/bundle", pem("CERTIFICATE", otherCa) + pem("X509 CRL", crl).replace("MII", "M!I"));
    for (const [folder, name] of Object.entries(names)) {
      this.put(`${folder}/ca.0`, ca);
      this.put(`${folder}/${name}`, crl);
    }
    this.put("armored/list", pem("CERTIFICATE", ca) + pem("X509 CRL", crl));
    this.put("message/all", signedData([ca], [crl]));
    this.put("dump/all", ldif(["cACertificate", ca], ["certificateRevocationList", crl]));
    // SubjectPublicKeyInfo and a CRL in DER.
    this.put("after-a-key/ca", ca);
    this.put("after-a-key/valid.crl", valid);
    this.put("after-a-key/all", kit.der.concat(kit.publicKey("p256"), crl));
    this.put("encoded/all", Buffer.from(crl).toString("base64"));
    this.put("encoded/ca", ca);
    this.put("pem-der/all", kit.der.concat(kit.der.ascii(pem("CERTIFICATE", ca)), crl));
    this.put("named/valid.crl", valid);
    this.put("named/ca.crl", ca);
    this.put("named/crl.crt", crl);
    this.put("crls-only/list.crl", crl);
    this.put("elsewhere/list", crl);
    this.put("linked/ca.pem", pem("CERTIFICATE", ca));
    this.put("linked-file/ca.pem", pem("CERTIFICATE", ca));
    if (process.platform === "win32") return;
    symlinkSync("../elsewhere", join(this.folder, "linked/crls"));
    symlinkSync("../elsewhere/list", join(this.folder, "linked-file/list.crl"));
    symlinkSync("crl.der", join(this.folder, "link"));
  }

  /** Writes the inputs that CRLs are compared with. */
  #writeCompared(): void {
    const shard = (n: number): CrlKnobs => ({ idp: { uris: [`http://crl.example.com/${n}.crl`], onlyUser: true } });
    this.put("before.crl", kit.earlierCrl());
    this.put("root.crl", kit.crl({ ca: kit.root, entries: [] }).crl);
    this.put("next.tbs", this.make({ form: "tbs" }));
    this.put("valid.tbs", kit.crl({ form: "tbs" }).crl);
    this.put("shards/1.crl", kit.crl({ ...shard(1), entries: [{ serial: 1 }] }).crl);
    this.put("shards/2.crl", this.make({ ...shard(2), entries: [{ serial: 2 }] }));
    this.put("record.csv", kit.ccadb({ full: "http://crl.example.com/tls-ca-1.crl" }));
  }

  async #writeSettings(): Promise<void> {
    // Another CRL of the CA with the same defects, whose findings were accepted.
    const accepted = this.make({ crlNumber: 4712 });
    const { sha256 = "", pairing } = lintCrl({ crl: accepted, issuer: ca });
    const known = this.put("accepted/list.crl", accepted);
    const { out } = await crllint(["baseline", join(this.folder, "ca.pem"), known]);
    this.put("baseline.json", out);
    const expecting = ["--expect-revoked", join(this.folder, "leaf.pem"), join(this.folder, "ca.pem"), known];
    this.put("expecting.json", (await crllint(["baseline", ...expecting])).out);
    const suppress = (rule: string, more = ""): string =>
      `suppress: [{ rule: ${rule}, reason: known${more} }, { rule: signature/invalid, reason: known${more} }]\n`;
    const digests = `, sha256: ${sha256}, ca-sha256: ${pairing?.sha256 ?? ""}`;
    const settings: Readonly<Record<string, string>> = {
      off: "severity: { issuer: off, signature: off }\n",
      mild: "severity: { issuer/not-byte-identical: notice, signature/invalid: notice }\n",
      select: "select: [crl-number]\n",
      ignore: "ignore: [issuer, signature, needs:issuer]\n",
      "fail-on": "fail-on: never\n",
      signature: "signature: ignore\n",
      profile: "profile: ccadb\n",
      limits: "limits: { names: 1 }\n",
      "max-findings": "max-findings: 1\nmax-warnings: 999\nquiet: true\n",
      "suppress-pattern": "suppress: [{ rule: issuer, reason: known }, { rule: signature, reason: known }]\n",
      "suppress-all": "suppress: [{ rule: source:rfc5280, reason: known }, { rule: source:tls-br, reason: known }]\n",
      "suppress-time": "suppress: [{ rule: time, reason: known }]\n",
      "suppress-other": suppress("issuer/not-byte-identical", digests),
      baseline: "baseline: baseline.json\n",
      "other-pair": "pairs: [{ crl: archive/*, issuer: none }]\n",
      pair: "pairs: [{ crl: crl.der, issuer: ca.pem }]\n",
      none: "pairs: [{ crl: '*', issuer: none }]\n",
    };
    for (const [name, text] of Object.entries(settings)) this.put(`${name}.yaml`, text);
    this.put(
      "manifest.json",
      JSON.stringify([
        { url: "http://crl.example.com/a.crl", file: "crl.der", headers: { "Content-Type": "application/pkix-crl" } },
      ]),
    );
  }
}
