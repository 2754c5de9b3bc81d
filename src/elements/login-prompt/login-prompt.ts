import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';

import { ApiError, errorMessage, isRetryable, type ErrorCode } from '../../core/errors.js';
import { ActionController } from '../../state/action-controller.js';
import { canHandOver, handOver } from '../../state/handoff.js';
import { LocaleController } from '../../state/locale-controller.js';
import { ResourceController } from '../../state/resource-controller.js';
import { SessionController } from '../../state/session-controller.js';
import { forgottenPassword, ownSignIn, signIn, signInOf, signOut, type SignIn } from '../../state/sign-in.js';
import type { Runtime } from '../../state/runtime.js';
import { viewerOf, type Viewer } from '../../state/viewer.js';
import { WindowController } from '../../state/window-controller.js';
import { leaveWish } from '../../state/wish.js';
import { fillStyles } from '../../ui/fill.styles.js';
import { hostStyles } from '../../ui/host.styles.js';
import { roomStyles } from '../../ui/room.styles.js';
import { retryButton } from '../../ui/retry.js';
import { say } from '../base/speech.js';
import { CapElement } from '../base/cap-element.js';
import { CapErrorEvent } from '../base/events.js';
import { FarewellController } from '../base/farewell-controller.js';
import { CapLoginRequestEvent, CapSessionChangeEvent } from '../base/voting-events.js';
import { ofDocument } from '../../page/document.js';
import { styles } from './login-prompt.styles.js';
import { failureOf, loginView, messageFor, type Doing, type Failure, type LoginView } from './login-prompt.view.js';
import { messages } from './messages.js';
import { mistakeIn, passwordForm, withCredentials } from './password-form.js';
import { linkElsewhere, wayElsewhere, waysIn, type Doors } from './ways.js';

/**
 * Says who is signed in on the platform, or offers the ways to sign in that work on this page.
 *
 * @tag cap-login-prompt
 * @summary Who is signed in, or how to sign in.
 * @status experimental
 * @since 0.2
 * @slot - Shown until that is known, and whenever it cannot be: a link to the platform, or a sentence.
 * @fires {CapLoadEvent} cap-load - The prompt is on screen for the first time.
 * @fires {CapErrorEvent} cap-error - The platform could not be asked, or signing in or out has failed.
 * @fires {CapLoginRequestEvent} cap-login-request - Cancelable. The visitor is about to go to the platform to sign in.
 * @fires {CapSessionChangeEvent} cap-session-change - The visitor has signed in or out; fired once on a page.
 * @csspart prompt - The whole prompt.
 * @csspart status - Who is signed in, or what to sign in for.
 * @csspart message - What is under way, or what went wrong and what to do.
 * @csspart button - A way to sign in, signs out, or tries again.
 * @csspart input - A field.
 * @cssproperty [--cap-login-prompt-background=var(--cap-color-primary)] - Background of the buttons.
 * @cssproperty [--cap-login-prompt-min-block-size=7.5em] - Height that is kept for the prompt until it is there.
 * @cssstate loading - No answer yet.
 * @cssstate ready - The prompt is shown.
 * @cssstate empty - The page has no session: the prompt leads to the platform.
 * @cssstate error - The platform could not be asked, or the page names none.
 * @cssstate signed-in - The visitor is signed in.
 * @cssstate signed-out - The visitor is not signed in.
 * @cssstate pending - Signing in or out is under way, here or in a window of the platform.
 */
export class CapLoginPrompt extends CapElement {
  static override styles = [hostStyles, roomStyles, fillStyles, styles];
  static override properties = { message: {}, destination: { attribute: false } };

  /** What the visitor needs to be signed in for: shown above the ways in. */
  message = '';
  /**
   * Page of the platform on which the visitor goes on where signing in leads there; empty: its home page.
   *
   * @internal
   */
  destination = '';

  readonly #locale = new LocaleController(this, messages, () => this.runtime?.settings.lang);
  readonly #viewer = new ResourceController(this, () => this.#followed?.viewer);
  readonly #ways = new ResourceController(this, () => this.#followed?.ways);
  readonly #act = new ActionController(this);
  readonly #window = new WindowController(
    this,
    () => this.#isSignedIn(),
    () => this.#fail('cancelled'),
  );
  readonly #session = new SessionController(
    this,
    () => this.#viewer.state.data,
    (viewer) => {
      this.#failure = this.#blocked = undefined;
      this.requestUpdate();
      this.#tell(viewer);
    },
  );
  readonly #farewell = new FarewellController(
    this,
    () => this.runtime,
    (text, urgent) => say(this.announcer(), text, urgent),
  );
  #view: LoginView = { kind: 'loading' };
  #doing: Doing = 'sign-in';
  #failure: Failure | undefined;
  /** Address of the window that the browser has blocked. */
  #blocked: string | undefined;

  override async reload(): Promise<void> {
    await Promise.all([this.#viewer.reload(), this.#ways.reload()]);
  }

  // Not in `willUpdate`, which runs before the controllers have looked at the new properties.
  protected override update(changed: PropertyValues<this>): void {
    const view = loginView(this.#viewer.state, this.#ways.state, this.runtime?.settings.access);
    this.#view = this.#locale.ready ? view : { kind: 'loading' };
    const { kind } = this.#view;
    const name = this.#view.kind === 'ready' ? this.#view.name : undefined;
    const hadFocus = this.#find(':focus');
    this.show(
      this.#view,
      kind === 'ready' && (name === null ? 'signed-out' : 'signed-in'),
      (this.#act.pending || this.#window.isOpen) && 'pending',
    );
    super.update(changed);
    // What had the focus is gone: whoever was on it goes on from who is signed in.
    if (hadFocus && kind === 'ready' && !this.#find(':focus')) this.#find('[part=status]')?.focus();
  }

  protected override render(): TemplateResult {
    return html`<div part="prompt" class="prompt surface" lang=${this.#locale.wanted}>
      ${this.#renderView(this.#view)}
    </div>`;
  }

  get #followed() {
    const { runtime } = this;
    const lang = this.#locale.wanted;
    return runtime?.settings.access === 'session'
      ? { viewer: viewerOf(runtime, lang), ways: signInOf(runtime, lang) }
      : null;
  }

  #find(selector: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(selector);
  }

  #renderView(view: LoginView): unknown {
    const { t } = this.#locale;
    const { runtime } = this;
    switch (view.kind) {
      case 'loading':
        return html`<slot><span class="skeleton" aria-hidden="true"></span></slot>`;
      case 'empty':
        return [
          this.#renderStatus(this.message),
          runtime && wayElsewhere(this.#doors(runtime), t('elsewhere'), canHandOver(runtime) && this.#onHandOver),
          this.#renderMessage(),
          // Whoever has signed in by the hand-over page leaves by it, too.
          canLeave(runtime) ? this.#farewell.render(null, this.#act.done) : nothing,
        ];
      case 'error':
        return [
          html`<slot></slot>`,
          view.code ? html`<p part="message">${t(errorMessage(view.code))}</p>` : nothing,
          view.retryable ? retryButton(t(view.retrying ? 'loading' : 'retry'), view.retrying, this.#retry) : nothing,
        ];
      case 'ready':
        return view.name === null
          ? runtime && view.ways && this.#renderWays(runtime, view.ways)
          : this.#renderName(view.name);
    }
  }

  /** Takes the focus when what had it goes. */
  #renderStatus(text: string): unknown {
    return text ? html`<p part="status" tabindex="-1">${text}</p>` : nothing;
  }

  #renderName(name: string): unknown {
    const { t } = this.#locale;
    const busy = this.#act.pending || nothing;
    return [
      this.#renderStatus(t('signed-in', { name })),
      html`<button part="button" class="quiet" type="button" aria-disabled=${busy} @click=${this.#onSignOut}>
        ${t('sign-out')}
      </button>`,
      this.#renderMessage(),
    ];
  }

  #renderWays(runtime: Runtime, ways: SignIn): unknown {
    const { t } = this.#locale;
    const form = passwordForm({
      t,
      busy: this.#act.pending,
      failure: this.#failure,
      forgotten: forgottenPassword(runtime.settings),
      onSubmit: this.#onSubmit,
    });
    return [
      this.#renderStatus(this.message || t('intro')),
      waysIn(this.#doors(runtime), ways, this.#renderMessage(), form),
      this.#farewell.render(null),
    ];
  }

  #renderMessage(): unknown {
    const { t } = this.#locale;
    const failure = this.#failure;
    const key = messageFor(this.#act, this.#doing, this.#window.isOpen, failure);
    const way = this.#blocked
      ? html`<a href=${this.#blocked} @click=${this.#onLeave}>${t('same-tab')}</a>`
      : failure?.elsewhere && this.runtime && linkElsewhere(this.#doors(this.runtime));
    return html`<p part="message" id="message" class=${failure ? 'danger' : ''} ?hidden=${!key}>
      ${key && t(key)} ${way || nothing}
    </p>`;
  }

  #doors({ settings }: Runtime): Doors {
    const { t, wanted: lang } = this.#locale;
    const { destination } = this;
    return { t, lang, settings, destination, onLeave: this.#onLeave, onOpen: this.#onOpen };
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const { runtime } = this;
    const ways = this.#ways.state.data;
    if (!runtime || !ways || this.#act.pending) return;
    const mistake = mistakeIn(form);
    if (mistake) this.#complain(mistake);
    else
      void this.#carryOut('sign-in', () =>
        withCredentials(form, (typed) => signIn(runtime, viewerOf(runtime, this.#locale.wanted), typed, ways)),
      );
  };

  readonly #onSignOut = (): void => {
    const { runtime } = this;
    if (runtime) void this.#carryOut('sign-out', () => signOut(runtime, viewerOf(runtime, this.#locale.wanted)));
  };

  readonly #onHandOver = (): void => {
    const { runtime } = this;
    if (!runtime || !this.#mayLeave()) return;
    void this.#carryOut('window', async () => {
      const { signedIn } = await handOver(runtime, { action: 'login', stepId: '', proposalIds: [] });
      if (!signedIn) throw new ApiError('cancelled', 'the visitor has come back without signing in');
      this.#tell({ signedIn, id: null, displayName: null, email: null, emailConfirmed: true });
    });
  };

  async #carryOut(doing: Doing, act: () => Promise<void>): Promise<void> {
    if (this.#act.pending) return;
    this.#doing = doing;
    this.#failure = this.#blocked = undefined;
    say(this.announcer(), this.#locale.t(`pending.${doing}`));
    await this.#act.run(act);
    const { error } = this.#act;
    if (error) this.#fail(error.code, doing === 'sign-out' ? { message: 'failed.sign-out' } : undefined);
  }

  #tell(viewer: Viewer): void {
    if (!this.runtime || !this.#session.isNews(this.runtime, viewer)) return;
    const { t } = this.#locale;
    const { signedIn, displayName: name } = viewer;
    say(this.announcer(), name ? t('signed-in', { name }) : t(signedIn ? 'signed-in.there' : 'signed-out'));
    // An element that shows the prompt only to whoever is signed out has taken it away by now.
    const event = new CapSessionChangeEvent({ signedIn, displayName: name });
    if (this.isConnected) this.dispatchEvent(event);
    else ofDocument('dispatchEvent').call(document, event);
  }

  readonly #onLeave = (event: MouseEvent): void => {
    const { runtime } = this;
    if (!this.#mayLeave()) event.preventDefault();
    else if (runtime) leaveWish(runtime);
  };

  #mayLeave(): boolean {
    return this.dispatchEvent(new CapLoginRequestEvent({ reason: this.message }));
  }

  // In the click itself: browsers let a window open there, and nowhere else.
  readonly #onOpen = (url: string): void => {
    this.#failure = this.#blocked = undefined;
    if (!this.#mayLeave()) return;
    if (this.#window.open(url)) say(this.announcer(), this.#locale.t('pending.window'));
    else {
      this.#blocked = url;
      this.#fail('popup-blocked');
    }
  };

  async #isSignedIn(): Promise<boolean> {
    const { runtime } = this;
    const read = (): Promise<void> => this.#viewer.reload();
    // Without the window it may be anybody who has signed in somewhere.
    if (runtime && this.#window.isOpen) await ownSignIn(runtime, viewerOf(runtime, this.#locale.wanted), read);
    else await read();
    return this.#viewer.state.data?.signedIn ?? false;
  }

  #fail(code: ErrorCode, failure = failureOf(code)): void {
    this.#complain(failure);
    this.dispatchEvent(new CapErrorEvent({ tag: this.localName, code, retryable: isRetryable(code) }, true));
  }

  #complain(failure: Failure): void {
    this.#failure = failure;
    say(this.announcer(), this.#locale.t(failure.message), true);
    this.requestUpdate();
    const { field } = failure;
    if (field) void this.updateComplete.then(() => this.#find(`#${field}`)?.focus());
  }

  readonly #retry = (): void => {
    const { t } = this.#locale;
    const [viewer, ways] = [this.#viewer, this.#ways];
    if (viewer.state.loading || ways.state.loading) return;
    void this.tryAgain(() => {
      const error = viewer.state.error ?? ways.state.error;
      if (error) return [t(errorMessage(error.code)), true];
      const { signedIn, displayName } = viewer.state.data ?? {};
      return [signedIn ? t('signed-in', { name: displayName ?? '' }) : this.message || t('intro'), false];
    });
  };
}

/** A page without the session has its visitor sign out on the hand-over page, if at all. */
const canLeave = (runtime: Runtime | undefined): boolean => Boolean(runtime && canHandOver(runtime));
