/** Put in by scripts/build.mjs from package.json; absent when the sources run unbundled. */
declare const GOPREFLIGHT_VERSION: string | undefined

export const version: string = typeof GOPREFLIGHT_VERSION === 'string' ? GOPREFLIGHT_VERSION : '0.0.0-dev'
