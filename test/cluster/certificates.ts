// A certificate authority and a certificate of it, for one test file: made by openssl, which wherever there
// is Git there is.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificates {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  remove(): void;
}

/** For 127.0.0.1 and localhost. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'certs-'));
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const request = ['-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  openssl('req', '-x509', ...request, '-subj', '/CN=room-ca', '-keyout', at('ca.key'), '-out', at('ca.pem'));
  openssl(
    'req',
    ...request.slice(0, 3),
    '-subj',
    '/CN=localhost',
    '-keyout',
    at('key.pem'),
    '-out',
    at('csr.pem'),
  );
  writeFileSync(at('names'), 'subjectAltName=IP:127.0.0.1,DNS:localhost');
  const by = [
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca.key'),
    '-CAcreateserial',
    '-days',
    '2',
    '-extfile',
    at('names'),
  ];
  openssl('x509', '-req', '-in', at('csr.pem'), ...by, '-out', at('cert.pem'));
  return {
    ca: at('ca.pem'),
    cert: at('cert.pem'),
    key: at('key.pem'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
