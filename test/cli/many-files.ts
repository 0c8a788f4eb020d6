import { kit } from "../../src/fixture/index.ts";
import { pem, privateKey, type Workbench } from "./workbench.ts";

/**
 * Writes files of all kinds: valid CRLs and CRLs with errors, several in one file, certificates, and other files. The 33
 * that may contain CRLs are the smallest number that crllint does not lint as one set.
 */
export function putMany(bench: Workbench): readonly string[] {
  const crls = Array.from({ length: 30 }, (_, i) => {
    const entries = Array.from({ length: i % 7 }, (__, j) => ({ serial: `${i + 10}${j + 10}` }));
    const issuer = i % 5 === 0 ? { issuer: kit.ca.subject.reversed() } : {};
    return bench.put(`many/crl-${i}.crl`, kit.crl({ crlNumber: i + 1, entries, ...issuer }).crl);
  });
  const bundle = pem("X509 CRL", kit.crl().crl) + pem("X509 CRL", kit.crl({ entries: [] }).crl);
  return [
    ...crls,
    bench.put("many/ca.pem", pem("CERTIFICATE", kit.ca.certificate)),
    bench.put("many/bundle.pem", bundle),
    bench.put("many/page.crl", "<!DOCTYPE html><p>gone"),
    bench.put("many/broken.crl", kit.crl().crl.slice(0, 100)),
    bench.put("many/key.pem", privateKey),
    `${bench.folder}/many/missing.crl`,
  ];
}
