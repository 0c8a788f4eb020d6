/** Argument with which a service starts crllint as a process that answers requests. Users do not call it. */
export const workerCommand = "serve-worker";
