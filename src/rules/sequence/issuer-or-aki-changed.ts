import { type Crl, findExtension } from "../../crl/crl.ts";
import { Oid } from "../../extension/oids.ts";
import type { OtherCrl } from "../../given/other-crl.ts";
import { matchesSubject } from "../../given/pair.ts";
import { diffNames } from "../../name/diff.ts";
import { placeIn } from "../../checks/predecessor.ts";
import { type Context, defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "sequence/issuer-or-aki-changed",
  title: "issuer or key differs from that of the previous CRL",
  looksAt: ["previous", "issuer"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const { previous, crl } = ctx;
    if (previous.isSame || previous.isForeign || previous.crl.issuer === undefined) return;
    if (!previous.sameIssuer) reportIssuer(ctx);
    else if (previous.sameKeyIdentifier === false) {
      const keyIdentifier = crl.authorityKeyIdentifier?.keyIdentifier;
      const path = `${findExtension(crl, Oid.authorityKeyIdentifier)?.path ?? "tbsCertList.crlExtensions"}.extnValue`;
      const other = previous.crl.authorityKeyIdentifier?.keyIdentifier;
      ctx.report({
        at: keyIdentifier ?? ctx.issuer,
        path,
        message: "authorityKeyIdentifier names a different key than that of the previous CRL",
        atMost: "notice",
        related: placeIn(previous, other, path),
        notes: previous.sameKey
          ? ["one key signed both CRLs: only its identifier is new"]
          : ["after a key change this is expected", ...notCompared(previous)],
      });
    }
  },
  why: "A client treats a CRL as the successor of another one only if issuer and key are the same. After a change of either, clients still need the old CRL for all certificates that were issued earlier.",
  fix: "give the CRL that this one replaces; if issuer or key was changed on purpose, also publish CRLs under the old ones, as long as certificates name them",
  examples: () => ({
    bad: [
      {
        title: "another issuer, no CA certificate given",
        make: (kit) => kit.crl({ issuerCertificate: null, previous: kit.earlierCrl({ ca: kit.otherCa }) }),
      },
      {
        title: "same issuer name in different bytes",
        make: (kit) =>
          kit.crl({ previous: kit.earlierCrl({ issuer: "C=AT, O=Example Trust GmbH, CN=EXAMPLE TLS CA 1" }) }),
      },
      {
        title: "a new key",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ ca: kit.caWith({ key: "rsa2048c" }) }) }),
      },
    ],
    good: [{ title: "same issuer and key", make: (kit) => kit.crl({ previous: kit.earlierCrl() }) }],
  }),
});

/** Returns a note if other fields were not compared. */
function notCompared({ whyNotOfSeries }: OtherCrl): readonly string[] {
  return whyNotOfSeries === undefined ? [] : ["nothing else was compared"];
}

function reportIssuer(ctx: Context<"previous" | "issuer">): void {
  const { issuer, previous, bytes, crl, anyCa } = ctx;
  const other = previous.crl.issuer;
  if (other === undefined) return;
  const isOfCa = (each: Crl) => anyCa?.sameKey.some(({ certificate }) => matchesSubject(each, certificate)) === true;
  const isRepaired = isOfCa(crl) && !isOfCa(previous.crl) && previous.isContinued;
  const difference = diffNames({ bytes, name: issuer }, { bytes: previous.crl.source.bytes, name: other });
  const isEncoding = difference?.equivalent === true;
  ctx.report({
    at: issuer,
    path: "tbsCertList.issuer",
    message: isEncoding
      ? "issuer is the same name as in the previous CRL, but in different bytes"
      : "issuer differs from that of the previous CRL",
    related: placeIn(previous, other, "tbsCertList.issuer"),
    notes: [
      ...(isRepaired ? ["the issuer is now the CA's subject; that of the previous CRL was not"] : []),
      ...notCompared(previous),
    ],
    ...(isRepaired && { atMost: "notice", help: "replace the previous CRL with this one wherever it is published" }),
  });
}
