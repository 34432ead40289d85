/**
 * The processor time, in milliseconds, that some work takes. Not the time on the wall: that is longer on a busy machine.
 * Only good for telling work that grows with its input from work that explodes; limits have to be generous.
 */
export async function cpuTime(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
