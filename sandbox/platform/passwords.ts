import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

/** Cheaper than a real platform would take: these passwords are published in the sandbox's state. */
const cost = { N: 1024 };

/** `scrypt$salt$hash`, both in base64. */
export function hashPassword(password: string, salt = randomBytes(16)): string {
  return `scrypt$${salt.toString('base64')}$${scryptSync(password, salt, 32, cost).toString('base64')}`;
}

export function verifyPassword(password: string, stored: string): boolean {
  const [, salt = '', hash = ''] = stored.split('$');
  const expected = Buffer.from(hash, 'base64');
  const given = scryptSync(password, Buffer.from(salt, 'base64'), 32, cost);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
