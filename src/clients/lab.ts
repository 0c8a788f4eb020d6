import { type CertificateKnobs, type IntegerKnob, kit, type KitCa } from "../fixture/index.ts";
import type { Trial } from "./client.ts";

/** A chain in which one leaf is revoked and one is good, with certificates that are valid at one time. */
export interface Lab {
  /** That time, in seconds since 1970. */
  readonly now: number;
  readonly root: KitCa;
  readonly ca: KitCa;
  readonly rootCrl: Uint8Array;
  /** serialNumber of the revoked leaf and of the good one. */
  readonly serials: Readonly<Record<LeafName, IntegerKnob>>;
  readonly leaves: Readonly<Record<LeafName, Uint8Array>>;
}

/** The leaf that the CRL lists, or that it must list; and the other one. */
export type LeafName = "revoked" | "good";

/** How a chain departs from the usual one. */
export interface LabKnobs {
  readonly root?: CertificateKnobs;
  readonly ca?: CertificateKnobs;
  readonly leaf?: CertificateKnobs;
  readonly serials?: Partial<Lab["serials"]>;
}

/** The key pair of the leaves in the kit. */
export const leafKey = "rsa2048c";

/** The URI in cRLDistributionPoints of the leaves. */
export const crlUri = "http://crl.example.com/clients.crl";

/** In hexadecimal. The revoked serial has a leading 00 that it needs to be positive. */
const usualSerials: Lab["serials"] = {
  revoked: "00c1f2a3b4c5d6e7f8091a2b3c4d5e6f70",
  good: "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a01",
};

const day = 86_400;

/** A time some seconds after another one, for a knob of the kit. */
export function later(now: number, seconds: number): Date {
  return new Date((now + seconds) * 1000);
}

/** Makes a chain. The same call gives the same bytes. */
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

/** The trial of one leaf with a CRL of its CA, and with further ones. */
export function trialOf(lab: Lab, leaf: LeafName, crl: Uint8Array, further: readonly Uint8Array[] = []): Trial {
  const { root, ca, rootCrl } = lab;
  return { root: root.certificate, ca: ca.certificate, leaf: lab.leaves[leaf], rootCrl, crl, further };
}
