import { adoptStyles, css, html, nothing, type LitElement, type TemplateResult } from 'lit';

import { farewell, type FarewellMessage } from '../../i18n/locales/fr/farewell.js';
import type { Catalog } from '../../i18n/messages.js';
import { ActionController } from '../../state/action-controller.js';
import { sayFarewell } from '../../state/farewell.js';
import { forgetVisitor } from '../../state/forget.js';
import { NOTICE, onIdle } from '../../state/idle.js';
import { LocaleController } from '../../state/locale-controller.js';
import type { Runtime } from '../../state/runtime.js';

const messages: Catalog<FarewellMessage> = {
  fr: farewell,
  others: { en: async () => (await import('../../i18n/locales/en/farewell.js')).farewell },
};

const styles = css`
  [part='account'] {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.25em 0.75em;
    margin-block-start: 0.5em;
    font-size: 0.9375em;
    overflow-wrap: anywhere;
  }
  [part='leave'] {
    min-block-size: 1.75em;
    padding: 0.125em 0.25em;
    color: var(--_link);
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  [part='farewell'] {
    flex-basis: 100%;
  }
`;

/** Who is signed in, and “I am done”: for whoever shares a browser with others. */
export class Farewell {
  readonly #host: LitElement;
  readonly #runtime: () => Runtime | undefined;
  readonly #say: (text: string, urgent: boolean) => void;
  readonly #locale: LocaleController<FarewellMessage>;
  readonly #act: ActionController;
  #said: FarewellMessage | undefined;
  #soon = false;
  #stop: (() => void) | undefined;

  constructor(host: LitElement, runtime: () => Runtime | undefined, say: (text: string, urgent: boolean) => void) {
    this.#host = host;
    this.#runtime = runtime;
    this.#say = say;
    this.#locale = new LocaleController(host, messages, () => runtime()?.settings.lang);
    this.#act = new ActionController(host);
    const root = host.renderRoot as ShadowRoot;
    adoptStyles(root, [...root.adoptedStyleSheets, styles]);
    if (host.isConnected) this.connect();
  }

  /** Whether there is still something to say to whoever has just left. */
  get speaks(): boolean {
    return this.#said !== undefined || this.#act.pending;
  }

  connect(): void {
    const runtime = this.#runtime();
    if (runtime?.settings.device !== 'shared') return;
    this.#stop ??= onIdle(runtime, {
      warn: (soon) => {
        this.#soon = soon;
        if (soon) this.#say(this.#locale.t('soon', { count: NOTICE / 1000 }), true);
        this.#host.requestUpdate();
      },
      end: (first) => this.#end(runtime, first),
    });
  }

  disconnect(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  render(account: string | null): TemplateResult | typeof nothing {
    const { t, ready } = this.#locale;
    if (!ready) return nothing;
    const said = this.#act.pending ? 'pending' : this.#said;
    const host = this.#platformHost;
    return html`<div part="account">
      ${account === null ? nothing : html`<span>${t('who', { name: account })}</span>`}
      <button part="leave" type="button" aria-disabled=${this.#act.pending ? 'true' : nothing} @click=${this.#onDone}>
        ${t('done')}
      </button>
      ${said ? html`<p part="farewell" tabindex="-1">${t(said, { host })}</p>` : nothing}
      ${this.#soon ? html`<p part="farewell">${t('soon', { count: NOTICE / 1000 })}</p>` : nothing}
    </div>`;
  }

  get #platformHost(): string {
    const runtime = this.#runtime();
    return runtime ? new URL(runtime.settings.platform).host : '';
  }

  readonly #onDone = (): void => {
    const runtime = this.#runtime();
    if (!runtime || this.#act.pending) return;
    this.#said = undefined;
    void this.#carryOut(runtime);
  };

  async #carryOut(runtime: Runtime): Promise<void> {
    await this.#act.run(async () => {
      const unknown = (): void => this.#tell('unknown');
      this.#tell(await sayFarewell(runtime, this.#locale.wanted, unknown));
    });
    if (this.#act.error) this.#tell(runtime.settings.access === 'session' ? 'failed' : 'unknown', true);
  }

  /** Nobody has touched a shared device for a while. A window opens in a click only: there, what is kept here goes. */
  #end(runtime: Runtime, first: boolean): void {
    if (runtime.settings.access === 'session') {
      if (first) void this.#carryOut(runtime);
    } else {
      if (first) forgetVisitor(runtime);
      this.#tell('cleared');
    }
  }

  #tell(said: FarewellMessage, urgent = false): void {
    this.#said = said;
    this.#say(this.#locale.t(said, { host: this.#platformHost }), urgent);
    this.#host.requestUpdate();
  }
}
