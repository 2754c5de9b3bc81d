import type { LitElement, ReactiveController } from 'lit';

import { formatDate, formatMessage, formatNumber } from '../i18n/format.js';
import { closestLanguage, inheritedLang, onLang } from '../i18n/language.js';
import type { Catalog, Messages, Params } from '../i18n/messages.js';

/** Lets an element speak the language of its place on the page, and follow when that changes. */
export class LocaleController<Key extends string> implements ReactiveController {
  readonly #host: LitElement;
  readonly #catalog: Catalog<Key>;
  readonly #setting: () => string | undefined;
  readonly #loaded: Record<string, Messages<Key>>;
  #stop: (() => void) | undefined;

  /** @param setting - The language that the page has set for its widgets, if any. */
  constructor(host: LitElement, catalog: Catalog<Key>, setting: () => string | undefined) {
    this.#host = host;
    this.#catalog = catalog;
    this.#setting = setting;
    this.#loaded = { fr: catalog.fr };
    host.addController(this);
  }

  /** The language asked for: the element's own `lang`, else the page's setting, else the closest `lang`. */
  get wanted(): string {
    const host = this.#host;
    return closestLanguage(host.getAttribute('lang') || this.#setting() || inheritedLang(host), this.#catalog.others);
  }

  /** Whether the texts of that language are here. Before, showing another language would only flash by. */
  get ready(): boolean {
    return Object.hasOwn(this.#loaded, this.wanted);
  }

  readonly t = (key: Key, params?: Params): string => {
    const { wanted } = this;
    return formatMessage(wanted, this.#loaded[wanted] ?? this.#catalog.fr, key, params);
  };

  number(value: number): string {
    return formatNumber(this.wanted, value);
  }

  date(instant: number, options: Intl.DateTimeFormatOptions): string {
    return formatDate(this.wanted, instant, options);
  }

  hostConnected(): void {
    this.#stop = onLang(this.#host, () => this.#host.requestUpdate());
  }

  hostUpdate(): void {
    const { wanted } = this;
    if (this.ready) return;
    void this.#catalog.others[wanted]?.()
      // A language that cannot be loaded must not keep the visitor from the content.
      .catch(() => this.#catalog.fr)
      .then((messages) => {
        this.#loaded[wanted] = messages;
        this.#host.requestUpdate();
      });
  }

  hostDisconnected(): void {
    this.#stop?.();
  }
}
