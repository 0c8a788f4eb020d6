import { fileURLToPath } from "node:url";

const incident = fileURLToPath(
  new URL("../fixtures/incidents/bz1888371/globaltrust-2020-server-ov-1", import.meta.url),
);

/** The usual call of a gate, with a valid CRL. Code that this call does not compile is in no code cache. */
export const gateCall: readonly string[] = [
  "--no-config",
  "--now",
  "2024-03-26T00:00:00Z",
  `${incident}.pem`,
  `${incident}.sound.crl`,
];
