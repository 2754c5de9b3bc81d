import { ContextConsumer } from '@lit/context';
import { LitElement, nothing, render, type PropertyValues } from 'lit';

import { isRetryable, type ErrorCode } from '../../core/errors.js';
import { tell } from '../../core/tell.js';
import { currentSettings, settingsChanged, settingsContext } from '../../state/page-settings.js';
import { runtimeFor, type Runtime } from '../../state/runtime.js';
import { keepApart } from './swallowed.js';
import { CapErrorEvent, CapLoadEvent } from './events.js';

/** What an element shows, as far as all elements have it in common. */
export interface ElementView {
  /** What every element is in, one at a time; finer states stand beside it. */
  readonly kind: 'loading' | 'ready' | 'empty' | 'error';
  /** Why the latest reading failed, or why there is nothing to show. */
  readonly code?: ErrorCode | undefined;
  /** Why an act failed, where that is what the code says. */
  readonly refused?: ErrorCode | null | undefined;
}

/** Asked for once: several requests for the same module may be answered in another order, and so would its sentences be. */
let announcer: Promise<typeof import('../../ui/announcer.js')> | undefined;

/**
 * What all elements share: the platform they talk to, the state they show to the page's CSS, and the events about it.
 *
 * @cssproperty [--cap-color-primary=#0a4ea3, light blue on a dark page] - Links, buttons, icons, focus.
 * @cssproperty [--cap-color-on-primary=black or white, whichever can be read] - What is written on the primary colour.
 * @cssproperty [--cap-color-surface=Canvas] - Background of what has one.
 * @cssproperty [--cap-color-text=CanvasText] - Texts on that background.
 * @cssproperty [--cap-color-muted=between text and surface] - Texts that matter less.
 * @cssproperty [--cap-color-border=between text and surface] - Lines.
 * @cssproperty [--cap-color-soft=between text and surface] - Background of chips and of what is not there yet.
 * @cssproperty [--cap-color-success=green] - What went well.
 * @cssproperty [--cap-color-warning=brown, yellow on a dark page] - What asks for attention.
 * @cssproperty [--cap-color-danger=red] - What went wrong.
 * @cssproperty [--cap-font-family=inherit] - Font.
 * @cssproperty [--cap-radius=0.75em] - Corners.
 * @cssproperty [--cap-space=1em] - Distances.
 */
export abstract class CapElement extends LitElement {
  // Old browsers have no internals, or none with states: there, pages cannot style by state.
  readonly #states = this.attachInternals?.().states as Set<string>;
  readonly #context = new ContextConsumer(this, { context: settingsContext, subscribe: true });
  #view: ElementView = { kind: 'loading' };
  #told = this.#view;
  #focusLeaves = false;
  #placeFallback: (() => void) | undefined;
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

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    this.#placeFallback = keepApart(this);
    return super.createRenderRoot();
  }

  readonly #ask = (): void => this.#context.hostConnected();

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

  /** What has screen readers say a sentence; nothing where it cannot be loaded: what cannot be said is still shown. */
  protected announcer(): Promise<((text: string, urgent?: boolean) => void) | undefined> {
    announcer ??= import('../../ui/announcer.js');
    return announcer.then(
      ({ prepareAnnouncer }) => prepareAnnouncer(),
      () => (announcer = undefined),
    );
  }

  /** Makes the view known to the page's CSS as states, and after rendering to its scripts as events. */
  protected show(view: ElementView, ...finer: readonly (string | false | undefined)[]): void {
    const { kind, code } = this.#told;
    this.#focusLeaves =
      view.kind === 'ready' && (kind !== 'ready' || (code && !view.code) || false) && this.matches(':focus-within');
    this.#view = view;
    try {
      this.#states.clear();
      for (const state of [view.kind, ...finer]) if (state) this.#states.add(state);
    } catch {
      // Browsers of before 2024 accept other names only, or have no states.
    }
    if (!this.runtime) tell('no-platform', this.localName);
  }

  protected override update(changed: PropertyValues): void {
    // A page's translator puts each text into an element of its own: what has changed goes where Lit looks for it.
    for (const font of this.renderRoot.querySelectorAll<HTMLElement>('font')) font.replaceWith(font.textContent);
    try {
      super.update(changed);
    } catch {
      // One that moves things about leaves nothing to go on from.
      this.#focusLeaves ||= this.matches(':focus-within');
      render(nothing, this.renderRoot, this.renderOptions);
      super.update(changed);
    }
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const before = this.#told;
    const { kind, code, refused } = (this.#told = this.#view);
    const tag = this.localName;
    this.#placeFallback?.();
    // What a link leads to may refuse to be in a frame.
    if (top !== self)
      for (const link of this.renderRoot.querySelectorAll<HTMLAnchorElement>('a:not([target])')) link.target = '_top';
    // Whoever was on the fallback link, or on "try again", goes on from what takes its place.
    if (this.#focusLeaves) this.renderRoot.querySelector<HTMLElement>('a,button,[tabindex]')?.focus();
    if (kind === 'ready' && before.kind !== 'ready') this.dispatchEvent(new CapLoadEvent({ tag }));
    if (!code || code === before.code) return;
    // Invalid IDs, what is no platform, bad requests: what the page's developer can do something about.
    if (/^(inv|not-a|bad-req)/.test(code))
      tell(code as 'bad-request', this.outerHTML.split('>')[0] as string, this.runtime?.settings.api ?? '');
    this.dispatchEvent(new CapErrorEvent({ tag, code, retryable: isRetryable(code) }, !!refused));
  }
}
