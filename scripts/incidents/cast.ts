import { type CrlKnobs, type KitCa, kit } from "../../src/fixture/index.ts";
import { encodePem } from "../../src/pem/encode.ts";
import type { FixtureFile, Inputs, Trial } from "./incident.ts";

// The CAs of most incidents: fictional CAs that were valid at the time. The reports have the real names.

/** Seconds. */
export const hour = 3600;
/** Seconds. */
export const day = 24 * hour;
/** Seconds. */
export const week = 7 * day;

/** Returns the time that is a number of seconds later, or earlier; in ISO 8601. */
export function after(moment: string, seconds: number): string {
  return new Date(Date.parse(moment) + seconds * 1000).toISOString().replace(".000Z", "Z");
}

/** Returns a root CA that is valid for 30 years from January of a year. */
export function rootCa(year: number): KitCa {
  return kit.caWith({ parent: "self", notBefore: `${year}-01-01T00:00:00Z`, notAfter: `${year + 30}-01-01T00:00:00Z` });
}

/** Returns a TLS CA below such a root that is valid for 10 years, with the given properties changed. */
export function tlsCa(year: number, knobs: Parameters<typeof kit.caWith>[0] = {}): KitCa {
  return kit.caWith({
    parent: rootCa(year),
    notBefore: `${year}-01-01T00:00:00Z`,
    notAfter: `${year + 10}-01-01T00:00:00Z`,
    ...knobs,
  });
}

/** Returns a CRL of a CA with three entries, valid for 7 days less 1 s, with the given properties changed. */
export function crlOf(ca: KitCa, thisUpdate: string, knobs: CrlKnobs = {}): Uint8Array {
  return kit.crl({ ca, thisUpdate, nextUpdate: after(thisUpdate, week - 1), entries: entriesAt(thisUpdate), ...knobs })
    .crl;
}

/** Returns three entries of the day before a time. */
export function entriesAt(moment: string): NonNullable<CrlKnobs["entries"]> {
  return [
    { serial: 0x4d01_77a3n, date: after(moment, -3 * hour), reason: 1 },
    { serial: 0x4d01_8c15n, date: after(moment, -5 * hour), reason: 4 },
    { serial: 0x4d01_9e60n, date: after(moment, -8 * hour) },
  ];
}

/** Returns a file of a fixture, which is built when its content is first read. */
export function file(name: string, make: () => Uint8Array | string, isLarge = false): FixtureFile {
  let built: Uint8Array | undefined;
  const bytes = (): Uint8Array => {
    if (built === undefined) {
      const made = make();
      built = typeof made === "string" ? new TextEncoder().encode(made) : made;
    }
    return built;
  };
  return { name, bytes, isLarge };
}

/** Returns the PEM file of a certificate. */
export function certificateFile(name: string, der: () => Uint8Array): FixtureFile {
  return file(name, () => encodePem("CERTIFICATE", der()));
}

/** Returns the PEM file of a CA's certificate. */
export function caFile(ca: KitCa, name = "ca.pem"): FixtureFile {
  return certificateFile(name, () => ca.certificate);
}

/** A faulty CRL, by its differences from a valid one. */
interface FaultyCrl {
  readonly change: CrlKnobs;
  readonly expected: readonly string[];
  /** Default "the CRL as it was published". */
  readonly title?: string;
  /** Name of its file. Default `published.crl`. */
  readonly name?: string;
}

/** Valid and faulty CRLs of one CA, linted with the same inputs. */
export interface TrialPlan extends Inputs, Pick<Trial, "profile" | "scope" | "completeness" | "allDates"> {
  /** The CA that signs. If `ca` is given, it is used instead of the certificate of this CA. */
  readonly signer: KitCa;
  /** thisUpdate. */
  readonly at: string;
  /** Properties of all CRLs. */
  readonly valid?: CrlKnobs;
  readonly bad: readonly FaultyCrl[];
}

/**
 * Returns a trial for each faulty CRL and for the valid CRL. By default, they are linted as of a day after thisUpdate.
 */
export function trialsOf({ signer, at, valid = {}, bad, ...given }: TrialPlan): readonly Trial[] {
  const common = { ca: caFile(signer), now: after(at, day), ...given };
  return [
    ...bad.map(({ change, expected, title = "the CRL as it was published", name = "published.crl" }) => ({
      title,
      crl: file(name, () => crlOf(signer, at, { ...valid, ...change })),
      ...common,
      expected,
    })),
    {
      title: bad.length === 1 ? "the same CRL without the defect" : "the same CRL without any of these defects",
      crl: file("sound.crl", () => crlOf(signer, at, valid)),
      ...common,
      expected: [],
    },
  ];
}

/** Returns the URL of a bug in Mozilla's Bugzilla. */
export function bugzilla(number: number): string {
  return `https://bugzilla.mozilla.org/show_bug.cgi?id=${number}`;
}
