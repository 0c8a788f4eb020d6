import { kit } from "../../src/fixture/index.ts";

const { der } = kit;
const signed = der.oid("1.2.840.113549.1.7.2");
const empty = der.set();

/** A PKCS#7 message of type SignedData without signers, as in .p7b files. */
export function signedData(
  certificates: readonly Uint8Array[],
  crls: readonly Uint8Array[],
  content: Uint8Array = der.seq(der.oid("1.2.840.113549.1.7.1")),
): Uint8Array {
  const parts = [
    ...(certificates.length > 0 ? [der.explicit(0, ...certificates)] : []),
    ...(crls.length > 0 ? [der.explicit(1, ...crls)] : []),
  ];
  return der.seq(signed, der.explicit(0, der.seq(der.int(1), empty, content, ...parts, empty)));
}

/** The same message in BER; each constructed value has an indefinite length. */
export function indefinite(certificates: readonly Uint8Array[], crls: readonly Uint8Array[]): Uint8Array {
  const open = (tag: number, ...contents: readonly Uint8Array[]): Uint8Array =>
    der.concat(Uint8Array.of(tag, 0x80), ...contents, Uint8Array.of(0, 0));
  const octetString = open(0x24, der.octetString(Uint8Array.of(1)), der.octetString(Uint8Array.of(2)));
  const content = open(0x30, der.oid("1.2.840.113549.1.7.1"), open(0xa0, octetString));
  const parts = [open(0xa0, ...certificates), open(0xa1, ...crls), open(0x31)];
  return open(0x30, signed, open(0xa0, open(0x30, der.int(1), open(0x31), content, ...parts)));
}

/** An ICAO master list: its certificates are in the signed content. */
export function cscaMasterList(certificates: readonly Uint8Array[]): Uint8Array {
  const list = der.seq(der.int(0), der.set(...certificates));
  return signedData([], [], der.seq(der.oid("2.23.136.1.1.2"), der.explicit(0, der.octetString(list))));
}

/** LDIF of one entry, with lines folded at 76 characters. */
export function ldif(...values: readonly (readonly [attribute: string, value: Uint8Array])[]): Uint8Array {
  const lines = values.map(([attribute, value]) =>
    `${attribute}:: ${Buffer.from(value).toString("base64")}`.replaceAll(/(?<=^(?:.{76})+)(?=.)/gu, "\n "),
  );
  return new TextEncoder().encode(`dn: cn=Example\nobjectClass: cRLDistributionPoint\n${lines.join("\n")}\n`);
}
