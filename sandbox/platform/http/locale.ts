import type { Request } from 'express';

import type { Store } from '../store.js';

const LOCALES = ['fr-FR', 'en-GB', 'es-ES', 'de-DE', 'nl-NL', 'sv-SE', 'eu-EU', 'oc-OC', 'ur-IN'];

/**
 * The language a request asks for: the one chosen before, which a cookie keeps, else the browser's. A platform with one
 * language answers in that one, whatever is asked.
 */
export function localeOf(request: Request, store: Store): string | undefined {
  if (!store.flag('multilangue')) return undefined;
  const chosen = /(?:^|;\s*)locale=([\w-]+)/.exec(request.get('Cookie') ?? '')?.[1];
  if (chosen !== undefined && LOCALES.includes(chosen)) return chosen;
  if (request.get('Accept-Language') === undefined) return undefined;
  const accepted = request.acceptsLanguages(LOCALES);
  return accepted === false ? undefined : accepted;
}
