import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** The App's private key: PEM as it is, with `\n` written out, or in base64; as a value or in a file. */
export const privateKeySchema = z
  .object({ PRIVATE_KEY: z.string().optional(), PRIVATE_KEY_PATH: z.string().optional() })
  .transform(readPrivateKey)

type Keys = { readonly PRIVATE_KEY?: string | undefined; readonly PRIVATE_KEY_PATH?: string | undefined }

function readPrivateKey({ PRIVATE_KEY: value, PRIVATE_KEY_PATH: file }: Keys, context: z.RefinementCtx): string {
  const refuse = (path: string, message: string) => {
    context.addIssue({ code: 'custom', path: [path], message })
    return z.NEVER
  }
  if (value === undefined && file === undefined) {
    return refuse('PRIVATE_KEY', 'is missing: enter the private key (PEM), or its file as PRIVATE_KEY_PATH')
  }
  if (value !== undefined) {
    return (
      toPem(value) ??
      refuse('PRIVATE_KEY', 'is no whole RSA private key: enter PEM, with \\n for line ends, or its base64')
    )
  }
  try {
    const pem = toPem(readFileSync(file ?? '', 'utf8'))
    return pem ?? refuse('PRIVATE_KEY_PATH', 'names a file that holds no whole RSA private key (PEM)')
  } catch {
    return refuse('PRIVATE_KEY_PATH', 'names a file that cannot be read')
  }
}

function toPem(text: string): string | null {
  const plain = text
    .trim()
    .replace(/^(["'])([^"']*)\1$/, '$2')
    .replaceAll('\\n', '\n')
    .replaceAll('\r', '')
  const pem = plain.includes('-----BEGIN') ? plain : Buffer.from(plain, 'base64').toString('utf8')
  return /^-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+-----END [A-Z ]*PRIVATE KEY-----\s*$/.test(pem) && isRsaKey(pem)
    ? pem
    : null
}

/** GitHub's are RSA, without a passphrase. */
function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}
