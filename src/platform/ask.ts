import type { Platform } from './endpoints.js';
import type { Loader } from './loader.js';

/** Asks about voting, in the visitor's session or of the rules; where this page may do neither, `without`. */
export async function ask<T>(
  platform: Platform,
  read: (loader: Loader) => Promise<T>,
  without: () => Promise<T>,
): Promise<T> {
  if (platform.settings.access === 'session') return read(platform.loader('session'));
  if (!platform.hasRules) return without();
  try {
    return await read(platform.loader('rules'));
  } catch (reason) {
    if (!platform.refusesRules(reason)) throw reason;
    return without();
  }
}

export const nothing = (): Promise<null> => Promise.resolve(null);
