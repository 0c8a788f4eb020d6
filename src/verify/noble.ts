/** Modules for algorithms that the OpenSSL inside Node.js does not have. */
interface Modules {
  readonly "@noble/curves/abstract/weierstrass.js": typeof import("@noble/curves/abstract/weierstrass.js");
  readonly "@noble/curves/nist.js": typeof import("@noble/curves/nist.js");
  readonly "@noble/post-quantum/ml-dsa.js": typeof import("@noble/post-quantum/ml-dsa.js");
  readonly "@noble/post-quantum/slh-dsa.js": typeof import("@noble/post-quantum/slh-dsa.js");
}

/**
 * Loads a module when the first signature needs it, so other runs do not pay for it. A dynamic import would make every
 * verdict a promise. In every Node.js version that crllint supports, require also loads ES modules.
 *
 * @returns undefined if the package cannot be loaded, for example in an application that bundles crllint without it
 */
export function loadNoble<Name extends keyof Modules>(name: Name): Modules[Name] | undefined {
  try {
    const { createRequire } = process.getBuiltinModule("node:module");
    return createRequire(import.meta.url)(name) as Modules[Name];
  } catch {
    return undefined;
  }
}
