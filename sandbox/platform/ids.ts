import { createHash } from 'node:crypto';

/** The id that other sites see: the type and the raw id, in base64. */
export function globalId(type: string, id: string | number): string {
  return Buffer.from(`${type}:${id}`).toString('base64');
}

export interface ParsedId {
  readonly type?: string;
  readonly id: string;
}

/** Reads a global id; anything else is taken as a raw id, as the platform does. */
export function parseId(text: string): ParsedId {
  const match = /^([A-Za-z]\w*):(.+)$/s.exec(Buffer.from(text, 'base64').toString('utf8'));
  const [, type, id] = match ?? [];
  return type && id && globalId(type, id) === text ? { type, id } : { id: text };
}

export function rawId(text: string): string {
  return parseId(text).id;
}

/** A UUID that is the same at each seeding, so that a bookmark or a test survives a reset. */
export function uuidOf(name: string): string {
  const hex = createHash('sha1').update(`valmont:${name}`).digest('hex');
  const variant = ((parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
