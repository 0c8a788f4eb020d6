/** Thrown if the caller misuses an option. Callers of the library see a TypeError. */
export class MisuseError extends TypeError {
  /** Name of the option in the library, if the error is about one; `certificates[0]` for the first of its values. */
  readonly option: string | undefined;
  /** The error without the name of the option. All its text is escaped. */
  readonly problem: string;

  /** @param problem the error, which continues the name of the option: `holds no CRL`, `: permission denied` */
  constructor(option: string | undefined, problem: string) {
    super(join(option, problem));
    this.option = option;
    this.problem = problem;
  }

  /** Returns the message with another name for the option. */
  naming(rename: (option: string) => string): string {
    return join(this.option?.replace(/^\w+/u, rename), this.problem);
  }
}

function join(option: string | undefined, problem: string): string {
  return `${option ?? ""}${option === undefined || problem.startsWith(":") ? "" : " "}${problem}`;
}
