import { describe, expect, test } from "vitest";
import { readInput } from "../../src/input/read.ts";
import { encodePem } from "../../src/pem/encode.ts";
import { algorithm, certificate, crl, integer, octetString, seq, tbsCertList } from "./tlv.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const crlPem = encodePem("X509 CRL", crl);
const certificatePem = encodePem("CERTIFICATE", certificate);
const privateKey = Uint8Array.from(seq(integer(0), algorithm, octetString(40)));
const bareCrl = btoa(String.fromCharCode(...crl));

/** Returns kinds, labels and bytes of the objects in a file. */
function sorted(
  file: Uint8Array | string,
): readonly (readonly [kind: string, label: string | undefined, bytes: Uint8Array])[] {
  return readInput("a", typeof file === "string" ? utf8(file) : file).map(({ kind, artefact }) => [
    kind,
    artefact.label,
    artefact.bytes,
  ]);
}

/** Returns codes and counts of the errors in the text around each object. */
function errorsIn(file: string): readonly Readonly<Record<string, number>>[] {
  return readInput("a", utf8(file)).map((object) =>
    Object.fromEntries(object.pemFaults.map((group) => [group.code, group.count])),
  );
}

describe("DER", () => {
  test("a complete object is read with the bytes after it", () => {
    const file = Uint8Array.of(...crl, 0x0d, 0x0a);
    const [object, ...rest] = readInput("dir/a.crl", file);
    expect(rest).toEqual([]);
    expect(object).toEqual({
      kind: "crl",
      identity: expect.objectContaining({ kind: "crl", name: "a CertificateList" }) as unknown,
      artefact: { name: "dir/a.crl", bytes: file },
      ordinal: 1,
      file: { total: 1, crls: 1, certificates: 0 },
      pemFaults: [],
    });
  });

  test("a private key is reported, and none of its bytes are kept", () => {
    expect(sorted(privateKey)).toEqual([["private-key", undefined, new Uint8Array(0)]]);
  });
});

describe("PEM", () => {
  test("objects are in the order of the file, each with its position", () => {
    const objects = readInput("bundle", utf8(certificatePem + crlPem));
    expect(objects.map(({ kind, ordinal, file }) => [kind, ordinal, file.total])).toEqual([
      ["certificate", 1, 2],
      ["crl", 2, 2],
    ]);
    expect(objects[0]?.artefact.bytes).toEqual(certificate);
    expect(objects[1]?.artefact.bytes).toEqual(crl);
    expect(objects[1]?.artefact.pem?.locate(0)).toEqual({ line: certificatePem.split("\n").length + 1, column: 1 });
  });

  test.each([
    ["CRLF", crlPem.replaceAll("\n", "\r\n")],
    ["a byte order mark", `\uFEFF${crlPem}`],
    ["openssl crl -text before it", `Certificate Revocation List (CRL):\n    Version 2 (0x1)\n${crlPem}`],
    ["an HTML page around it", `<html>\n<pre>\n${crlPem}</pre>`],
    ["spaces before each line", crlPem.replaceAll(/^/gmu, "  ")],
    ["no line break at the end", crlPem.trimEnd()],
  ])("reads PEM with %s", (_, file) => {
    expect(sorted(file)).toEqual([["crl", "X509 CRL", crl]]);
  });

  test("the content determines the kind, and a different label is reported", () => {
    expect(sorted(encodePem("X509 CRL", certificate))).toEqual([["certificate", "X509 CRL", certificate]]);
    expect(errorsIn(encodePem("X509 CRL", certificate))).toEqual([{ "input/content-not-certificate-list": 1 }]);
    expect(errorsIn(encodePem("X509 CRL", Uint8Array.from(tbsCertList)))).toEqual([
      { "input/content-not-certificate-list": 1 },
    ]);
    expect(sorted(encodePem("CERTIFICATE", crl))).toEqual([["crl", "CERTIFICATE", crl]]);
  });

  test("only X509 CRL is the label of a CRL; a TBSCertList has no required label", () => {
    expect(errorsIn(crlPem)).toEqual([{}]);
    for (const label of ["CRL", "CERTIFICATE REVOCATION LIST", "CERTIFICATE"]) {
      expect(errorsIn(encodePem(label, crl))).toEqual([{ "input/label-not-x509-crl": 1 }]);
    }
    expect(errorsIn(encodePem("TBSCERTLIST", Uint8Array.from(tbsCertList)))).toEqual([{}]);
    expect(readInput("a", utf8(`\n${encodePem("CRL", crl)}`))[0]?.pemFaults).toEqual([
      {
        code: "input/label-not-x509-crl",
        count: 1,
        first: [
          {
            code: "input/label-not-x509-crl",
            line: 2,
            column: 1,
            offset: 1,
            message: 'label "CRL" instead of "X509 CRL"',
          },
        ],
      },
    ]);
  });

  test("errors around the blocks and in them form one group per code, in the order of the file", () => {
    const [first, second] = readInput("a", utf8(`text\n${crlPem}${crlPem.replace("\n", "\nX-Comment: a\n")}`));
    expect(first?.pemFaults.map(({ code, count }) => [code, count])).toEqual([
      ["input/explanatory-text-or-headers", 1],
    ]);
    const headers = second?.pemFaults.find(({ code }) => code === "input/explanatory-text-or-headers");
    expect(headers?.count).toBe(2);
    expect(headers?.first.map(({ line }) => line)).toEqual([1, crlPem.split("\n").length + 2]);
  });

  test("a trusted certificate is read without the data after the certificate", () => {
    const file = encodePem("TRUSTED CERTIFICATE", Uint8Array.of(...certificate, ...seq(seq())));
    expect(sorted(file)).toEqual([["certificate", "TRUSTED CERTIFICATE", certificate]]);
    expect(sorted(encodePem("X509 CERTIFICATE", certificate))).toEqual([
      ["certificate", "X509 CERTIFICATE", certificate],
    ]);
  });

  test("a private key is reported and neither decoded nor kept; the other blocks are read", () => {
    const secret = encodePem("RSA PRIVATE KEY", Uint8Array.from(crl));
    const [key, list] = readInput("a", utf8(secret + crlPem));
    expect(key?.kind).toBe("private-key");
    expect(key?.artefact.bytes).toEqual(new Uint8Array(0));
    expect(list?.artefact.bytes).toEqual(crl);
    const line = secret.split("\n")[1] ?? "";
    expect(JSON.stringify([key, list])).not.toContain(line.slice(0, 16));
  });

  test.each([
    "PRIVATE KEY",
    "EC PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "OPENSSH PRIVATE KEY",
    "DSA PRIVATE KEY",
    "PGP PRIVATE KEY BLOCK",
  ])("%s is a private key regardless of its content", (label) => {
    expect(sorted(encodePem(label, crl))).toEqual([["private-key", label, new Uint8Array(0)]]);
  });

  test("a private key under another label is not kept either", () => {
    expect(sorted(encodePem("X509 CRL", privateKey))).toEqual([["private-key", "X509 CRL", new Uint8Array(0)]]);
  });

  test("the label determines the kind if the content does not", () => {
    const oid = Uint8Array.of(0x06, 0x03, 0x2b, 0x81, 0x04);
    const kinds = ["EC PARAMETERS", "PGP MESSAGE", "PKCS7", "PUBLIC KEY", "X509 CRL"].map(
      (label) => sorted(encodePem(label, oid))[0]?.[0],
    );
    expect(kinds).toEqual(["parameters", "pgp", "pkcs7", "public-key", "unknown"]);
    const twoIntegers = Uint8Array.from(seq(integer(0x7f, 1), integer(2)));
    expect(sorted(encodePem("DH PARAMETERS", twoIntegers))[0]?.[0]).toBe("parameters");
  });

  test("a block without content is reported", () => {
    const [object] = readInput("a", utf8(encodePem("X509 CRL", new Uint8Array(0))));
    expect(object?.identity.name).toBe("a PEM block without content");
    expect(object?.kind).toBe("empty");
  });
});

describe("bare base64", () => {
  test.each([
    ["on one line", bareCrl],
    ["on lines of 76", bareCrl.replaceAll(/.{76}/gu, "$&\r\n")],
    ["after a byte order mark and blank lines", `\uFEFF\n\n${bareCrl}\n`],
  ])("is read %s", (_, file) => {
    expect(sorted(file)).toEqual([["crl", undefined, crl]]);
    expect(errorsIn(file)).toEqual([{}]);
  });

  test("shows the position of a byte", () => {
    const [object] = readInput("a", utf8(`\uFEFF\n${bareCrl}`));
    expect(object?.artefact.pem?.locate(3)).toEqual({ line: 2, column: 5 });
  });

  test("invalid base64 is reported", () => {
    expect(errorsIn(bareCrl.replaceAll("=", "").slice(0, -1))).toEqual([{ "input/base64-invalid": 1 }]);
  });

  test("a private key is not kept", () => {
    expect(sorted(btoa(String.fromCharCode(...privateKey)))).toEqual([["private-key", undefined, new Uint8Array(0)]]);
  });

  test("words are not base64", () => {
    expect(sorted("MIssing")[0]?.[0]).toBe("text");
    expect(sorted("Moved permanently")[0]?.[0]).toBe("text");
  });
});

describe("input without an object", () => {
  test.each([
    ["html", "<!doctype html><p>not found"],
    ["json", '{"a":1}'],
    ["text", "-----BEGIN X509 CRL----\nMIIB\n"],
    ["private-key", "-----BEGIN RSA PRIVATE KEY----\nMIIB\n"],
    ["empty", ""],
  ])("is recognized as %s", (kind, file) => {
    expect(sorted(file).map(([found]) => found)).toEqual([kind]);
  });

  test("PEM in UTF-16 is recognized as UTF-16, and not decoded", () => {
    const file = Uint8Array.of(0xff, 0xfe, ...[...utf8(crlPem)].flatMap((byte) => [byte, 0]));
    expect(readInput("a", file)[0]?.identity).toEqual({
      kind: "utf-16",
      name: "UTF-16 text",
      advice: "convert it with: iconv -f UTF-16 -t UTF-8 FILE",
    });
  });
});
