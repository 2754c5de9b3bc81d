import type { LitElement, ReactiveController } from 'lit';

import { formatDate, formatMessage, formatNumber } from '../i18n/format.js';
import { closestLanguage, inheritedLang, onLang, type Language } from '../i18n/language.js';
import type { Catalog, Messages, Params } from '../i18n/messages.js';

/** Lets an element speak the language of its place on the page, and follow when that changes. */
export class LocaleController<Key extends string> implements ReactiveController {
  readonly #host: LitElement;
  readonly #catalog: Catalog<Key>;
  readonly #setting: () => string | undefined;
  readonly #loaded = new Map<Language, Messages>();
  #stop: (() => void) | undefined;

  /** @param setting - The language that the page has set for its widgets, if any. */
  constructor(host: LitElement, catalog: Catalog<Key>, setting: () => string | undefined) {
    this.#host = host;
    this.#catalog = catalog;
    this.#setting = setting;
    this.#loaded.set('fr', catalog.fr);
    host.addController(this);
  }

  /** What is asked for: the element's own `lang`, else the page's setting, else the closest `lang`. */
  get wanted(): Language {
    return closestLanguage(this.#host.getAttribute('lang') || this.#setting() || inheritedLang(this.#host));
  }

  /** Whether the texts of that language are here. Before, showing another language would only flash by. */
  get ready(): boolean {
    return this.#loaded.has(this.wanted);
  }

  /** The language being spoken. */
  get language(): Language {
    return this.ready ? this.wanted : 'fr';
  }

  readonly t = (key: Key, params?: Params): string =>
    formatMessage(this.language, this.#loaded.get(this.language) ?? this.#catalog.fr, key, params);

  number(value: number): string {
    return formatNumber(this.language, value);
  }

  /** @param timeZone - The visitor's own when left out. */
  date(instant: number, options: Intl.DateTimeFormatOptions, timeZone?: string): string {
    return formatDate(this.language, instant, timeZone, options);
  }

  hostConnected(): void {
    this.#stop = onLang(this.#host, () => this.#host.requestUpdate());
  }

  hostUpdate(): void {
    const { wanted } = this;
    if (this.#loaded.has(wanted)) return;
    void this.#catalog.others[wanted]?.()
      // A language that cannot be loaded must not keep the visitor from the content.
      .catch(() => this.#catalog.fr)
      .then((messages) => {
        this.#loaded.set(wanted, messages);
        this.#host.requestUpdate();
      });
  }

  hostDisconnected(): void {
    this.#stop?.();
  }
}
