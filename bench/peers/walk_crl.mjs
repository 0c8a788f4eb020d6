// The least that a CRL costs in JavaScript: reads the file, steps over each entry, and verifies the signature with the
// key of the certificate in the first argument. If the second is a directory, does so for all its files.
import { verify, X509Certificate } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const [ca, path] = process.argv.slice(2);
const { publicKey } = new X509Certificate(readFileSync(ca));
const paths = statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path];
for (const each of paths) walk(each, readFileSync(each));

function walk(name, der) {
  const tbs = step(der, step(der, 0).start);
  let at = tbs.start;
  let entries = 0;
  while (at < tbs.end) {
    const field = step(der, at);
    // revokedCertificates is the only SEQUENCE of the tbsCertList that begins with a SEQUENCE of an INTEGER.
    const first = field.start < field.end ? step(der, field.start) : undefined;
    if (der[at] === 0x30 && first !== undefined && der[field.start] === 0x30 && der[first.start] === 0x02) {
      for (let entry = field.start; entry < field.end; entries += 1) entry = step(der, entry).end;
    }
    at = field.end;
  }
  const algorithm = step(der, tbs.end);
  const signature = step(der, algorithm.end);
  const signed = der.subarray(step(der, 0).start, tbs.end);
  if (!verify("sha256", signed, publicKey, der.subarray(signature.start + 1, signature.end))) {
    throw new Error(`${name}: the signature of a CRL with ${entries} entries does not verify`);
  }
}

/** Returns where the contents of an element begin and end. */
function step(der, at) {
  let length = der[at + 1];
  let start = at + 2;
  if (length > 0x80) {
    const octets = length - 0x80;
    length = 0;
    for (const end = start + octets; start < end; start += 1) length = length * 256 + der[start];
  }
  return { start, end: start + length };
}
