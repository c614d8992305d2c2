import { existsSync } from 'node:fs'

/** Reads `.env` of the working directory, where there is one. A variable that is set already, even to nothing, stays. */
export function loadEnvFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env')
}
