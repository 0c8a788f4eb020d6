import { escapePath } from "../files/escape-path.ts";
import { isNamedLikeObject, ldapAdvice } from "../files/expand.ts";
import { UsageError } from "../options/usage-error.ts";

/** A host with a port, which a URL parser would read as a scheme, or a host with a dot; a path may follow. */
const host = /^(?:[\w.-]+:\d+|[\w-]+(?:\.[\w-]+)+)(?:\/|$)/u;

/**
 * Checks that a URL can be fetched.
 *
 * @throws UsageError if it cannot
 */
export function checkUrl(url: string): void {
  const shown = escapePath(url);
  if (host.test(url) && !isNamedLikeObject(url.replace(/\/.*$/u, ""))) {
    throw new UsageError(`not a URL: ${shown}; did you mean http://${shown}?`);
  }
  if (!URL.canParse(url)) throw new UsageError(`not a URL: ${shown}; crllint lint takes files`);
  const { protocol, username, password } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") {
    const advice = protocol.startsWith("ldap") ? `; ${ldapAdvice}` : "";
    throw new UsageError(`not http or https: ${shown}${advice}`);
  }
  if (username !== "" || password !== "") throw new UsageError("a URL with a user name or password is not fetched");
}
