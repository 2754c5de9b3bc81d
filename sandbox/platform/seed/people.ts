import { hashPassword } from '../passwords.js';
import { accounts } from './accounts.js';
import { slugOf, type Fields, type Seeding } from './seeding.js';

const firstNames =
  `Adèle Amina Antoine Aurélie Baptiste Bérénice Bilal Camille Cédric Chloé Clément Daphné David Djamila
Éléonore Élodie Émile Fatou Félix Florence Gaëlle Georges Hélène Hugo Inès Ismaël Jeanne Jérôme Joséphine Julien Kenza
Léa Léon Lina Louis Maëlle Malik Margaux Mathilde Mehdi Nadia Nathan Noémie Océane Olivier Pauline Pierre Rachid Romane
Salomé Samuel Simone Sofia Théo Valérie Victor Violette Yann Yasmine Zoé`.split(/\s+/);

const lastNames =
  `Aubert Barbier Bernard Besson Blanchard Bouvier Brunet Carpentier Charpentier Chevalier Colin Da-Silva
Delmas Diallo Dubois Dupuis Esnault Faure Ferreira Fournier Garnier Gauthier Girard Guérin Haddad Hamon Jacquet Joly
Kowalski Lambert Le-Gall Lecomte Lefèvre Lemoine Leroy Lopez Maillard Martinez Mercier Meunier Morel N’Diaye Nguyen
Nicolas Pasquier Perrin Picard Poirier Prévost Renard Robin Rousseau Roux Schmitt Tanguy Tessier Traoré Vasseur Vidal
Weber`.split(/\s+/);

/** How many citizens live on the platform, beside the accounts to sign in with. */
const citizenCount = 420;

const hashes = new Map<string, string>();

/** Hashing is slow on purpose; a reset need not do it again. */
function hashOf(password: string): string {
  let hash = hashes.get(password);
  if (hash === undefined) hashes.set(password, (hash = hashPassword(password)));
  return hash;
}

export interface People {
  /** Those who contribute and vote. */
  readonly citizens: readonly string[];
  /** The town hall, author of the projects. */
  readonly town: string;
  readonly associations: readonly string[];
}

export function seedPeople(seeding: Seeding): People {
  const type = (name: string): string => seeding.add('user_type', name, { name });
  const types = { citizen: type('Habitant'), association: type('Association'), agent: type('Agent de la ville') };
  const english = { [types.citizen]: 'Resident', [types.association]: 'Association', [types.agent]: 'Town staff' };
  for (const [id, value] of Object.entries(english)) {
    seeding.insert('translation', { object_id: id, locale: 'en-GB', field: 'name', value });
  }
  const person = (username: string, fields: Fields): string =>
    seeding.add('user', username, { username, slug: slugOf(username), created_at: seeding.day(-600), ...fields });

  const town = person('Ville de Valmont', {
    email: accounts.admin.email,
    password_hash: hashOf(accounts.admin.password),
    email_confirmed_at: seeding.day(-600),
    role: 'ADMIN',
    user_type_id: types.agent,
    media_id: seeding.picture('avatar', 'ville-de-valmont', 'Blason de Valmont'),
    biography: '<p>Le compte du service participation de la ville de Valmont.</p>',
    consent_privacy_policy: 1,
  });
  seeding.insert('public_api_token', { token: accounts.admin.token ?? '', user_id: town });
  seedAccounts(person, types.citizen, seeding);

  const associations = ['Les Jardins partagés de la Lorette', 'Valmont à vélo', 'Le Repas d’à côté'].map((name, i) =>
    person(name, {
      email: `contact${i + 1}@associations.valmont.example`,
      email_confirmed_at: seeding.day(-500),
      user_type_id: types.association,
      biography: '<p>Association de Valmont.</p>',
    }),
  );

  const citizens: string[] = [];
  for (let i = 0; i < citizenCount; i++) {
    const first = firstNames[i % firstNames.length] ?? '';
    const last = lastNames[(i * 7 + Math.floor(i / firstNames.length)) % lastNames.length] ?? '';
    const joined = seeding.day(-seeding.between(140, 590), seeding.between(7, 22));
    citizens.push(
      person(`${first} ${last.replace('-', ' ')}`, {
        slug: `${slugOf(`${first} ${last}`)}-${i + 1}`,
        email: `citoyen${i + 1}@habitants.valmont.example`,
        email_confirmed_at: joined,
        user_type_id: types.citizen,
        firstname: first,
        lastname: last,
        consent_privacy_policy: 1,
        created_at: joined,
      }),
    );
  }
  return { citizens, town, associations };
}

function seedAccounts(
  person: (username: string, fields: Fields) => string,
  citizenType: string,
  seeding: Seeding,
): void {
  const account = (username: string, key: 'citizen' | 'second' | 'unconfirmed', fields: Fields): void => {
    const { email, password } = accounts[key];
    const [firstname = '', lastname = ''] = username.split(' ');
    person(username, {
      email,
      password_hash: hashOf(password),
      user_type_id: citizenType,
      firstname,
      lastname,
      consent_privacy_policy: 1,
      created_at: seeding.day(-90),
      ...fields,
    });
  };
  account('Lucie Fontaine', 'citizen', { email_confirmed_at: seeding.day(-90), zip_code: '99410' });
  account('Karim Benali', 'second', {
    email_confirmed_at: seeding.day(-80),
    phone: '+33639980042',
    phone_confirmed: 1,
    consent_internal_communication: 1,
  });
  // Whoever has not confirmed the e-mail address takes part, but it does not count yet.
  account('Élise Marchand', 'unconfirmed', { created_at: seeding.day(-2) });
}
