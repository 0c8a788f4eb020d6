import { escapePath } from "../files/escape-path.ts";
import { isNamedLikeObject } from "../files/expand.ts";
import { UsageError } from "../options/usage-error.ts";

/** @throws UsageError for what cannot be fetched */
export function checkUrl(url: string): void {
  const shown = escapePath(url);
  if (!URL.canParse(url)) {
    const isHost = /^[\w-]+(?:\.[\w-]+)+(?:[:/]|$)/u.test(url) && !isNamedLikeObject(url.replace(/\/.*$/u, ""));
    throw new UsageError(
      `not a URL: ${shown}; ${isHost ? `did you mean http://${shown}?` : "crllint lint takes files"}`,
    );
  }
  const { protocol, username, password } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") throw new UsageError(`not http or https: ${shown}`);
  if (username !== "" || password !== "") throw new UsageError("a URL with a user name or password is not fetched");
}
