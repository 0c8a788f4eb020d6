// Runs worker.ts from source: a worker thread has no loader for TypeScript, even if the process has one.
import { register } from "tsx/esm/api";

register();
export default await import("./worker.ts");
