const units: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 }

/** Seconds of a Go duration such as `1h30m` or `90s` (time.ParseDuration without signs and small units); undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d{1,6}(\.\d{1,3})?(ms|s|m|h))+$/.test(text)) return undefined
  let seconds = 0
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g))
    seconds += Number(number) * (units[unit ?? ''] ?? 0)
  return seconds
}
