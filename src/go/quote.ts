/** An argument as a person would type it in a POSIX shell: quoted only when it must be. For display, never for running. */
export function quoteArgument(argument: string): string {
  return /^[\w@%+=:,./~^-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`
}
