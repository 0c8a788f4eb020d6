import { type CertificateKnobs, type IntegerKnob, kit, type KitCa } from "../fixture/index.ts";
import type { Trial } from "./client.ts";

/** A chain with one revoked leaf and one good leaf, whose certificates are all valid at one time. */
export interface Lab {
  /** The time at which they are valid, in seconds since 1970. */
  readonly now: number;
  readonly root: KitCa;
  readonly ca: KitCa;
  readonly rootCrl: Uint8Array;
  /** serialNumber of the revoked leaf and of the good one. */
  readonly serials: Readonly<Record<LeafName, IntegerKnob>>;
  readonly leaves: Readonly<Record<LeafName, Uint8Array>>;
}

/** `revoked` is the leaf that the CRL lists or must list; `good` is the other one. */
export type LeafName = "revoked" | "good";

/** Changes to the usual chain. */
export interface LabKnobs {
  readonly root?: CertificateKnobs;
  readonly ca?: CertificateKnobs;
  readonly leaf?: CertificateKnobs;
  readonly serials?: Partial<Lab["serials"]>;
}

/** Name of the leaves' key pair in the kit. */
export const leafKey = "rsa2048c";

/** The URI in cRLDistributionPoints of the leaves. */
export const crlUri = "http://crl.example.com/clients.crl";

/** Serials in hexadecimal. The revoked one has a leading 00, which it needs to be positive. */
const usualSerials: Lab["serials"] = {
  revoked: "00c1f2a3b4c5d6e7f8091a2b3c4d5e6f70",
  good: "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a01",
};

const day = 86_400;

/** Returns a time some seconds after another one, for the kit. */
export function later(now: number, seconds: number): Date {
  return new Date((now + seconds) * 1000);
}

/** Makes a chain. Equal calls return equal bytes. */
export function makeLab(now: number, knobs: LabKnobs = {}): Lab {
  const dates = { notBefore: later(now, -30 * day), notAfter: later(now, 60 * day) };
  const root = kit.caWith({
    parent: "self",
    subject: "C=AT, O=Example Trust GmbH, CN=Example Client Root",
    ...dates,
    ...knobs.root,
  });
  const ca = kit.caWith({
    parent: root,
    subject: "C=AT, O=Example Trust GmbH, CN=Example Client CA",
    // Botan requires a CRL of the root with this name, if there is one.
    crldp: null,
    ...dates,
    ...knobs.ca,
  });
  const serials = { ...usualSerials, ...knobs.serials };
  const leaf = (name: LeafName): Uint8Array =>
    kit.certificate({
      parent: ca,
      serial: serials[name],
      subject: `C=AT, O=Example Trust GmbH, CN=${name}`,
      key: leafKey,
      // NSS requires keyEncipherment of an RSA key for this use.
      keyUsage: ["digitalSignature", "keyEncipherment"],
      dnsNames: ["localhost"],
      crldp: [crlUri],
      ...dates,
      ...knobs.leaf,
    });
  const update = { thisUpdate: later(now, -day), nextUpdate: later(now, 30 * day) };
  const rootCrl = kit.crl({ ca: root, entries: [], ...update }).crl;
  return { now, root, ca, rootCrl, serials, leaves: { revoked: leaf("revoked"), good: leaf("good") } };
}

/** Returns the trial of one leaf with a CRL of its CA, and with further ones. */
export function trialOf(lab: Lab, leaf: LeafName, crl: Uint8Array, further: readonly Uint8Array[] = []): Trial {
  const { root, ca, rootCrl } = lab;
  return { root: root.certificate, ca: ca.certificate, leaf: lab.leaves[leaf], rootCrl, crl, further };
}
