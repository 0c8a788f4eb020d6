import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { usualLimits } from "../../src/der/limits.ts";
import { hex } from "../../src/der/span.ts";
import { chooseObject, type InputObject, readInput } from "../../src/input/read.ts";
import { encodePem } from "../../src/pem/encode.ts";
import { readsOf } from "../support/reads-of.ts";
import { cscaMasterList, indefinite, ldif, signedData } from "./containers.ts";

const { der } = kit;
const ca = kit.ca.certificate;
const { crl } = kit.crl();
const second = kit.crl({ crlNumber: 4712 }).crl;
const caPem = encodePem("CERTIFICATE", ca);
const crlPem = encodePem("X509 CRL", crl);

const bytesOf = (part: Uint8Array | string): Uint8Array =>
  typeof part === "string" ? new TextEncoder().encode(part) : part;
const join = (...parts: readonly (Uint8Array | string)[]): Uint8Array => der.concat(...parts.map(bytesOf));

/** Returns the name of an object in these tests; `crl+5` is a CRL with 5 bytes after it. */
function nameOf({ kind, artefact, identity }: InputObject): string {
  const { bytes } = artefact;
  if (kind === "stray") return `stray: ${identity.message}`;
  const known = new Map([
    [ca, "ca"],
    [crl, "crl"],
    [second, "second"],
  ]);
  const same = [...known].find(([each]) => Buffer.compare(each, bytes) === 0)?.[1];
  const longer = [...known].find(([each]) => Buffer.compare(each, bytes.subarray(0, each.length)) === 0);
  return same ?? (longer === undefined ? kind : `${longer[1]}+${bytes.length - longer[0].length}`);
}

const sorted = (...parts: readonly (Uint8Array | string)[]): readonly string[] =>
  readInput("a", join(...parts)).map(nameOf);

describe("several objects in one file", () => {
  test.each<readonly [string, readonly (Uint8Array | string)[], readonly string[]]>([
    ["two CRLs", [crl, second], ["crl", "second"]],
    ["certificate, CRL", [ca, crl], ["ca", "crl"]],
    ["chain, CRLs", [ca, ca, crl, second], ["ca", "ca", "crl", "second"]],
    ["line feed between them", [ca, "\n", crl], ["ca", "crl"]],
    ["line feed after a certificate", [ca, "\r\n"], ["ca"]],
    ["line feed after a CRL", [crl, "\n"], ["crl+1"]],
    ["CRL, junk", [crl, "junk\0"], ["crl+5"]],
    ["CRL, junk, CRL", [crl, "junk\0", second], ["crl+5", "second"]],
    ["certificate, junk", [ca, "junk\0"], [`stray: bytes ${ca.length}..${ca.length + 5} `]],
    ["certificate, junk, CRL", [ca, "junk\0", crl], [`stray: bytes ${ca.length}..${ca.length + 5} `, "crl"]],
    ["CRL, the start of another", [crl, second.subarray(0, 300)], ["crl", "crl"]],
    ["DER, PEM", [ca, "\n", crlPem], ["ca", "crl"]],
    ["DER, PEM without a line feed", [ca, crlPem], ["ca", "crl"]],
    ["CRL in DER, PEM", [crl, caPem], ["crl", "ca"]],
    ["PEM, DER", [caPem, crl], ["ca", "crl"]],
    ["PEM without a line feed, DER", [caPem.trimEnd(), crl], ["ca", "crl"]],
    ["PEM, whitespace, DER", [caPem, "\r\n \t\n", crl], ["ca", "crl"]],
    ["PEM, text, DER", [caPem, "the CRL:\n", crl], ["ca", "crl"]],
    ["PEM, DER, PEM", [caPem, crl, "\n", encodePem("X509 CRL", second)], ["ca", "crl+1", "second"]],
    ["PEM, DER, junk", [caPem, crl, "\u0001"], ["ca", "crl+1"]],
    ["two in one PEM block", [encodePem("X509 CRL", join(crl, second))], ["crl", "second"]],
    ["PEM, text, PEM", [crlPem, "text\n", encodePem("X509 CRL", second)], ["crl", "second"]],
    ["byte order mark, PEM", ["\uFEFF", caPem, crlPem], ["ca", "crl"]],
    ["CRLF", [(caPem + crlPem).replaceAll("\n", "\r\n")], ["ca", "crl"]],
    ["damaged boundary", [caPem, crlPem.replace("-----BEGIN", "----BEGIN")], ["ca", "crl"]],
    ["trusted certificate, CRL", [encodePem("TRUSTED CERTIFICATE", join(ca, der.seq())), crlPem], ["ca", "crl"]],
    ["text, base64 alone, text", ["The CRL:\n", btoa(String.fromCharCode(...crl)), "\nregards\n"], ["crl"]],
    ["base64 of two", [btoa(String.fromCharCode(...ca, ...crl))], ["ca", "crl"]],
    ["a wrapper around a CRL", [encodePem("X509 CRL", der.octetString(crl))], ["unknown"]],
  ])("%s", (_, parts, expected) => {
    const names = sorted(...parts);
    if (expected[0]?.startsWith("stray") === true) {
      const [first, ...rest] = expected;
      expect(names).toEqual(["ca", expect.stringContaining(first), ...rest]);
    } else expect(names).toEqual(expected);
  });

  test("binary junk between PEM blocks belongs to no object", () => {
    expect(sorted(caPem, "\u0001\u0002\n", crlPem)).toEqual([
      "ca",
      expect.stringMatching(/^stray: bytes \d+\.\.\d+ .* belong to no object$/u),
      "crl",
    ]);
  });

  test("an object has its offset in the file, and the number of objects", () => {
    const [first, next] = readInput("a", join(ca, crl));
    expect(first?.artefact.origin).toBeUndefined();
    expect(next?.artefact.origin).toEqual({ offset: ca.length });
    expect(next?.file).toEqual({ total: 2, crls: 1, certificates: 1 });
    const inBlock = readInput("a", bytesOf(encodePem("X509 CRL", join(ca, crl))))[1]?.artefact;
    expect(inBlock?.pem?.locate(0)).toEqual({
      line: 2 + Math.floor((ca.length * 4) / 3 / 64),
      column: 1 + (Math.floor((ca.length * 4) / 3) % 64),
    });
  });

  test("chooseObject returns the stray bytes if a file has any", () => {
    expect(chooseObject(readInput("a", join(ca, "junk\0", crl)), "crl").kind).toBe("stray");
    expect(chooseObject(readInput("a", join(ca, crl)), "crl").kind).toBe("crl");
    expect(chooseObject(readInput("a", ca), "crl").kind).toBe("certificate");
  });

  test.each([
    ["PEM", caPem],
    ["DER", ca],
    ["LDIF", ldif(["cACertificate;binary", ca])],
  ])("objects beyond the limit in %s are counted and reported", (_, one) => {
    const file = join(one, one, one);
    const limited = (blocks: number) => readInput("a", file, { ...usualLimits, blocks });
    expect(limited(3).map(({ kind }) => kind)).toEqual(["certificate", "certificate", "certificate"]);
    expect(limited(2).map(({ kind }) => kind)).toEqual(["certificate", "certificate", "over-limit"]);
    expect(limited(2)[2]?.identity.message).toBe("the file has 3 objects; only the first 2 are read");
  });
});

describe("base64 without a BEGIN line, after a PEM block", () => {
  const base64 = Buffer.from(second).toString("base64");
  const lines = (width: number): string => base64.replaceAll(new RegExp(`.{${width}}`, "gu"), "$&\n");
  const secondPem = encodePem("X509 CRL", second);
  const end = "\n-----END X509 CRL-----\n";

  test.each<readonly [string, string]>([
    ["in short lines", lines(24)],
    ["in short lines after a damaged BEGIN line", `----BEGIN X509 CRL-----\n${lines(24)}${end}`],
    ["in short lines after a BEGIN line with six dashes", `------BEGIN X509 CRL------\n${lines(24)}${end}`],
    ["in short lines after text on the BEGIN line", `crl: -----BEGIN X509 CRL-----\n${lines(24)}${end}`],
    ["on one line with text before it", `crl: -----BEGIN X509 CRL-----${base64}-----END X509 CRL-----\n`],
    ["in groups of four", `----BEGIN X509 CRL-----\n${base64.replaceAll(/.{4}/gu, "$& ")}${end}`],
    ["after a label with a line break", `-----BEGIN X509\rCRL-----\n${lines(24)}${end}`],
    ["in a quotation", secondPem.replaceAll(/^/gmu, "> ")],
    ["in a comment", secondPem.replaceAll(/^/gmu, "# ")],
    ["in JSON", JSON.stringify({ crl: secondPem })],
    ["in program code", secondPem.replaceAll(/.+/gu, String.raw`  "$&\n" +`)],
  ])("%s, is read", (_, text) => {
    expect(sorted(crlPem, text)).toEqual(["crl", "second"]);
    expect(sorted("dn: cn=x\n", crlPem, text)).toEqual(["crl", "second"]);
    const [, object] = readInput("a", join(crlPem, text));
    expect(object?.pemFaults.map(({ code }) => code)).toContain("input/base64-invalid");
  });

  test("a byte of it has its line and column", () => {
    const text = crlPem + secondPem.replaceAll(/^/gmu, "> ");
    const place = readInput("a", bytesOf(text))[1]?.artefact.pem?.locate(0);
    expect(place).toEqual({ line: crlPem.split("\n").length + 1, column: 3 });
  });

  const lost = "stray: the base64 next to this line belongs to no PEM block that can be read";
  test.each<readonly [string, string]>([
    ["without its first character", `----BEGIN X509 CRL-----\n-${lines(64).slice(1)}${end}`],
    ["without its first character, and no BEGIN line", `-${lines(64).slice(1)}${end}`],
    [
      "with an invalid character in a short line",
      `begin x509 crl\n${lines(24).replace(/(?<=^(?:.+\n){5})./u, "!")}${end}`,
    ],
    ["in hexadecimal", `----BEGIN X509 CRL-----\n${Buffer.from(second).toString("hex")}${end}`],
    ["after slashes", secondPem.replaceAll(/^/gmu, "// ")],
  ])("%s, is reported", (_, text) => {
    expect(sorted(crlPem, text)).toEqual(["crl", lost]);
    expect(sorted(text, crlPem)).toEqual([lost, "crl"]);
  });

  test("a damaged BEGIN line before base64 of another content is reported", () => {
    const garbled = `----BEGIN X509 CRL-----\nMII${lines(64).slice(200)}${end}`;
    expect(sorted(crlPem, garbled)).toEqual([
      "crl",
      "stray: this base64 without a BEGIN line is neither a CRL nor a certificate",
    ]);
  });

  test.each<readonly [string, string]>([
    ["a sentence about a BEGIN line", "It has a line -----BEGIN X509 CRL----- and a line -----END X509 CRL-----.\n"],
    ["a shortened block in a quotation", "> -----BEGIN X509 CRL-----\n> MIIB...\n> -----END X509 CRL-----\n"],
    [
      "a block without some lines in a quotation",
      secondPem.replace(/(?<=\n.*\n)[^]*(?=\n.*\n.*\n.*\n.*\n$)/u, "...").replaceAll(/^/gmu, "> "),
    ],
    ["words like base64", "MIT license\nMIIB is a prefix.\nMIIBIjANBgkqhkiG9w0BAQEF\n"],
  ])("%s is text", (_, text) => {
    expect(sorted(crlPem, text)).toEqual(["crl"]);
  });
});

describe("PKCS#7 and CMS", () => {
  const message = signedData([ca], [crl, second]);

  test.each<readonly [string, Uint8Array]>([
    ["in DER", message],
    ["in PEM as PKCS7", bytesOf(encodePem("PKCS7", message))],
    ["in PEM as CMS", bytesOf(encodePem("CMS", message))],
    ["in base64 alone", bytesOf(btoa(String.fromCharCode(...message)))],
    ["in BER of indefinite length", indefinite([ca], [crl, second])],
  ])("reads certificates and CRLs %s", (_, file) => {
    expect(sorted(file)).toEqual(["ca", "crl", "second"]);
    expect(readInput("a", file).map(({ artefact }) => artefact.origin?.container)).toEqual([
      "PKCS#7",
      "PKCS#7",
      "PKCS#7",
    ]);
  });

  test("locations are offsets of the file in DER, and lines in PEM", () => {
    const at = readInput("a", message)[1]?.artefact.origin?.offset ?? 0;
    expect(message.subarray(at, at + crl.length)).toEqual(crl);
    const inPem = readInput("a", bytesOf(encodePem("PKCS7", message)))[1]?.artefact;
    expect(inPem?.pem?.locate(0).line).toBe(2 + Math.floor((at * 4) / 3 / 64));
  });

  test("a message may have only CRLs, only certificates, or neither", () => {
    expect(sorted(signedData([], [crl]))).toEqual(["crl"]);
    expect(sorted(signedData([ca], []))).toEqual(["ca"]);
    expect(sorted(signedData([], []))).toEqual(["pkcs7"]);
  });

  test("other kinds of certificates and of revocation information are ignored", () => {
    expect(sorted(signedData([ca, der.context(2, der.int(1))], [crl, der.context(1, der.int(1))]))).toEqual([
      "ca",
      "crl",
    ]);
  });

  test("a malformed value in the field of CRLs is a CRL", () => {
    expect(readInput("a", signedData([], [der.seq(der.seq())])).map(({ kind }) => kind)).toEqual(["crl"]);
  });

  test("a truncated message is reported as ending early", () => {
    const ends = expect.stringContaining("ends early");
    expect(sorted(message.subarray(0, -1))).toEqual(["ca", "crl", "second", ends]);
    expect(sorted(message.subarray(0, ca.length + 100))).toEqual(["ca", "crl", ends]);
    expect(sorted(indefinite([ca], [crl]).subarray(0, -2))).toEqual(["ca", "crl", ends]);
  });

  test("the certificates of an ICAO master list are read", () => {
    expect(sorted(cscaMasterList([ca, ca]))).toEqual(["ca", "ca"]);
  });

  const contentOf = (type: string, ...values: readonly Uint8Array[]): Uint8Array =>
    der.seq(der.oid(type), der.explicit(0, ...values));
  const data = "1.2.840.113549.1.7.1";

  test("a CRL in the signed content is read", () => {
    const inContent = signedData([ca], [second], contentOf(data, der.octetString(crl)));
    expect(sorted(inContent)).toEqual(["crl", "ca", "second"]);
    const at = readInput("a", inContent)[0]?.artefact.origin?.offset ?? 0;
    expect(inContent.subarray(at, at + crl.length)).toEqual(crl);
    // PKCS#7 has the content itself, without an OCTET STRING.
    expect(sorted(signedData([ca], [], contentOf(data, crl)))).toEqual(["crl", "ca"]);
    expect(sorted(signedData([ca], [], contentOf("1.3.6.1.4.1.99999.1", der.octetString(crl))))).toEqual(["crl", "ca"]);
    const nested = signedData([ca], [], contentOf(data, der.octetString(signedData([], [crl, second]))));
    expect(sorted(nested)).toEqual(["crl", "second", "ca"]);
    const segmented = der.tlv(0x24, der.octetString(crl.subarray(0, 100)), der.octetString(crl.subarray(100)));
    const stray = expect.stringContaining("belong to no object");
    expect(sorted(signedData([ca], [], contentOf(data, segmented)))).toEqual([stray, "ca"]);
    expect(sorted(signedData([ca], [], contentOf(data, der.octetString(bytesOf(crlPem)))))).toEqual([stray, "ca"]);
  });

  test("signed content that is not for a linter is ignored", () => {
    const token = der.seq(der.int(1), der.oid("1.2.3"), der.seq());
    for (const content of [bytesOf("text"), token, signedData([], []), new Uint8Array(0)]) {
      expect(sorted(signedData([ca], [], contentOf(data, der.octetString(content))))).toEqual(["ca"]);
    }
    // A certificate trust list starts like a TBSCertList.
    const list = der.seq(der.seq(der.oid("1.2.3")), der.utcTime("261101000000Z"));
    const trustList = contentOf("1.3.6.1.4.1.311.10.1", list);
    expect(sorted(signedData([ca], [], trustList))).toEqual(["ca"]);
  });

  test("a CRL as other revocation information is read", () => {
    expect(sorted(signedData([ca], [der.context(1, der.oid("1.2.3"), crl)]))).toEqual(["ca", "crl"]);
  });

  test("elements that have no place in a message are read or reported", () => {
    const type = der.oid("1.2.840.113549.1.7.2");
    const fields = [der.int(1), der.set(), der.seq(der.oid(data)), der.explicit(0, ca), der.set()];
    const stray = expect.stringMatching(/^stray: bytes \d+\.\.\d+ .* belong to no object$/u);
    const sortedOf = (...parts: readonly Uint8Array[]) => sorted(der.seq(type, der.explicit(0, der.seq(...parts))));
    expect(sorted(der.seq(type, der.explicit(0, der.seq(...fields), crl)))).toEqual(["ca", "crl"]);
    expect(sorted(der.seq(type, der.explicit(0, der.seq(...fields)), crl))).toEqual(["ca", "crl"]);
    expect(sorted(der.seq(type, der.explicit(0, der.seq(...fields)), der.octetString(crl)))).toEqual(["ca", stray]);
    expect(sortedOf(der.explicit(1, crl), ...fields)).toEqual(["crl", "ca"]);
    expect(sortedOf(...fields, crl)).toEqual(["ca", "crl"]);
    expect(sortedOf(...fields, Uint8Array.of(0, 0), crl)).toEqual(["ca", stray]);
    expect(sortedOf(...fields, der.octetString(crl))).toEqual(["ca", stray]);
  });

  test("messages inside one another are read up to a limit", () => {
    let message = signedData([], [crl]);
    for (let i = 0; i < 7; i += 1) message = signedData([], [], contentOf(data, der.octetString(message)));
    expect(sorted(message)).toEqual(["crl"]);
    expect(sorted(signedData([], [], contentOf(data, der.octetString(message))))).toEqual(["pkcs7"]);
  });

  test("bytes after a message are read or reported", () => {
    expect(sorted(message, "xx")).toEqual(["ca", "crl", "second", expect.stringContaining("belong to no object")]);
    expect(sorted(message, crl)).toEqual(["ca", "crl", "second", "crl"]);
  });
});

describe("LDIF", () => {
  const attributes = [
    "certificateRevocationList;binary",
    "authorityRevocationList;binary",
    "deltaRevocationList;binary",
  ];

  test.each(attributes)("reads %s", (attribute) => {
    const [certificate, list] = readInput("a", ldif(["cACertificate;binary", ca], [attribute, crl]));
    expect([certificate, list].map((each) => each && nameOf(each))).toEqual(["ca", "crl"]);
    expect(list?.artefact.origin).toEqual({ container: `LDIF ${attribute}`, offset: 0 });
    expect(list?.pemFaults).toEqual([]);
  });

  test("reads userCertificate, pairs, master lists, and attributes with other names", () => {
    const pair = der.seq(der.explicit(0, ca), der.explicit(1, ca));
    expect(sorted(ldif(["userCertificate;binary", ca]))).toEqual(["ca"]);
    expect(sorted(ldif(["USERCERTIFICATE", ca]))).toEqual(["ca"]);
    expect(sorted(ldif(["crossCertificatePair;binary", pair]))).toEqual(["ca", "ca"]);
    expect(sorted(ldif(["pkdMasterListContent", cscaMasterList([ca])]))).toEqual(["ca"]);
    expect(sorted(ldif(["x-ourCrl;binary", crl]))).toEqual(["crl"]);
    expect(sorted(ldif(["jpegPhoto", Uint8Array.of(0xff, 0xd8)]))).toEqual(["ldif"]);
  });

  test("reads attributes by object identifier", () => {
    const name = (attribute: string): string | undefined =>
      readInput("a", ldif([attribute, crl]))[0]?.artefact.origin?.container;
    expect(name("2.5.4.39;binary")).toBe("LDIF certificateRevocationList;binary");
    expect(name("OID.2.5.4.38")).toBe("LDIF authorityRevocationList");
    expect(name("2.5.4.53")).toBe("LDIF deltaRevocationList");
    for (const oid of ["2.5.4.36", "2.5.4.37", "2.5.4.59", "2.5.4.63"]) {
      expect(sorted(`dn: cn=a\n${oid};binary:< file:///crl\n`)).toEqual([expect.stringContaining("not opened")]);
      expect(sorted(`dn: cn=a\n${oid};binary:: AAAA\n`)).toEqual([expect.stringContaining("neither a certificate")]);
      expect(sorted(`dn: cn=a\n${oid}::\n`)).toEqual([expect.stringContaining("is empty")]);
    }
    const pair = der.seq(der.explicit(0, ca));
    expect(sorted(ldif(["2.5.4.40;binary", pair]))).toEqual(["ca"]);
  });

  test("reads PEM in the base64 of a value", () => {
    for (const attribute of ["certificateRevocationList", "x-ourCrl"]) {
      expect(sorted(ldif([attribute, bytesOf(caPem + crlPem)]))).toEqual(["ca", "crl"]);
    }
    const broken = bytesOf(encodePem("X509 CRL", der.octetString(crl)));
    expect(sorted(ldif(["certificateRevocationList", broken]))).toEqual([
      expect.stringContaining("neither a certificate nor a CRL"),
    ]);
    expect(sorted(ldif(["x-ourCrl", broken]))).toEqual([expect.stringContaining("neither a certificate nor a CRL")]);
    expect(sorted(ldif(["x-key", bytesOf(encodePem("PUBLIC KEY", der.seq()))]))).toEqual(["ldif"]);
  });

  test("reads LDIF with comments, with CRLF, and with modifications", () => {
    const text = new TextDecoder().decode(ldif(["certificateRevocationList;binary", crl]));
    expect(sorted(`# extended LDIF\n#\n# LDAPv3\n\n${text}`)).toEqual(["crl"]);
    expect(sorted(text.replaceAll("\n", "\r\n"))).toEqual(["crl"]);
    const [first = "", ...rest] = text.split("\n");
    const change = ["changetype: modify", "replace: certificateRevocationList;binary"];
    expect(sorted([first, rest[0], ...change, ...rest.slice(1), "-", ""].join("\n"))).toEqual(["crl"]);
  });

  test("reads PEM blocks between the records, in the order of the file", () => {
    const records = ldif(["certificateRevocationList;binary", crl]);
    const secondPem = encodePem("X509 CRL", second);
    expect(sorted(records, "\n", secondPem)).toEqual(["crl", "second"]);
    expect(sorted("dn: cn=x\n\n", secondPem, "\n", records)).toEqual(["second", "crl"]);
    const limited = readInput("a", join(records, "\n", secondPem.repeat(3)), { ...usualLimits, blocks: 2 });
    expect(limited.at(-1)?.identity.message).toBe("the file has 4 objects; only the first 2 are read");
  });

  test("reads records after PEM blocks, between them and after text, in the order of the file", () => {
    const records = ldif(["certificateRevocationList;binary", second]);
    expect(sorted(crlPem, records)).toEqual(["crl", "second"]);
    expect(sorted(crlPem, "\n", records, "\n", caPem)).toEqual(["crl", "second", "ca"]);
    expect(sorted("The CRL of today:\n", records)).toEqual(["second"]);
    // A line of this one begins like an object.
    expect(sorted(crlPem, ldif(["certificateRevocationList", crl]))).toEqual(["crl", "crl"]);
    expect(sorted("The CRL of today:\n", records, "\n", caPem)).toEqual(["second", "ca"]);
    expect(sorted(crlPem, ldif(["x-ourCrl", second]))).toEqual(["crl", "second"]);
    const [, later] = readInput("a", join(crlPem, records));
    expect(later?.artefact.origin).toEqual({ container: "LDIF certificateRevocationList;binary", offset: 0 });
    expect(later?.artefact.pem?.locate(0).line).toBe(crlPem.split("\n").length + 2);
    const limited = readInput("a", join(crlPem, records, records), { ...usualLimits, blocks: 2 });
    expect(limited.at(-1)?.identity.message).toBe("the file has 3 objects; only the first 2 are read");
  });

  test("a long value after a PEM block must be an object", () => {
    const value = (length: number): Uint8Array =>
      ldif(["certificateRevocationList;binary", der.octetString(new Uint8Array(length).fill(0xff))]);
    expect(sorted(crlPem, value(200))).toEqual([
      "crl",
      expect.stringContaining("the value of certificateRevocationList;binary on line"),
    ]);
    // As in documents, which show PEM in part: shorter than any CRL or certificate.
    expect(sorted(crlPem, value(50))).toEqual(["crl"]);
  });

  test.each([
    ["short", `certificateRevocationList;binary:: ${btoa(String.fromCharCode(...second)).slice(0, 100)}\n`],
    ["with an omission", `certificateRevocationList;binary:: ${btoa(String.fromCharCode(...second))} [...]\n`],
    ["a file", "certificateRevocationList;binary:< file:///tmp/crl.der\n"],
    ["text", "cACertificate: the certificate of the CA\n"],
    ["a photo", new TextDecoder().decode(ldif(["jpegPhoto", new Uint8Array(200).fill(0xff)]))],
  ])("an example of LDIF next to a PEM block is text: %s", (_, line) => {
    expect(sorted(crlPem, line)).toEqual(["crl"]);
  });

  test.each([
    ["a distinguished name", "DN: CN=Example\n"],
    ["a version", "version: 3\n"],
    ["bytes in hexadecimal", "30 82 02 49 30 82 01 31 02 01\n"],
  ])("text that starts with %s is read as text", (_, line) => {
    expect(sorted(line, caPem, crlPem)).toEqual(["ca", "crl"]);
    expect(sorted(line, btoa(String.fromCharCode(...crl)), "\n")).toEqual(["crl"]);
    expect(sorted(line)).toEqual([line.startsWith("3") ? "hex" : "ldif"]);
  });

  test("reports values that are not an object, and values in other files", () => {
    const value = (line: string): readonly string[] => sorted(`dn: cn=a\n${line}\n`);
    expect(value("certificateRevocationList;binary::")).toEqual([expect.stringContaining("on line 2 is empty")]);
    expect(value("certificateRevocationList;binary:: !!!!")).toEqual([
      expect.stringContaining("on line 2 is not valid base64"),
    ]);
    expect(value("cACertificate;binary:: AAAA")).toEqual([expect.stringContaining("neither a certificate nor")]);
    expect(value("cACertificate;binary:< file:///etc/passwd")).toEqual([
      expect.stringContaining("in a file of its own, which is not opened"),
    ]);
    expect(value("cACertificate: MIIB")).toEqual([expect.stringContaining("is not in base64")]);
  });
});

describe("an unsupported file is recognized, with advice that names a command", () => {
  test.each<readonly [string, Uint8Array | string]>([
    ["gzip", Uint8Array.of(0x1f, 0x8b, 8, 0)],
    ["bzip2", "BZh91AY"],
    ["xz", Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0)],
    ["zstd", Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0)],
    ["7z", Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c)],
    ["zip", "PK\u0003\u0004"],
    ["tar", `${"a".repeat(257)}ustar\u000000`],
    ["keystore", Uint8Array.of(0xfe, 0xed, 0xfe, 0xed, 0, 0)],
    ["hex", Buffer.from(crl).toString("hex")],
    ["hex", "00000000: 3082 0249 3082 0131 0201 0130 0d06 092a  0..I0..1...0...*\n"],
    ["hex", "00000000  30 82 02 49 30 82 01 31  02 01 01 30 0d 06 09 2a  |0..I0..1|\n"],
    ["hex", "30:82:02:49:30:82:01:31:02:01\n"],
    ["utf-16", Uint8Array.of(0xff, 0xfe, 0x2d, 0)],
    ["empty", ""],
  ])("%s", (kind, file) => {
    const [object, ...rest] = readInput("a", bytesOf(file));
    expect(rest).toEqual([]);
    expect(object?.kind).toBe(kind);
    if (kind !== "empty") expect(object?.identity.advice).toMatch(/ with: /u);
  });
});

describe("hostile files", () => {
  const parts = fc.constantFrom<Uint8Array | string>(
    ca,
    crl,
    caPem,
    crlPem,
    signedData([ca], [crl]),
    indefinite([ca], [crl]),
    ldif(["cACertificate;binary", ca]),
    crlPem.replace("-----BEGIN", "----BEGIN"),
    "junk\0",
    "\n",
    "-----BEGIN X509 CRL-----\n",
    "MIIBMDCB2AIBATAKBggqhkjOPQQDAjAxMQ==\n",
    Uint8Array.of(0x30, 0x80),
    Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff),
  );

  test("any damaged combination of objects is read without an exception, into at least one object", () => {
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 6 }), fc.nat(), fc.nat(), fc.nat(255), (some, cut, place, byte) => {
        const file = join(...some);
        const damaged = file.slice(0, file.length - (cut % (file.length + 1)));
        if (damaged.length > 0) damaged[place % damaged.length] = byte;
        const objects = readInput("a", damaged, { ...usualLimits, blocks: 5 });
        expect(objects.length).toBeGreaterThan(0);
        for (const { artefact, ordinal } of objects) {
          expect(objects[ordinal - 1]?.artefact).toBe(artefact);
          artefact.pem?.locate(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("adjacent objects in DER are all found", () => {
    const whole = fc.constantFrom(ca, crl, second);
    fc.assert(
      fc.property(fc.array(whole, { minLength: 1, maxLength: 8 }), (some) => {
        expect(readInput("a", join(...some)).map(({ artefact }) => hex(artefact.bytes))).toEqual(
          some.map((each) => hex(each)),
        );
      }),
    );
  });

  const line = `${"MIIB".padEnd(64, "A")}\n`;
  test.each<readonly [string, (n: number) => Uint8Array]>([
    ["lines of base64 without an end", (n) => bytesOf(line.repeat(n / 10))],
    ["lines of base64 with text between them", (n) => bytesOf(`${line}x y\n`.repeat(n / 10))],
    ["bytes like the start of an object", (n) => Buffer.from("3084000000010a".repeat(n), "hex")],
    [
      "bytes like the start of an object, after a certificate",
      (n) => join(ca, Buffer.from("3084000000010a".repeat(n), "hex")),
    ],
    ["lines that start like an object, after PEM", (n) => join(caPem, Buffer.from("0a308400000001".repeat(n), "hex"))],
    ["certificates with junk between them", (n) => join(...Array.from({ length: n / 50 }, () => join(ca, "x\0")))],
    ["nested indefinite lengths", (n) => Buffer.from("3080".repeat(n), "hex")],
    ["a message of many empty elements", (n) => signedData([Buffer.from("3000".repeat(n), "hex")], [])],
    ["a message of indefinite lengths", (n) => indefinite([Buffer.from("3080".repeat(n), "hex")], [])],
    ["LDIF of empty values", (n) => bytesOf(`dn: a\n${"cACertificate;binary::\n".repeat(n / 5)}`)],
    ["LDIF of one value in many lines", (n) => bytesOf(`dn: a\ncACertificate;binary:: M${"\n A".repeat(n)}`)],
    ["values of LDIF after PEM", (n) => bytesOf(`${caPem}${"cACertificate;binary::\n".repeat(n / 5)}`)],
    ["LDIF of one value in many lines, after PEM", (n) => bytesOf(`${caPem}a:: M${"\n A".repeat(n)}`)],
    ["PEM blocks with text between them", (n) => bytesOf(`${caPem}a: b\n`.repeat(n / 100))],
    ["PEM blocks", (n) => bytesOf(`${caPem}\n`.repeat(n / 100))],
    ["short lines of base64 that are not an object", (n) => bytesOf("MIIB\n".repeat(n))],
    ["short lines like the start of a long object", (n) => bytesOf("MIMA\n////\n".repeat(n / 2))],
    ["END lines after base64", (n) => bytesOf("aB3dE5gH7jK9mN1pQ3sT -END CRL ".repeat(n / 2))],
    ["BEGIN lines in sentences", (n) => bytesOf("a begin crl ".repeat(n / 2))],
    ["BEGIN lines before base64", (n) => bytesOf("a BEGIN CRL MIIB ".repeat(n / 2))],
    ["a PEM block of lines that are not base64", (n) => bytesOf(`-----BEGIN X-----\n${" -x\n".repeat(n)}`)],
  ])("reads twice as many bytes of twice as many: %s", (_, make) => {
    const reads = (n: number): number =>
      readsOf(make(n), (file) => expect(readInput("a", file).length).toBeGreaterThan(0));
    expect(reads(8000)).toBeLessThan(2.1 * reads(4000));
  });
});
