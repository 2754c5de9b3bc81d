import type { Value } from '../database.js';
import type { Context } from './context.js';
import { mediaPath } from '../links.js';
import type { TypeResolvers } from './fields.js';

interface MediaRow {
  readonly id: string;
  readonly kind: string;
  readonly slug: string;
}

/** The picture that a row points to by its column `media_id`. */
export function mediaOf({ media_id: id }: { readonly media_id: Value }, _args: unknown, { sql }: Context) {
  return id === null ? null : sql.get('SELECT * FROM media WHERE id = ?', id);
}

const Media = {
  url: (media: MediaRow, { format }: { format?: string | null }, { links }: Context) =>
    `${links.host}${mediaPath(media)}${format ? `?format=${encodeURIComponent(format)}` : ''}`,
  contentType: () => 'image/svg+xml',
};

export const mediaResolvers: Record<string, TypeResolvers> = { Media };
