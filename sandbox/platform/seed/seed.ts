import type { Sql } from '../database.js';
import { seedBallots } from './ballots.js';
import { seedBudget } from './budget.js';
import type { Town } from './builders.js';
import { seedBulk, type Bulk } from './bulk.js';
import { seedConsultation } from './consultation.js';
import { seedEvents } from './events.js';
import { seedMany } from './many.js';
import { seedPeople } from './people.js';
import { seedPlaces } from './places.js';
import { seedProjects } from './projects.js';
import { seedQuestionnaires } from './questionnaires.js';
import { Seeding } from './seeding.js';
import { seedSite } from './site.js';

/** Fills an empty database with the town of Valmont. All dates follow from the moment; nothing else changes. */
export function seed(sql: Sql, now: number, bulk: Bulk = {}): void {
  const seeding = new Seeding(sql, now);
  seedSite(seeding);
  const town: Town = { seeding, people: seedPeople(seeding), places: seedPlaces(seeding) };
  seedBudget(town);
  seedConsultation(town);
  seedBallots(town);
  seedQuestionnaires(town);
  seedProjects(town);
  seedMany(town);
  seedEvents(town);
  seedBulk(town, bulk);
}
