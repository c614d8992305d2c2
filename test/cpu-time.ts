/** What this process has worked so far (ms): unlike the time of day it does not go on while others have the machine. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
