import { html, nothing, type TemplateResult } from 'lit';

import type { Credentials } from '../../state/sign-in.js';
import type { LoginMessage } from './messages.js';
import type { Failure } from './login-prompt.view.js';

interface FormState {
  readonly t: (key: LoginMessage) => string;
  readonly busy: boolean;
  /** What the message beside the form, whose id is `message`, complains of. */
  readonly failure: Failure | undefined;
  /** Where a new password is had. */
  readonly forgotten: string;
  readonly onSubmit: (event: SubmitEvent) => void;
}

/** Asks for an e-mail address and a password. What is typed stays in the fields: nothing here holds it. */
export function passwordForm({ t, busy, failure, forgotten, onSubmit }: FormState): TemplateResult {
  const field = (name: keyof Credentials, type: string, autocomplete: 'username' | 'current-password') => html`
    <p>
      <label for=${name}>${t(name)}</label>
      <input
        part="input"
        id=${name}
        name=${name}
        type=${type}
        autocomplete=${autocomplete}
        required
        aria-invalid=${failure?.field === name ? 'true' : nothing}
        aria-describedby=${failure?.field === name ? 'message' : nothing}
      />
    </p>
  `;
  // The browser's own complaints would be in its language, not in the page's.
  return html`
    <form novalidate @submit=${onSubmit}>
      <p class="hint">${t('required')}</p>
      ${field('email', 'email', 'username')} ${field('password', 'password', 'current-password')}
      <button part="button" aria-disabled=${busy || nothing}>${t('submit')}</button>
      <p><a href=${forgotten}>${t('forgotten')}</a></p>
    </form>
  `;
}

const fieldOf = (form: HTMLFormElement, name: keyof Credentials): HTMLInputElement =>
  form.elements.namedItem(name) as HTMLInputElement; // The form above has both.

/** What is wrong with what was typed, before it goes anywhere. */
export function mistakeIn(form: HTMLFormElement): Failure | undefined {
  if (!fieldOf(form, 'email').validity.valid) return { message: 'email.missing', field: 'email' };
  return fieldOf(form, 'password').value ? undefined : { message: 'password.missing', field: 'password' };
}

/** Has what was typed sent, and forgets the password whatever becomes of it. */
export async function withCredentials(
  form: HTMLFormElement,
  send: (typed: Credentials) => Promise<void>,
): Promise<void> {
  const [email, password] = [fieldOf(form, 'email'), fieldOf(form, 'password')];
  try {
    await send({ email: email.value, password: password.value });
  } finally {
    password.value = '';
  }
}
