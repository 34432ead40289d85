/** Most redirects that are followed for one request: as many as Go's own client (net/http/client.go, defaultCheckRedirect). */
export const maxRedirects = 10

/** An address as it may be shown: without user, password, query values and fragment, all of which can be secrets. */
export function shownUrl(url: string): string {
  try {
    const parsed = new URL(url)
    return `${parsed.protocol}//${parsed.host}${parsed.pathname}${parsed.search === '' ? '' : '?…'}`
  } catch {
    return 'an address that is no URL'
  }
}

/** Text of an error with anything that looks like `user:password@` cut out of it. */
export function withoutCredentials(text: string): string {
  return text.replace(/\/\/[^/\s@]{1,1000}@/g, '//')
}

/**
 * Where a redirect leads. Throws for a step from https to http (anybody on the way could then change the answer), for
 * anything that is not http(s) and for a `Location` that is no address. `from` and `location` are URLs; the result is absolute.
 */
export function redirectTarget(from: string, location: string): string {
  let target: URL
  try {
    target = new URL(location, from)
  } catch {
    throw new Error('it redirects to something that is no address')
  }
  if (target.protocol !== 'http:' && target.protocol !== 'https:') {
    throw new Error(`it redirects to ${target.protocol} which is refused`)
  }
  if (new URL(from).protocol === 'https:' && target.protocol === 'http:') {
    throw new Error(`it redirects from https to http (${shownUrl(target.href)}), which is refused`)
  }
  return target.href
}

/**
 * Splits `https://user:password@host/` into the address and the Authorization header it stands for; Node's clients
 * ignore that part of a URL, and module proxies are often written so (GOPROXY=https://user:token@host).
 */
export function splitCredentials(url: string): { readonly url: string; readonly authorization?: string } {
  const parsed = new URL(url)
  if (parsed.username === '' && parsed.password === '') return { url: parsed.href }
  const pair = `${decodeText(parsed.username)}:${decodeText(parsed.password)}`
  parsed.username = ''
  parsed.password = ''
  return { url: parsed.href, authorization: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` }
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
