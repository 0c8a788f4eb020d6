import fc from "fast-check";

// Property tests draw the same cases every time, so that a run says the same today and tomorrow. Other cases are a
// matter of a number: CRLLINT_TEST_SEED=1 npm test.
fc.configureGlobal({ seed: Number(process.env["CRLLINT_TEST_SEED"] ?? 1_888_371) });
