import { generateKeyPairSync } from 'node:crypto'

/** PEM: a key of an App, the same for all tests that this process runs, since making one takes a tenth of a second. */
export function appKey(): string {
  key ??= generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString()
  return key
}

let key: string | undefined
