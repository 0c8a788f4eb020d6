import fc from "fast-check";

// Property tests use the same cases in every run, so results are reproducible. For other cases, set a seed:
// CRLLINT_TEST_SEED=1 npm test.
fc.configureGlobal({ seed: Number(process.env["CRLLINT_TEST_SEED"] ?? 1_888_371) });

// Node 20 reads the certificates in this file at every start, which takes longer than the start itself. No test needs it.
delete process.env["NODE_EXTRA_CA_CERTS"];
