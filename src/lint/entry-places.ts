import type { Entry } from "../crl/entry-reader.ts";
import type { Crl } from "../crl/crl.ts";
import type { Artefact } from "../input/read.ts";
import { locateEntry } from "../rule/location.ts";
import type { Location } from "../rule/report.ts";

/** Locations of entries. Rules often report the same entry in succession; its location is then built once. */
export class EntryPlaces {
  #crl: Crl | undefined;
  #index = -1;
  #last: Location | undefined;

  of(artefact: Artefact, crl: Crl, entry: Entry): Location {
    if (this.#last === undefined || this.#crl !== crl || this.#index !== entry.index) {
      this.#crl = crl;
      this.#index = entry.index;
      this.#last = locateEntry(artefact, crl.source.bytes, entry, crl.entries.pathOf(entry.index));
    }
    return this.#last;
  }
}
