import { isoTime } from "../../der/time.ts";
import { freshUntil, isServed, nowhere } from "../../checks/transport.ts";
import { formatDuration } from "../../rule/format-duration.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "transport/cache-beyond-next-update",
  title: "caches may serve the CRL after its nextUpdate",
  looksAt: ["transport", "nextUpdate"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const { transport, nextUpdate } = ctx;
    const fresh = freshUntil(transport);
    if (!isServed(ctx) || fresh === undefined || fresh.until <= nextUpdate.seconds) return;
    // time/expired reports a CRL that has already expired when it is served.
    if (transport.receivedAt > nextUpdate.seconds) return;
    const end = isoTime(nextUpdate.seconds);
    const over = Math.ceil(fresh.until - nextUpdate.seconds);
    ctx.report({
      ...nowhere,
      message: `caches may serve the CRL for ${formatDuration(over)} after its nextUpdate ${end} (${fresh.by})`,
      related: [{ at: nextUpdate, path: "tbsCertList.nextUpdate", artefact: ctx.artefact }],
    });
  },
  why: "A proxy that may keep the CRL longer than it is valid serves an expired CRL even after the CA has published the next one.",
  fix: "let cache-control: max-age and expires end before nextUpdate, ideally when the next CRL is due",
  examples: () => ({
    bad: [
      {
        title: "max-age of a month",
        make: (kit) =>
          kit.crl({
            options: { transport: kit.transport({ headers: { "cache-control": "public, max-age=2592000" } }) },
          }),
      },
      {
        title: "max-age that ends one second after nextUpdate",
        make: (kit) =>
          kit.crl({ options: { transport: kit.transport({ headers: { "cache-control": "max-age=518400" } }) } }),
      },
      {
        title: "expires one second after nextUpdate",
        make: (kit) =>
          kit.crl({
            options: { transport: kit.transport({ headers: { expires: "Sun, 08 Nov 2026 00:00:00 GMT" } }) },
          }),
      },
      {
        title: "served in the second of nextUpdate",
        make: (kit) =>
          kit.crl({
            options: {
              transport: kit.transport({
                headers: { "cache-control": "max-age=60" },
                receivedAt: Date.parse("2026-11-07T23:59:59Z") / 1000,
              }),
            },
          }),
      },
    ],
    good: [
      {
        title: "expired when it was served",
        make: (kit) =>
          kit.crl({
            options: {
              transport: kit.transport({
                headers: { "cache-control": "max-age=60" },
                receivedAt: Date.parse("2026-11-08T00:00:00Z") / 1000,
              }),
            },
          }),
      },
      {
        title: "max-age that ends at nextUpdate",
        make: (kit) =>
          kit.crl({ options: { transport: kit.transport({ headers: { "cache-control": "max-age=518399" } }) } }),
      },
      {
        title: "max-age of a month, of a CRL that spent all but five days in a cache",
        make: (kit) =>
          kit.crl({
            options: {
              transport: kit.transport({ headers: { "cache-control": "max-age=2592000", age: "2160000" } }),
            },
          }),
      },
      {
        title: "s-maxage, which overrides max-age, which overrides expires",
        make: (kit) =>
          kit.crl({
            options: {
              transport: kit.transport({
                headers: {
                  "cache-control": "max-age=2592000, s-maxage=3600",
                  expires: "Tue, 01 Dec 2026 00:00:00 GMT",
                },
              }),
            },
          }),
      },
      {
        title: "no-store",
        make: (kit) =>
          kit.crl({
            options: { transport: kit.transport({ headers: { "cache-control": "no-store, max-age=2592000" } }) },
          }),
      },
    ],
  }),
});
