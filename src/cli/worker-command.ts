/** Argument with which a service starts crllint as a process that answers requests. It is not a command for users. */
export const workerCommand = "serve-worker";
