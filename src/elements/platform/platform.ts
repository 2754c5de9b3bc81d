import { ContextConsumer, ContextProvider } from '@lit/context';
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';

import { tell } from '../../core/tell.js';
import { currentSettings, resolveSettings, settingsChanged, settingsContext } from '../../state/page-settings.js';

/**
 * Gives the widgets inside it a platform, or settings that differ from those around it. What it leaves out stays as it is there.
 *
 * @tag cap-platform
 * @summary Settings for the widgets inside.
 * @status experimental
 * @since 0.1
 * @slot - The part of the page that it is for.
 */
export class CapPlatform extends LitElement {
  static override styles = css`
    :host {
      display: contents;
    }
  `;

  static override properties = {
    url: {},
    api: {},
    access: {},
    rules: {},
    handoff: {},
    lang: {},
    timeZone: { attribute: 'time-zone' },
  };

  /** Base URL of the participation platform. */
  url = '';
  /** Base URL for API calls when it differs from the platform: a gateway path on the page's own origin. */
  api = '';
  /** `public` reads without cookies, `session` with the visitor's. */
  access: 'public' | 'session' | '' = '';
  /** `auto` asks the internal API for what the public one lacks, `off` does not. */
  rules: 'auto' | 'off' | '' = '';
  /** URL, or path on the platform, of the hand-over page. */
  handoff = '';
  /** Language of the widgets inside. */
  override lang = '';
  /** IANA name of the zone that the platform's dates are in. */
  timeZone = '';

  readonly #outer = new ContextConsumer(this, { context: settingsContext, subscribe: true });
  readonly #inner = new ContextProvider(this, { context: settingsContext, initialValue: null });
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = settingsChanged.on(() => this.requestUpdate());
    this.#provide();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  protected override update(changed: PropertyValues<this>): void {
    this.#provide();
    super.update(changed);
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  #provide(): void {
    const { url: platform, api, access, rules, handoff, lang, timeZone } = this;
    const outer = this.#outer.value ?? currentSettings();
    const settings = resolveSettings({ platform, api, access, rules, handoff, lang, timeZone }, outer);
    if (!settings && platform) tell('bad-platform', platform);
    this.#inner.setValue(settings);
  }
}
