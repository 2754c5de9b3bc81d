import { Router, type Request } from 'express';

import { html, markup, type Html } from '../../../html.js';
import type { Store } from '../../store.js';
import { errorPage, pageTemplate } from '../page-template.js';
import { signInServices, type SignInService } from '../sso/services.js';
import { addressOf, ownPath } from './address.js';
import type { Captcha } from './captcha.js';
import { isOwnForm, readForm } from './forms.js';
import type { LoginCheck, LoginVerdict } from './login.js';
import type { Sessions } from './sessions.js';

interface Services {
  readonly store: Store;
  readonly sessions: Sessions;
  readonly login: LoginCheck;
  readonly captcha: Captcha;
}

const MAILS = html`<a href="/sandbox/mails">Lire les courriels de la plateforme d’essai</a>`;

const MESSAGES: Readonly<Record<Exclude<LoginVerdict['kind'], 'accepted'> | 'sso', Html>> = {
  refused: html`Adresse électronique ou mot de passe incorrect. Vérifiez votre saisie et réessayez.`,
  'username-missing': html`Saisissez votre adresse électronique.`,
  'captcha-missing': html`Répondez à la question de vérification, puis réessayez.`,
  'captcha-invalid': html`La réponse à la question de vérification n’est pas la bonne. Une nouvelle question vous
  attend.`,
  unconfirmed: html`Votre adresse électronique n’est pas encore confirmée. Suivez le lien du courriel que nous vous
  avons envoyé, puis connectez-vous. ${MAILS}`,
  sso: html`La connexion n’a pas abouti. Réessayez, ou choisissez un autre moyen de vous connecter.`,
};

interface FormState {
  readonly destination: string;
  readonly email?: string;
  readonly problem?: keyof typeof MESSAGES | undefined;
  readonly asksCaptcha?: boolean;
}

function serviceLink({ name, path }: SignInService, destination: string): Html {
  const href = `${path}?_destination=${encodeURIComponent(destination)}`;
  return html`<li><a class="button quiet" href="${href}">Se connecter avec ${name}</a></li>`;
}

function captchaField(captcha: Captcha): Html {
  const { id, text } = captcha.ask();
  return html`<input type="hidden" name="captcha_id" value="${id}" />
    <p>
      <label for="captcha">${text}</label>
      <input id="captcha" name="captcha" inputmode="numeric" autocomplete="off" required />
    </p>`;
}

function loginPage({ destination, email, problem, asksCaptcha }: FormState, { store, captcha }: Services): string {
  const text = (place: 'top' | 'bottom'): Html | undefined => {
    const keyname = `login.text.${place}`;
    const row = store.sql.get<{ value: string }>('SELECT value FROM site_parameter WHERE keyname = ?', keyname);
    return row && html`<div class="text">${markup(row.value)}</div>`;
  };
  const services = signInServices(store).map((service) => serviceLink(service, destination));
  const main = html`<article class="narrow">
    <h1>Se connecter</h1>
    ${text('top')} ${problem && html`<p class="notice" role="alert">${MESSAGES[problem]}</p>`}
    ${
      services.length > 0 &&
      html`<ul class="services">
          ${services}
        </ul>
        <p class="or">ou avec votre compte de la plateforme</p>`
    }
    <form method="post" action="/login">
      <input type="hidden" name="_destination" value="${destination}" />
      <p>
        <label for="email">Adresse électronique</label>
        <input id="email" name="username" type="email" autocomplete="username" required value="${email}" />
      </p>
      <p>
        <label for="password">Mot de passe</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required />
      </p>
      ${asksCaptcha && captchaField(captcha)}
      <p class="choice">
        <input id="remember" name="_remember_me" type="checkbox" value="1" />
        <label for="remember">Rester connecté sur cet appareil</label>
      </p>
      <p><button class="button">Se connecter</button></p>
      <p><a href="/resetting/request">Mot de passe oublié&nbsp;?</a></p>
    </form>
    ${text('bottom')}
  </article>`;
  return pageTemplate({ title: 'Se connecter', main });
}

/**
 * The form that the real platform opens over its pages. Here it is a page, which works without scripts; other sites
 * must not count on its address.
 */
export function loginPageRouter(services: Services): Router {
  const { store, sessions, login } = services;
  const router = Router({ caseSensitive: true, strict: true });
  const destinationOf = (wanted: unknown, request: Request): string => ownPath(wanted, request, store.baseUrl);

  router.get('/login', (request, response) => {
    const destination = destinationOf(request.query['_destination'], request);
    if (sessions.userOf(request, response) !== undefined) return response.redirect(303, destination);
    const failed = request.query['probleme'] === 'sso';
    // A platform that leaves all signing in to its identity service has no form; only a failure stops there.
    if (store.flag('sso_by_pass_auth') && !failed) {
      return response.redirect(303, `/login/openid?_destination=${encodeURIComponent(destination)}`);
    }
    response.send(loginPage({ destination, problem: failed ? 'sso' : undefined }, services));
  });

  router.post('/login', (request, response) => {
    if (!isOwnForm(request)) return void response.status(403).send(errorPage(403));
    const form = readForm(request);
    const email = form.get('username') ?? '';
    const destination = destinationOf(form.get('_destination'), request);
    const ip = addressOf(request);
    const answer = form.get('captcha');
    const verdict = login.verify({
      username: email,
      password: form.get('password') ?? '',
      captcha: answer === null ? '' : `${form.get('captcha_id') ?? ''}:${answer}`,
      ip,
    });
    if (verdict.kind === 'accepted') {
      sessions.signIn(request, response, verdict.userId, form.has('_remember_me'));
      return response.redirect(303, destination);
    }
    const asksCaptcha = login.needsCaptcha(email, ip);
    response.status(401).send(loginPage({ destination, email, problem: verdict.kind, asksCaptcha }, services));
  });
  return router;
}
