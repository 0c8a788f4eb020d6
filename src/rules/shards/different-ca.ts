import { bytesOf, contents, sameBytes } from "../../der/span.ts";
import type { Kit } from "../../fixture/index.ts";
import type { Crl } from "../../crl/crl.ts";
import { serialText } from "../../cert/serial.ts";
import { defineRule, type Violation } from "../../rule/rule.ts";
import { formatName } from "../../name/format.ts";

export default defineRule({
  id: "shards/different-ca",
  title: "CRL is from a different CA than the other partitions",
  looksAt: ["shards", "issuer"],
  requirements: [{ source: "hygiene", section: "", severity: "error" }],
  create(ctx) {
    const { set, index } = ctx.shards;
    const given = set.shards[set.reference];
    const other = given?.crl;
    if (given === undefined || other?.issuer === undefined || set.reference === index) return;
    const { artefact } = given;
    const related = (place: Pick<Violation, "at" | "path">) => ({
      related: [{ at: place.at, path: place.path, artefact }],
    });
    const name = { at: ctx.issuer, path: "tbsCertList.issuer" };
    if (!sameBytes(bytesOf(ctx.bytes, ctx.issuer), bytesOf(other.source.bytes, other.issuer))) {
      const names = [formatName(ctx.issuer, ctx.bytes), formatName(other.issuer, other.source.bytes)];
      const message = `issuer ${names[0]} differs from that of the other partitions, ${names[1]}`;
      ctx.report({ ...name, message, ...related({ ...name, at: other.issuer }) });
      return;
    }
    const mine = findKey(ctx.crl);
    const its = findKey(other);
    if (mine === undefined || its === undefined || mine.text === its.text) return;
    const message = `keyIdentifier ${mine.text} differs from that of the other partitions, ${its.text}`;
    ctx.report({ at: mine.at, path: mine.path, message, ...related(its) });
  },
  why: "The partitions of one CA have its name and are signed with its key. A CRL of another CA among them is a mix-up of files, and the set of partitions is checked without it.",
  fix: "give the CRLs of one CA; if this CRL belongs to it, issue it under the CA's name with the CA's key",
  examples: () => ({
    bad: [
      {
        title: "another issuer",
        make: (kit) => kit.crl({ ca: kit.otherCa, idp: kit.partition(3), shards: shards(kit) }),
      },
      {
        title: "same name, another key",
        make: (kit) =>
          kit.crl({ ca: kit.caWith({ key: "rsa2048c" }), idp: kit.partition(3), shards: shards(kit), entries: [] }),
      },
    ],
    good: [
      {
        title: "no authorityKeyIdentifier in one of them",
        make: (kit) => kit.crl({ idp: kit.partition(3), shards: shards(kit), entries: [], aki: null }),
        also: ["aki/missing"],
      },
      {
        title: "no authorityKeyIdentifier in the others",
        make: (kit) =>
          kit.crl({
            idp: kit.partition(3),
            shards: [kit.crl({ idp: kit.partition(1), entries: [], aki: null }).crl],
            entries: [],
          }),
      },
      {
        title: "partitions of one CA",
        make: (kit) => kit.crl({ idp: kit.partition(3), shards: shards(kit), entries: [] }),
      },
    ],
  }),
});

function findKey({ authorityKeyIdentifier: value, source }: Crl) {
  const at = value?.keyIdentifier;
  return at && value && { at, path: `${value.path}.keyIdentifier`, text: serialText(contents(source.bytes, at)) };
}

function shards(kit: Kit): readonly Uint8Array[] {
  return [1, 2].map((shard) => kit.crl({ idp: kit.partition(shard), entries: [] }).crl);
}
