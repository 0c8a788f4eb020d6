import { bz1888371 } from "./bz1888371.ts";
import { ccadbIncidents } from "./ccadb.ts";
import { deltaIncidents } from "./delta.ts";
import { entryIncidents } from "./entries.ts";
import { expiryIncidents } from "./expiry.ts";
import { extensionIncidents } from "./extensions.ts";
import { formIncidents } from "./forms.ts";
import { idpIncidents } from "./idp.ts";
import { type Incident, isBuilt, type Unbuilt } from "./incident.ts";
import { issuerIncidents } from "./issuer.ts";
import { listingIncidents } from "./listed.ts";
import { numberIncidents } from "./number.ts";
import { partitionIncidents } from "./partitions.ts";
import { reasonIncidents } from "./reasons.ts";
import { removalIncidents } from "./removed.ts";
import { sequenceIncidents } from "./sequence.ts";
import { signatureIncidents } from "./signature.ts";
import { sizeIncidents } from "./size.ts";
import { timeIncidents } from "./times.ts";
import { transportIncidents } from "./transport.ts";

/** All known reports of CRL failures, by subject. */
export const reports: readonly (Incident | Unbuilt)[] = [
  bz1888371,
  ...issuerIncidents,
  ...signatureIncidents,
  ...expiryIncidents,
  ...timeIncidents,
  ...idpIncidents,
  ...partitionIncidents,
  ...ccadbIncidents,
  ...numberIncidents,
  ...sequenceIncidents,
  ...removalIncidents,
  ...entryIncidents,
  ...listingIncidents,
  ...reasonIncidents,
  ...extensionIncidents,
  ...deltaIncidents,
  ...transportIncidents,
  ...formIncidents,
  ...sizeIncidents,
];

/** The reports that are rebuilt as fixtures. */
export const incidents: readonly Incident[] = reports.filter(isBuilt);
