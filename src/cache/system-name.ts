import type { Files } from '../system/types.ts'

/**
 * Name and version of the operating system for the key of the build cache: the objects that cgo makes depend on the
 * headers and libraries of the system, and the go command looks at the compiler alone. A container shares its host's
 * `ImageOS`, so what the system says of itself comes first. The image's version stays out: it changes every week.
 */
export async function readSystemName(
  files: Pick<Files, 'readText'>,
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
): Promise<string> {
  if (platform === 'linux') {
    const text = await files.readText('/etc/os-release').catch(() => '')
    const value = (name: string): string => new RegExp(`^${name}=["']?([\\w.-]*)`, 'm').exec(text)?.[1] ?? ''
    const name = `${value('ID')}${value('VERSION_ID')}`
    if (name !== '') return name
  }
  return env.ImageOS ?? platform
}
