import { ContextConsumer } from '@lit/context';
import { LitElement, type PropertyValues } from 'lit';

import { Emitter } from '../../core/emitter.js';
import { errorMessage, isRetryable, type ErrorCode } from '../../core/errors.js';
import { tell } from '../../core/tell.js';
import { currentSettings, settingsChanged, settingsContext } from '../../state/page.js';
import { runtimeFor, type Runtime } from '../../state/runtime.js';
import { CapErrorEvent, CapLoadEvent } from './events.js';

/** What an element shows, as far as all elements have it in common. */
export interface ElementView {
  /** What every element is in, one at a time; finer states stand beside it. */
  readonly kind: 'loading' | 'ready' | 'empty' | 'error';
  /** Why the latest reading failed, or why there is nothing to show. */
  readonly code?: ErrorCode | undefined;
}

/** A shadow root that the library has just made: the autoloader looks for more of our tags in it. */
export const shadowRoots = new Emitter<ShadowRoot>();

/** Asked for once: several requests for the same module may be answered in another order, and so would its sentences be. */
let announcer: Promise<typeof import('../../ui/announcer.js')> | undefined;

/** What all elements share: the platform they talk to, the state they show to the page's CSS, and the events about it. */
export abstract class CapElement extends LitElement {
  // Old browsers have no internals, or none with states: there, pages cannot style by state.
  readonly #states = this.attachInternals?.().states as Set<string> | undefined;
  readonly #context = new ContextConsumer(this, { context: settingsContext, subscribe: true });
  #view: ElementView = { kind: 'loading' };
  #told = this.#view;
  #focusLeaves = false;
  #stop: (() => void) | undefined;

  /** Reads the data again. Resolves when that is done, whatever the outcome. */
  abstract reload(): Promise<void>;

  /** What the closest `<cap-platform>` gives, else the page; undefined while there is no platform. */
  protected get runtime(): Runtime | undefined {
    // Null is an answer: a platform around this element whose address is none.
    const { value: settings = currentSettings() } = this.#context;
    return settings ? runtimeFor(settings) : undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = settingsChanged.on(() => this.requestUpdate());
    // A platform that is defined after its elements has not heard them ask.
    addEventListener('context-provider', this.#ask);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    removeEventListener('context-provider', this.#ask);
  }

  readonly #ask = (): void => this.#context.hostConnected();

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    shadowRoots.emit(root as ShadowRoot);
    return root;
  }

  /**
   * The visitor's own attempt: reads again, and has the outcome said.
   *
   * @param outcome - What to say afterwards, and whether it is a failure.
   */
  protected async tryAgain(outcome: () => readonly [string, boolean]): Promise<void> {
    const announce = this.announcer();
    await this.reload();
    (await announce)?.(...outcome());
  }

  /** For `tryAgain`, where nothing but a failure has to be said. */
  protected failure(t: (key: ReturnType<typeof errorMessage>) => string): readonly [string, boolean] {
    const { kind, code } = this.#view;
    return kind === 'error' && code ? [t(errorMessage(code)), true] : ['', false];
  }

  /** What has screen readers say a sentence; nothing where it cannot be loaded: what cannot be said is still shown. */
  protected announcer(): Promise<((text: string, urgent?: boolean) => void) | undefined> {
    announcer ??= import('../../ui/announcer.js');
    return announcer.then(
      ({ prepareAnnouncer }) => prepareAnnouncer(),
      () => (announcer = undefined),
    );
  }

  /** Has screen readers say a sentence. */
  protected say(text: string, urgent = false): void {
    void this.announcer().then((announce) => announce?.(text, urgent));
  }

  /** Makes the view known to the page's CSS as states, and after rendering to its scripts as events. */
  protected show(view: ElementView, ...finer: readonly (string | false | undefined)[]): void {
    const { kind, code } = this.#told;
    this.#focusLeaves =
      view.kind === 'ready' && (kind !== 'ready' || (code && !view.code) || false) && this.matches(':focus-within');
    this.#view = view;
    try {
      this.#states?.clear();
      for (const state of [view.kind, ...finer]) if (state) this.#states?.add(state);
    } catch {
      // Browsers of before 2024 accept other names only.
    }
    if (!this.runtime) tell('no-platform', this.localName);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const before = this.#told;
    const { kind, code } = (this.#told = this.#view);
    const tag = this.localName;
    // Whoever was on the fallback link, or on "try again", goes on from what takes its place.
    if (this.#focusLeaves) this.renderRoot.querySelector<HTMLElement>('a,button,[tabindex]')?.focus();
    if (kind === 'ready' && before.kind !== 'ready') this.dispatchEvent(new CapLoadEvent({ tag }));
    if (code && code !== before.code)
      this.dispatchEvent(new CapErrorEvent({ tag, code, retryable: isRetryable(code) }));
  }
}
