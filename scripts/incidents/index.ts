import { deltaIncidents } from "./delta.ts";
import { extensionIncidents } from "./extensions.ts";
import { reasonIncidents } from "./reasons.ts";
import { entryIncidents } from "./entries.ts";
import { ccadbIncidents } from "./ccadb.ts";
import { numberIncidents } from "./number.ts";
import { sequenceIncidents } from "./sequence.ts";
import { bz1888371 } from "./bz1888371.ts";
import { expiryIncidents } from "./expiry.ts";
import { idpIncidents } from "./idp.ts";
import { isBuilt, type Incident } from "./incident.ts";
import { issuerIncidents } from "./issuer.ts";
import { signatureIncidents } from "./signature.ts";
import { timeIncidents } from "./times.ts";

/** All incidents that are rebuilt as fixtures. */
export const incidents: readonly Incident[] = [bz1888371, ...issuerIncidents, ...signatureIncidents, ...expiryIncidents, ...timeIncidents, ...idpIncidents, ...ccadbIncidents, ...numberIncidents, ...sequenceIncidents, ...entryIncidents, ...reasonIncidents, ...extensionIncidents, ...deltaIncidents].filter(isBuilt);
