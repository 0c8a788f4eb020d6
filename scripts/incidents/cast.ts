import { type CrlKnobs, type KitCa, kit } from "../../src/fixture/index.ts";
import { encodePem } from "../../src/pem/encode.ts";
import type { FixtureFile, Inputs, Trial } from "./incident.ts";

// Who plays in most incidents: made-up CAs that were valid at the time. Names of real ones stand in the reports.

/** Seconds. */
export const hour = 3600;
/** Seconds. */
export const day = 24 * hour;
/** Seconds. */
export const week = 7 * day;

/** A moment some seconds later, or earlier; ISO 8601. */
export function after(moment: string, seconds: number): string {
  return new Date(Date.parse(moment) + seconds * 1000).toISOString().replace(".000Z", "Z");
}

/** A root CA, valid for 30 years from a January on. */
export function rootCa(year: number): KitCa {
  return kit.caWith({ parent: "self", notBefore: `${year}-01-01T00:00:00Z`, notAfter: `${year + 30}-01-01T00:00:00Z` });
}

/** A TLS CA below such a root, valid for ten years, with knobs turned. */
export function tlsCa(year: number, knobs: Parameters<typeof kit.caWith>[0] = {}): KitCa {
  return kit.caWith({
    parent: rootCa(year),
    notBefore: `${year}-01-01T00:00:00Z`,
    notAfter: `${year + 10}-01-01T00:00:00Z`,
    ...knobs,
  });
}

/** A CRL of a CA: three entries, valid for a second less than seven days; with knobs turned. */
export function crlOf(ca: KitCa, thisUpdate: string, knobs: CrlKnobs = {}): Uint8Array {
  return kit.crl({ ca, thisUpdate, nextUpdate: after(thisUpdate, week - 1), entries: entriesAt(thisUpdate), ...knobs })
    .crl;
}

/** Three entries of the day before a moment. */
export function entriesAt(moment: string): NonNullable<CrlKnobs["entries"]> {
  return [
    { serial: 0x4d01_77a3n, date: after(moment, -3 * hour), reason: 1 },
    { serial: 0x4d01_8c15n, date: after(moment, -5 * hour), reason: 4 },
    { serial: 0x4d01_9e60n, date: after(moment, -8 * hour) },
  ];
}

/** A file of a fixture, built when first asked for. */
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

/** The PEM file of a certificate. */
export function certificateFile(name: string, der: () => Uint8Array): FixtureFile {
  return file(name, () => encodePem("CERTIFICATE", der()));
}

/** The PEM file of a CA's certificate. */
export function caFile(ca: KitCa, name = "ca.pem"): FixtureFile {
  return certificateFile(name, () => ca.certificate);
}

/** A CRL that departs from its sound twin. */
interface Departure {
  readonly turn: CrlKnobs;
  readonly expected: readonly string[];
  /** Default "the CRL as it was published". */
  readonly title?: string;
  /** Name of its file. Default `published.crl`. */
  readonly name?: string;
}

/** Sound and faulty CRLs of one CA, judged with the same inputs. */
export interface Scene extends Inputs, Pick<Trial, "profile" | "scope" | "completeness" | "allDates"> {
  /** The CA that signs. `ca`, where given, is handed over in place of its certificate. */
  readonly signer: KitCa;
  /** thisUpdate. */
  readonly at: string;
  /** What all CRLs have in common. */
  readonly sound?: CrlKnobs;
  readonly bad: readonly Departure[];
}

/** A trial of each faulty CRL, and of the sound twin of all. Judged a day behind thisUpdate where nothing else is said. */
export function play({ signer, at, sound = {}, bad, ...given }: Scene): readonly Trial[] {
  const common = { ca: caFile(signer), now: after(at, day), ...given };
  return [
    ...bad.map(({ turn, expected, title = "the CRL as it was published", name = "published.crl" }) => ({
      title,
      crl: file(name, () => crlOf(signer, at, { ...sound, ...turn })),
      ...common,
      expected,
    })),
    {
      title: bad.length === 1 ? "its sound twin" : "the sound twin of all",
      crl: file("sound.crl", () => crlOf(signer, at, sound)),
      ...common,
      expected: [],
    },
  ];
}

/** Address of a bug in Mozilla's Bugzilla. */
export function bugzilla(number: number): string {
  return `https://bugzilla.mozilla.org/show_bug.cgi?id=${number}`;
}
