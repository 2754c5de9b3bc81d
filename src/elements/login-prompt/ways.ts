import { html, nothing } from 'lit';

import type { Settings } from '../../state/page-settings.js';
import { meansOf, pageOf, startOf, type SignIn, type SignInService } from '../../state/sign-in.js';
import type { Params } from '../../i18n/messages.js';
import { offerFor } from './login-prompt.view.js';
import type { LoginMessage } from './messages.js';

const ABOUT_FRANCECONNECT = 'https://franceconnect.gouv.fr/';

/** What the ways in need of the prompt that shows them. */
export interface Doors {
  readonly t: (key: LoginMessage, params?: Params) => string;
  readonly lang: string;
  readonly settings: Settings;
  /** The page of the platform that the visitor wants; empty: its home page. */
  readonly destination: string;
  /** The visitor follows a link to the platform. */
  readonly onLeave: (event: MouseEvent) => void;
  /** The visitor presses for a window of the platform. */
  readonly onOpen: (url: string) => void;
}

const platformPage = ({ settings, destination }: Doors): string => pageOf(settings, destination);
const toPlatform = (doors: Doors): string => doors.t('platform', { host: new URL(platformPage(doors)).host });

/**
 * The ways in that work on this page.
 *
 * @param message - Shown between the services and the form.
 * @param form - Asks for a password.
 */
export function waysIn(doors: Doors, ways: SignIn, message: unknown, form: unknown): unknown {
  const { t, lang, settings } = doors;
  const offer = offerFor(ways, meansOf(settings));
  const services = offer.services.map((service) => html`<li>${serviceWay(doors, service)}</li>`);
  const names = new Intl.ListFormat(lang, { type: 'disjunction' }).format(
    ways.services.flatMap(({ name }) => name ?? []),
  );
  return [
    offer.windows ? html`<p class="hint" id="opens">${t('opens-window')}</p>` : nothing,
    services.length
      ? html`<ul>
          ${services}
        </ul>`
      : nothing,
    services.length && offer.form ? html`<p class="or">${t('or')}</p>` : nothing,
    message,
    offer.form ? form : nothing,
    offer.account ? way(doors, toPlatform(doors), platformPage(doors)) : nothing,
    offer.elsewhere ? wayElsewhere(doors, names ? t('others', { names }) : t('elsewhere')) : nothing,
    ways.registration
      ? html`<p>
          <a href=${platformPage(doors)}>${t('registration', { host: new URL(settings.platform).host })}</a>
        </p>`
      : nothing,
  ];
}

/**
 * All that there is where the session is the platform's pages' only: the way there.
 *
 * @param onHandOver - Opens a page of the platform that sends the visitor back, where there is one.
 */
export const wayElsewhere = (doors: Doors, sentence: string, onHandOver: false | (() => void) = false): unknown => [
  html`<p class="hint" id="opens">${sentence}</p>`,
  onHandOver ? button(toPlatform(doors), onHandOver) : link(doors, toPlatform(doors), platformPage(doors)),
];

/** A plain link to the platform, beside a message that leaves no other way. */
export const linkElsewhere = (doors: Doors): unknown =>
  html`<a href=${platformPage(doors)} @click=${doors.onLeave}>${toPlatform(doors)}</a>`;

function serviceWay(doors: Doors, service: SignInService): unknown {
  const { t, settings, destination } = doors;
  const { kind, name } = service;
  const label = name ? t('service', { name }) : t(kind === 'saml' ? 'service.saml' : 'service.bare');
  return [
    way(doors, label, startOf(settings, service, destination)),
    kind === 'franceconnect'
      ? html`<a href=${ABOUT_FRANCECONNECT} target="_blank" rel="noopener">${t('about')} ${t('new-window')}</a>`
      : nothing,
  ];
}

/** A page of the platform leads there and back; any other opens a window, so that the visitor stays. */
const way = (doors: Doors, label: string, url: string): unknown =>
  meansOf(doors.settings).isOwnPage ? link(doors, label, url) : button(label, () => doors.onOpen(url));

const button = (label: string, onClick: () => void): unknown =>
  html`<button part="button" class="quiet" type="button" aria-describedby="opens" @click=${onClick}>${label}</button>`;

const link = ({ onLeave }: Doors, label: string, url: string): unknown =>
  html`<a part="button" class="quiet" href=${url} @click=${onLeave}>${label}</a>`;
