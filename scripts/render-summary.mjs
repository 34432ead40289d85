/**
 * Draws a job summary as GitHub would show it: node scripts/render-summary.mjs IN.md OUT.png [--dark] [--open]
 * Its libraries are heavy and only for looking, so they have a folder of their own (tools/summary-picture/README.md).
 */
const [input, output, ...flags] = process.argv.slice(2)
if (input === undefined || output === undefined) {
  console.error('usage: node scripts/render-summary.mjs IN.md OUT.png [--dark] [--open]')
  process.exit(2)
}
const tool = await import('../tools/summary-picture/render.mjs').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
  console.error('Its libraries are not installed: npm ci --prefix tools/summary-picture')
  process.exit(2)
})
const problems = await tool.renderPicture(input, output, {
  dark: flags.includes('--dark'),
  open: flags.includes('--open'),
})
process.exitCode = problems.length > 0 ? 1 : 0
