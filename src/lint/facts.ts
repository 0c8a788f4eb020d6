import { algorithmName } from "../algorithm/signature-algorithm.ts";
import type { Certificate } from "../cert/certificate.ts";
import { integerText } from "../der/integer.ts";
import { isoTime } from "../der/time.ts";
import { matchesSubject } from "../given/pair.ts";
import { formatName } from "../name/format.ts";
import type { CrlFacts } from "../rule/report.ts";
import type { Subject } from "./subject.ts";

/**
 * Returns facts about a CRL, for reports that are kept as evidence.
 *
 * @param now the time to lint as of, in seconds since 1970
 */
export function factsOf({ crl, anyCa }: Subject, now: number | undefined): CrlFacts {
  const { thisUpdate, nextUpdate, crlNumber, issuer, signatureAlgorithm, signature, source } = crl;
  const ca = anyCa?.certificate;
  const algorithm = (signatureAlgorithm ?? signature)?.oid;
  // Spreading an object for each field that may be absent would take as long as formatting the fields.
  const facts: { -readonly [Field in keyof CrlFacts]: CrlFacts[Field] } = { size: source.bytes.length };
  if (now !== undefined) facts.asOf = isoTime(Math.floor(now));
  if (thisUpdate?.seconds !== undefined) facts.thisUpdate = isoTime(thisUpdate.seconds);
  if (nextUpdate?.seconds !== undefined) facts.nextUpdate = isoTime(nextUpdate.seconds);
  if (crlNumber !== undefined) facts.number = integerText(source.bytes, crlNumber);
  if (ca !== undefined) facts.subject = subjectText(ca);
  if (issuer !== undefined) {
    const isSubject = ca !== undefined && matchesSubject(crl, ca);
    facts.issuer = isSubject ? subjectText(ca) : formatName(issuer, source.bytes);
  }
  if (algorithm !== undefined) facts.algorithm = algorithmName(algorithm);
  return facts;
}

/** Subjects of CAs as text: all CRLs of a CA have the same. */
const subjects = new WeakMap<Certificate, string>();

function subjectText(ca: Certificate): string {
  let text = subjects.get(ca);
  if (text === undefined) subjects.set(ca, (text = formatName(ca.subject, ca.source.bytes)));
  return text;
}
