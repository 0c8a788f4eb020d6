import { readCertificate } from "../cert/certificate.ts";
import { readCrl } from "../crl/read.ts";
import type { Limits } from "../der/limits.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { GivenCrl } from "../given/other-crl.ts";
import { type InputObject, isUnread } from "../input/read.ts";

/** The certificates and CRLs of a file, and all other objects. */
export interface StatusObjects {
  readonly certificates: readonly GivenCertificate[];
  readonly crls: readonly GivenCrl[];
  /** Objects that are neither, or cannot be read. */
  readonly others: readonly InputObject[];
}

/** Reads the certificates and CRLs among the objects of a file. */
export function readStatusObjects(objects: readonly InputObject[], limits: Limits): StatusObjects {
  const certificates: GivenCertificate[] = [];
  const crls: GivenCrl[] = [];
  const others: InputObject[] = [];
  for (const object of objects) {
    const { kind, artefact } = object;
    const certificate = kind === "certificate" ? readCertificate(artefact.bytes, { limits }) : undefined;
    if (certificate !== undefined) certificates.push({ certificate, artefact });
    else if (kind === "crl" && !isUnread(object))
      crls.push({ crl: readCrl(artefact.bytes, "crl", { limits }), artefact });
    else others.push(object);
  }
  return { certificates, crls, others };
}
