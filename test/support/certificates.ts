// Certificates for servers of tests: by nobody, or by an authority of the test's own; right, for another host, or too old.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './database.ts'

export interface Certificate {
  readonly key: Buffer
  readonly cert: Buffer
}

export interface Authority {
  /** What a client has to trust. */
  readonly file: string
  sign(options?: { readonly host?: string; readonly days?: number }): Certificate
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

const openssl = (folder: string, ...args: readonly string[]): void => {
  execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
}

const read = (folder: string): Certificate => ({
  key: readFileSync(join(folder, 'key.pem')),
  cert: readFileSync(join(folder, 'cert.pem')),
})

/** For 127.0.0.1, signed by itself. */
export const selfSigned = (): Certificate => {
  const folder = temporaryFolder()
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  openssl(folder, 'req', '-x509', ...KEY, '-days', '1', ...subject, '-keyout', 'key.pem', '-out', 'cert.pem')
  return read(folder)
}

export const authority = (): Authority => {
  const home = temporaryFolder()
  openssl(
    home,
    'req',
    '-x509',
    ...KEY,
    '-days',
    '1',
    '-subj',
    '/CN=An authority',
    '-keyout',
    'key.pem',
    '-out',
    'cert.pem',
  )
  const by = ['-CA', join(home, 'cert.pem'), '-CAkey', join(home, 'key.pem'), '-CAcreateserial']
  return {
    file: join(home, 'cert.pem'),
    sign: ({ host = 'IP:127.0.0.1', days = 1 } = {}) => {
      const folder = temporaryFolder()
      openssl(folder, 'req', ...KEY, '-subj', '/CN=gateway', '-keyout', 'key.pem', '-out', 'request.pem')
      writeFileSync(join(folder, 'extensions'), `subjectAltName=${host}`)
      const named = ['-days', String(days), '-extfile', 'extensions', '-out', 'cert.pem']
      openssl(folder, 'x509', '-req', '-in', 'request.pem', ...by, ...named)
      return read(folder)
    },
  }
}
