// Removes the output of the last build, so dist/ has no output of a deleted source file.
import { rmSync } from "node:fs";

rmSync(new URL("../dist", import.meta.url), { recursive: true, force: true });
