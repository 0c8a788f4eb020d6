import { compiled } from "./compiled.ts";

/** The library Botan. */
export const botan = compiled({
  id: "botan",
  name: "Botan",
  mode: "x509_path_validate, revocation information required",
  source: "botan.cpp",
  options: ["-I/usr/include/botan-2", "-lbotan-2"],
});
