import { html, type Html } from '../../html.js';
import type { RequirementRow, UserRow } from '../rows.js';

/** A requirement that is met by typing something into the user's profile. */
interface ProfileField {
  readonly column: 'firstname' | 'lastname' | 'date_of_birth' | 'zip_code' | 'phone';
  readonly label: string;
  readonly type: string;
  readonly autocomplete: string;
  /** The value to store, or nothing for one that makes no sense. */
  readonly read: (text: string) => string | number | undefined;
}

const anyText = (text: string): string | undefined => (text === '' ? undefined : text);

/** French numbers in the international form; others as they are, if they start with a country. */
function phoneNumber(text: string): string | undefined {
  const digits = text.replace(/[\s.-]/g, '').replace(/^0(?=[1-9]\d{8}$)/, '+33');
  return /^\+\d{8,15}$/.test(digits) ? digits : undefined;
}

function pastDay(text: string): number | undefined {
  const instant = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  return instant < Date.now() ? instant : undefined;
}

const PHONE: ProfileField = {
  column: 'phone',
  label: 'Numéro de téléphone mobile',
  type: 'tel',
  autocomplete: 'tel',
  read: phoneNumber,
};

const FIELDS: Readonly<Record<string, ProfileField>> = {
  FIRSTNAME: { column: 'firstname', label: 'Prénom', type: 'text', autocomplete: 'given-name', read: anyText },
  LASTNAME: { column: 'lastname', label: 'Nom', type: 'text', autocomplete: 'family-name', read: anyText },
  DATE_OF_BIRTH: {
    column: 'date_of_birth',
    label: 'Date de naissance',
    type: 'date',
    autocomplete: 'bday',
    read: pastDay,
  },
  ZIP_CODE: {
    column: 'zip_code',
    label: 'Code postal',
    type: 'text',
    autocomplete: 'postal-code',
    read: (text) => (/^\d{5}$/.test(text) ? text : undefined),
  },
  PHONE,
  // The number comes first; the code that proves it is asked for beside it.
  PHONE_VERIFIED: PHONE,
};

export function profileFieldOf({ type }: Pick<RequirementRow, 'type'>): ProfileField | undefined {
  return Object.hasOwn(FIELDS, type) ? FIELDS[type] : undefined;
}

function inputFor({ label, type, autocomplete, column }: ProfileField, value = ''): Html {
  return html`<p>
    <label for="${column}">${label}</label>
    <input id="${column}" name="${column}" type="${type}" autocomplete="${autocomplete}" value="${value}" />
  </p>`;
}

function checkbox(name: string, label: string | null): Html {
  return html`<p class="choice">
    <input id="${name}" name="${name}" type="checkbox" value="1" />
    <label for="${name}">${label}</label>
  </p>`;
}

/** What a citizen does on the platform's page to meet a requirement. */
export function requirementControl(requirement: RequirementRow, user: UserRow, path: string): Html {
  switch (requirement.type) {
    case 'CHECKBOX':
      return checkbox(requirement.id, requirement.label);
    case 'CONSENT_PRIVACY_POLICY':
      return checkbox(requirement.id, 'J’accepte la politique de confidentialité de la plateforme.');
    case 'EMAIL_VERIFIED':
      return html`<p>Votre adresse électronique n’est pas confirmée.</p>
        <p>
          <button class="button quiet" name="act" value="send-email">Recevoir le courriel de confirmation</button>
        </p>`;
    case 'PHONE_VERIFIED':
      return html`${inputFor(PHONE, user.phone ?? '')}
        <p><button class="button quiet" name="act" value="send-code">Recevoir un code par SMS</button></p>
        <p>
          <label for="code">Code reçu par SMS</label>
          <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="6" />
        </p>`;
    case 'FRANCE_CONNECT':
    case 'SSO':
      return html`<p>
        <a class="button quiet" href="/login/franceconnect?_destination=${encodeURIComponent(path)}">
          Prouver mon identité avec FranceConnect
        </a>
      </p>`;
    default: {
      const field = profileFieldOf(requirement);
      return field ? inputFor(field) : html`<p>La mairie doit compléter votre compte&nbsp;: adressez-vous à elle.</p>`;
    }
  }
}
