/** Modules that verify what the OpenSSL inside Node cannot. */
interface Modules {
  readonly "@noble/curves/abstract/weierstrass.js": typeof import("@noble/curves/abstract/weierstrass.js");
  readonly "@noble/curves/nist.js": typeof import("@noble/curves/nist.js");
  readonly "@noble/post-quantum/ml-dsa.js": typeof import("@noble/post-quantum/ml-dsa.js");
  readonly "@noble/post-quantum/slh-dsa.js": typeof import("@noble/post-quantum/slh-dsa.js");
}

/**
 * Loads a module when a signature needs it, so that no other run pays for it. A dynamic import would make every
 * verdict a promise; on every Node that crllint supports, a require function takes ES modules too.
 *
 * @returns undefined if the package cannot be loaded, as in an application that bundles crllint without it
 */
export function loadNoble<Name extends keyof Modules>(name: Name): Modules[Name] | undefined {
  try {
    const { createRequire } = process.getBuiltinModule("node:module");
    return createRequire(import.meta.url)(name) as Modules[Name];
  } catch {
    return undefined;
  }
}
